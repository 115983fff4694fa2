"""What was exported and put into an empty store gives the same answers to every question."""

import json
import shlex

import pytest

from conftest import ROOT, Daemon, Graph, run

# What names the store itself, or goes on in it.
OF_ONE_STORE = {'revision', 'nextPageToken'}


def said(answer):
    """An answer without what every store has of its own."""
    if isinstance(answer, dict):
        return {k: said(v) for k, v in answer.items() if k not in OF_ONE_STORE}
    if isinstance(answer, list):
        return [said(item) for item in answer]
    return answer


def questions():
    """The commands that docs/questions.md shows, without what shortens their output."""
    lines = (ROOT / 'docs/questions.md').read_text(encoding='utf-8').splitlines()
    shown = [line.removeprefix('$ attlas ') for line in lines if line.startswith('$ attlas ')]
    return [shlex.split(line.split(' | ')[0]) for line in shown]


def answers(daemon):
    found = {}
    for question in questions():
        found[' '.join(question)] = said(json.loads(daemon.run(*question, '-o', 'json').stdout))
    return found


@pytest.fixture(scope='module')
def expected(daemon):
    found = answers(daemon)
    assert len(found) >= 25  # A question may be answered by two commands.
    return found


def check(again, expected, graph, folder):
    path = folder / 'again.jsonl'
    again.run('data', 'export', '--format', 'jsonl', '--file', path)
    same = Graph(path)
    assert same.nodes == graph.nodes
    assert same.edges == graph.edges
    found = answers(again)
    for question, answer in expected.items():
        assert found[question] == answer, question


def test_tables(exported, expected, graph, tmp_path):
    store = tmp_path / 'store'
    run('data', 'load', exported('csv'), '--data_dir', store)
    again = Daemon(f'--data_dir={store}')
    try:
        check(again, expected, graph, tmp_path)
    finally:
        again.stop()


def test_json_lines(exported, expected, graph, empty_daemon, tmp_path):
    empty_daemon.run('data', 'import', exported('jsonl'))
    check(empty_daemon, expected, graph, tmp_path)
