"""The export as JSON Lines is complete, and says what it is."""

import json
import subprocess

from conftest import BINARIES, run


def test_says_what_it_is_and_how_much(graph):
    assert graph.header['formatVersion'] == 1
    assert graph.header['revision']
    assert graph.header['ontology']['nodeTypes']
    assert int(graph.end['nodeCount']) == len(graph.nodes) > 1000
    assert int(graph.end['edgeCount']) == len(graph.edges) > 10000


def test_has_as_many_of_each_type_as_the_daemon_counts(daemon, graph):
    counted = json.loads(daemon.run('call', 'GraphService/GetStatistics', '-d', '{}').stdout)
    for kind, statements in (('nodeCounts', graph.nodes), ('edgeCounts', graph.edges)):
        found = {}
        for statement in statements.values():
            found[statement['type']] = found.get(statement['type'], 0) + 1
        assert found == {c['type']: int(c['count']) for c in counted[kind] if 'count' in c}


def test_every_end_and_source_of_a_statement_is_there(graph):
    for edge in graph.edges.values():
        assert edge['from'] in graph.nodes and edge['to'] in graph.nodes
        assert edge['citations']
        for citation in edge['citations']:
            assert citation['source'] in graph.nodes


def test_the_same_revision_gives_the_same_bytes(daemon, exported, tmp_path):
    daemon.run('data', 'export', '--format', 'jsonl', '--file', tmp_path / 'again')
    assert (tmp_path / 'again').read_bytes() == exported('jsonl').read_bytes()


def test_goes_to_standard_output_without_a_file(daemon, exported):
    done = daemon.run('data', 'export', '--format', 'jsonl')
    assert done.stdout == exported('jsonl').read_text(encoding='utf-8')


def test_leaves_nothing_where_it_fails(tmp_path):
    done = run('data', 'export', '--format', 'graphml', '--file', tmp_path / 'x',
               address='127.0.0.1:1', check=False)
    assert done.returncode == 4
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_until_the_new_one_is_whole(tmp_path):
    (tmp_path / 'x').write_text('earlier')
    done = run('data', 'export', '--format', 'nquads', '--file', tmp_path / 'x',
               address='127.0.0.1:1', check=False)
    assert done.returncode == 4
    assert (tmp_path / 'x').read_text() == 'earlier'


def test_a_date_narrows_the_statements(daemon, tmp_path):
    path = tmp_path / 'then'
    daemon.run('data', 'export', '--format', 'jsonl', '--as-of', '1990-01-01', '--file', path)
    held = [json.loads(line) for line in path.read_text(encoding='utf-8').splitlines()]
    assert held[0]['header']['asOf'] == {'year': 1990, 'month': 1, 'day': 1}
    edges = [line['edge'] for line in held if 'edge' in line]
    assert edges
    assert all(e.get('validFrom', {'year': 0})['year'] <= 1990 for e in edges)
    assert not any(e['to'] == 'instruments/att' and e['type'] == 'SIGNED' for e in edges)


def test_names_the_formats():
    done = subprocess.run([BINARIES / 'attlas', 'data', 'export', '--format', 'xml'],
                          capture_output=True, text=True)
    assert done.returncode == 2
    assert 'graphml' in done.stderr
