"""National reports, and the security context of states."""

from .dataset import Citation
from .dates import date, span
from .problem import Refused

CONFIDENCE = {'seen': 'seen', 'recalled': 'recalled', 'to-be-checked': 'unverified'}


def convert_reports(facts, dataset, sources, places, instruments):
    """Makes one statement of each report."""
    for row in facts.rows('reporting'):
        if row['confidence'] not in CONFIDENCE:
            raise Refused(f'the confidence `{row["confidence"]}` is not known')
        # The table itself grades each row, also those for which nothing was opened.
        source = sources.cite(row['source_url']).source
        citation = Citation(source, CONFIDENCE[row['confidence']])
        qualifier = '-'.join(part for part in (row['report_kind'], row['year']) if part)
        dataset.add_edge(
            'REPORTED', places.name(row['iso3']), instruments.name(row['instrument_id']),
            [citation],
            {'report_kind': row['report_kind'], 'year': row['year'], 'submitted': row['submitted'],
             'public': row['public']}, qualifier, valid_from=date(row['year']))


def convert_contexts(facts, dataset, sources, places):
    """Makes the nodes of conflicts, sanctions and crime, and whom they affect."""
    for row in facts.rows('security_context'):
        citation = sources.cite(row['source_url'])
        start, end = span(row['period'])
        name = dataset.add_node('security_context', row['context_id'], row['name'], [citation],
                                {'kind': row['kind'], 'period': row['period']})
        for code in row.items_of('states'):
            dataset.add_edge('AFFECTS', name, places.name(code), [citation],
                             valid_from=start, valid_to=end)
