"""Turns the fact tables into the dataset of Attlas. Entry point: script/convert-facts."""

import os

from . import (agencies, events, figures, mandates, reporting, reporting_duties, rules,
               transfers)
from .concerns import Concerns
from .dataset import Dataset
from .facts import Facts
from .instruments import Instruments
from .ontology import Ontology
from .organizations import Organizations
from .participation import Participation
from .places import Places
from .problem import Refused
from .provisions import Provisions
from .report import Report
from .sources import Sources


def convert(facts_directory, out_directory):
    """Replaces the tables of `out_directory`. Refused, with nothing written, if a row is odd."""
    report = Report()
    try:
        dataset = _build(facts_directory, out_directory, report)
        tables = dataset.tables()
    except Refused as error:
        raise Refused(report.blame(error)) from error
    tables['CONVERSION.md'] = report.text(dataset)
    _write(tables, out_directory)


def _build(facts_directory, out_directory, report):
    ontology = Ontology(os.path.join(out_directory, 'ontology.textproto'))
    facts = Facts(facts_directory, report)
    dataset = Dataset(ontology, report)
    sources = Sources(facts, dataset)
    places = Places(facts, dataset, sources)
    instruments = Instruments(facts, dataset, sources)
    Participation(facts, dataset, sources, places, instruments)
    provisions = Provisions(facts, dataset, sources, instruments)
    Organizations(facts, dataset, sources, places)
    agencies.convert(facts, dataset, sources, places)
    Concerns(facts, dataset, sources, places, provisions)
    events.convert(facts, dataset, sources, places, instruments, provisions)
    mandates.convert(facts, dataset, sources, instruments)
    transfers.convert(facts, dataset, sources, places)
    reporting.convert_reports(facts, dataset, sources, places, instruments)
    reporting_duties.convert(facts, dataset, provisions, instruments)
    reporting.convert_contexts(facts, dataset, sources, places)
    figures.convert(facts, dataset, sources, instruments)
    rules.convert(facts, dataset, sources, instruments)
    dataset.drop_unused_sources()
    dataset.check()
    left = [table for table in facts.tables() if report.rows[table] != len(facts.peek(table))]
    if left:
        raise Refused(f'{left[0]}.csv: not every row was converted')
    return dataset


def _write(tables, out_directory):
    """Writes the tables, and deletes those of an earlier run that are no longer made."""
    for folder in ('nodes', 'edges'):
        directory = os.path.join(out_directory, folder)
        os.makedirs(directory, exist_ok=True)
        for name in os.listdir(directory):
            if name.endswith('.csv') and os.path.join(folder, name) not in tables:
                os.remove(os.path.join(directory, name))
    for path, text in tables.items():
        with open(os.path.join(out_directory, path), 'w', encoding='utf-8', newline='') as file:
            file.write(text)
