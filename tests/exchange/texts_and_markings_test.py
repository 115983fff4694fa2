"""Texts of every kind come out as they are, and what a caller may not see does not come out."""

import json

import networkx
import pytest
import rdflib

import data_package_test
from conftest import ROOT, Daemon, Graph

# Markup, quotes, escapes, line ends, blanks at the ends, letters beyond the first plane.
AWKWARD = [
    '<&>"\'`', 'back\\slash "quoted"', 'two\nlines', 'a\ttab', 'semi;colon; and, comma',
    'Å é 漢字 😀 \u200b', '{"json": [1]}', '$ { } | ^', ']]>', '%41',
]
FORMS = ('csv', 'jsonl', 'graphml', 'jsonld', 'nquads', 'ftm')
SECRET = 'zurückgehalten-4711'


def marked(level):
    return {'trafficLight': f'TRAFFIC_LIGHT_{level}'}


def node(name, kind, text, level='CLEAR', source='sources/open'):
    made = {'name': name, 'type': kind, 'displayName': text, 'marking': marked(level)}
    if kind != 'source':
        made['citations'] = [{'source': source, 'confidence': 'CONFIDENCE_SEEN', 'note': text}]
        made['properties'] = [{'name': 'description', 'value': {'text': text}}]
        made['aliases'] = [text]
    return made


def lines(folder, nodes, edges):
    path = folder / 'in.jsonl'
    rows = [{'node': n} for n in nodes] + [{'edge': e} for e in edges]
    rows.append({'end': {'nodeCount': len(nodes), 'edgeCount': len(edges)}})
    path.write_text('\n'.join(json.dumps(r) for r in rows) + '\n', encoding='utf-8')
    return path


def export_all(daemon, folder):
    paths = {}
    for form in FORMS:
        paths[form] = folder / f'out.{form}'
        place = '--output-directory' if form == 'csv' else '--file'
        daemon.run('data', 'export', '--format', form, place, paths[form])
    return paths


def test_awkward_texts_are_read_back(empty_daemon, tmp_path):
    themes = [node(f'themes/t{i}', 'theme', text) for i, text in enumerate(AWKWARD)]
    nodes = [node('sources/open', 'source', 'A source; "quoted"'), *themes]
    empty_daemon.run('data', 'import', lines(tmp_path, nodes, []))
    paths = export_all(empty_daemon, tmp_path)

    held = Graph(paths['jsonl']).nodes
    graphml = networkx.read_graphml(paths['graphml'])
    quads, linked = rdflib.Dataset(), rdflib.Dataset()
    quads.parse(str(paths['nquads']), format='nquads')
    linked.parse(str(paths['jsonld']), format='json-ld')
    assert set(quads.quads()) == set(linked.quads())
    labels = {str(s): str(o) for s, _, o, _ in quads.quads((None, rdflib.RDFS.label, None, None))}
    names = {r['name']: r['display_name'] for r in data_package_test.rows(paths['csv'] / 'names.csv')}
    notes = {r['node']: r['note']
             for r in data_package_test.rows(paths['csv'] / 'node-citations.csv')}
    entities = {e['id']: e for e in map(json.loads, paths['ftm'].read_text('utf-8').splitlines())}
    for made in themes:
        name, text = made['name'], made['displayName']
        assert held[name]['displayName'] == text
        assert graphml.nodes[name]['display_name'] == text
        assert json.loads(graphml.nodes[name]['citations'])[0]['note'] == text
        assert labels['urn:attlas:' + name] == text
        assert names[name] == text and notes[name] == text
        assert entities[name.replace('/', '.')]['properties']['name'] == [text]


@pytest.fixture
def partly_hidden(empty_daemon, tmp_path):
    """Nodes and statements that all may see, beside some that few may."""
    nodes = [
        node('sources/open', 'source', 'open'),
        node('sources/closed', 'source', SECRET, 'RED'),
        node('themes/open', 'theme', 'open'),
        node('themes/closed', 'theme', SECRET, 'AMBER'),
        node('evidence/open', 'evidence', 'open'),
    ]
    nodes[-1]['properties'] = [{'name': 'kind', 'value': {'text': 'report'}}]
    cited = [{'source': 'sources/open', 'confidence': 'CONFIDENCE_SEEN'}]
    both = cited + [{'source': 'sources/closed', 'confidence': 'CONFIDENCE_SEEN', 'note': SECRET}]
    edges = [
        {'type': 'ADDRESSES', 'from': 'evidence/open', 'to': 'themes/open', 'citations': both,
         'marking': marked('CLEAR')},
        {'type': 'ADDRESSES', 'from': 'evidence/open', 'to': 'themes/closed', 'citations': cited,
         'marking': marked('CLEAR')},
        {'type': 'ADDRESSES', 'from': 'evidence/open', 'to': 'themes/open', 'citations': cited,
         'qualifier': 'q-' + 'closed', 'marking': marked('RED')},
    ]
    empty_daemon.run('data', 'import', lines(tmp_path, nodes, edges))
    empty_daemon.stop()
    daemon = Daemon(f'--data_dir={tmp_path}/store', '--clearance=clear')
    yield daemon
    daemon.stop()


def test_nothing_hidden_is_in_any_export(partly_hidden, tmp_path):
    paths = export_all(partly_hidden, tmp_path)
    graph = Graph(paths['jsonl'])
    assert set(graph.nodes) == {'sources/open', 'themes/open', 'evidence/open'}
    assert [(e['from'], e['to'], e.get('qualifier', '')) for e in graph.edges.values()] == [
        ('evidence/open', 'themes/open', '')]
    for form, path in paths.items():
        files = [p for p in path.rglob('*') if p.is_file()] if form == 'csv' else [path]
        for file in files:
            text = file.read_text(encoding='utf-8')
            for hidden in (SECRET, 'themes/closed', 'themes.closed', 'sources/closed',
                           'sources.closed', 'q-closed'):
                assert hidden not in text, (form, file.name, hidden)
