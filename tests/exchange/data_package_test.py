"""The export as CSV, validated by frictionless and read back."""

import csv
import json

import frictionless
import pytest

import values


@pytest.fixture(scope='module')
def folder(exported):
    return exported('csv', '--include-derived')


def rows(path):
    with open(path, encoding='utf-8', newline='') as table:
        return list(csv.DictReader(table))


def test_is_a_valid_package(folder):
    report = frictionless.validate(str(folder / 'datapackage.json'))
    problems = report.flatten(['title', 'rowNumber', 'fieldName', 'message'])
    assert report.valid, problems[:10]
    assert report.stats['errors'] == 0 and report.stats['tasks'] > 50


def test_says_revision_sources_and_licences(folder, graph):
    package = json.loads((folder / 'datapackage.json').read_text(encoding='utf-8'))
    assert package['version'] == package['attlas']['revision'] == graph.header['revision']
    cited = {n['displayName'] for n in graph.nodes.values()
             if n['type'] == 'source' and 'url' in values.properties(n)}
    assert {s['title'] for s in package['sources']} == cited
    assert any('SIPRI' in licence['title'] for licence in package['licenses'])


def test_every_table_is_a_resource(folder):
    package = json.loads((folder / 'datapackage.json').read_text(encoding='utf-8'))
    tables = {str(p.relative_to(folder)) for p in folder.rglob('*.csv')}
    assert {r['path'] for r in package['resources']} == tables


def test_every_node_and_statement_with_its_citations(folder, graph):
    names = {row['name']: row for row in rows(folder / 'names.csv')}
    assert {n: (r['type'], r['display_name']) for n, r in names.items()} == {
        n: (v['type'], v.get('displayName', '')) for n, v in graph.nodes.items()}
    statements = {row['name']: row for row in rows(folder / 'statements.csv')}
    assert {n: (r['type'], r['from'], r['to'], r['qualifier']) for n, r in statements.items()} == {
        n: (v['type'], v['from'], v['to'], v.get('qualifier', ''))
        for n, v in graph.edges.items()}
    for table, key, held in (('node-citations.csv', 'node', graph.nodes),
                             ('statement-citations.csv', 'statement', graph.edges)):
        cited = {name: [] for name in held}
        for row in rows(folder / table):
            cited[row[key]].append(tuple(row[c] for c in ('source', 'locator', 'confidence',
                                                          'retrieved', 'note')))
        assert cited == {n: values.citations(v) for n, v in held.items()}


def test_every_cell_of_a_statement(folder, graph):
    """frictionless reads the cells by the schema; they are the values of the graph."""
    by_key = {(e['type'], e['from'], e['to'], e.get('qualifier', '')): e
              for e in graph.edges.values()}
    package = frictionless.Package(str(folder / 'datapackage.json'))
    seen = 0
    types = {t['name'].lower().replace('_', '-'): t['name']
             for t in graph.header['ontology']['edgeTypes']}
    for resource in package.resources:
        if not resource.name.startswith('edges.'):
            continue
        kind = types[resource.name.removeprefix('edges.')]
        for row in resource.read_rows():
            edge = by_key[kind, row['from'], row['to'], row['qualifier'] or '']
            seen += 1
            assert (row['valid_from'] or '') == values.date(edge.get('validFrom'))
            assert (row['valid_to'] or '') == values.date(edge.get('validTo'))
            for name, held in values.properties(edge).items():
                found = row[name]
                if isinstance(held, list):
                    assert found == values.joined(held)
                elif isinstance(held, float):
                    assert float(found) == held
                else:
                    assert found == held, (edge['name'], name)
    assert seen == len(graph.edges)


def test_an_earlier_export_gives_way_and_nothing_else_does(daemon, tmp_path):
    place = tmp_path / 'out'
    for _ in range(2):
        daemon.run('data', 'export', place)
    assert (place / 'nodes/state.csv').exists()
    assert not (place / 'edges/in-force-for.csv').exists()
    assert [p.name for p in tmp_path.iterdir()] == ['out']
    (place / 'mine.txt').write_text('mine')
    done = daemon.run('data', 'export', place, check=False)
    assert done.returncode == 1
    assert 'mine.txt' in done.stderr
    assert (place / 'mine.txt').read_text() == 'mine'
