"""docs/data.md says what the dataset holds, and published totals are met or explained."""

import json
import os

import data_document
from conftest import ROOT


def test_published_totals_are_met_or_explained(graph):
    held = data_document.checks(graph)
    assert len(held) == 60
    for check in held:
        if check['ours'] != check['published_count']:
            assert check['explanation'], check
        if check['name'] not in data_document.LATER:
            assert check['ours'] == check['our_count_then'], check
            differs = check['ours'] != check['published_count']
            assert check['result'] == ('differs' if differs else 'match'), check


def test_the_daemon_counts_the_same(daemon, graph):
    """The answer of `attlas figures` to some of them; both count from the statements."""
    held = [c for c in data_document.checks(graph) if len(c['as_of']) == len('2026-02-03')]
    for check in held[::6]:
        answer = json.loads(daemon.run('figures', check['name'], '-o', 'json',
                                       '--min-confidence', 'unverified').stdout)
        ours = answer['comparisons'][0]['counts'][0]['ourValue']
        assert int(ours) == check['ours'], check


def test_every_figure_of_the_document_is_true(graph):
    path = ROOT / 'docs/data.md'
    shown = path.read_text(encoding='utf-8')
    real = data_document.written_anew(shown, graph)
    if 'ATTLAS_UPDATE_DOCUMENTS' in os.environ:
        path.write_text(real, encoding='utf-8')
    else:
        assert shown == real, 'ATTLAS_UPDATE_DOCUMENTS=1 writes what is counted'
