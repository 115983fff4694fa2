"""The export as GraphML, read by networkx."""

import json

import networkx
import pytest

import values


@pytest.fixture(scope='module')
def read(exported):
    return networkx.read_graphml(exported('graphml'), force_multigraph=True)


def as_held(held):
    """Lists are joined as in the tables of a dataset."""
    return values.joined(held) if isinstance(held, list) else held


def check(found, statement):
    assert found['type'] == statement['type']
    for name, held in values.properties(statement).items():
        assert found[name] == as_held(held), (statement['name'], name)
    cited = [(c['source'], c.get('locator', ''), c['confidence'], c.get('retrieved', ''),
              c.get('note', '')) for c in json.loads(found.get('citations', '[]'))]
    assert cited == values.citations(statement)
    assert found['marking'] == values.marking(statement)


def test_every_node(read, graph):
    assert set(read.nodes) == set(graph.nodes)
    for name, node in graph.nodes.items():
        found = read.nodes[name]
        check(found, node)
        assert found.get('display_name', '') == node.get('displayName', '')
        assert found.get('aliases', '') == as_held(node.get('aliases', []))


def test_every_statement(read, graph):
    assert read.is_directed()
    found = {key: (start, end, data) for start, end, key, data in read.edges(keys=True, data=True)}
    assert set(found) == set(graph.edges)
    for name, edge in graph.edges.items():
        start, end, data = found[name]
        assert (start, end) == (edge['from'], edge['to'])
        check(data, edge)
        assert data.get('qualifier', '') == edge.get('qualifier', '')
        assert data.get('valid_from', '') == values.date(edge.get('validFrom'))
        assert data.get('valid_to', '') == values.date(edge.get('validTo'))
        cites_rule = any(c['source'].startswith('rules/') for c in edge['citations'])
        assert data['derived'] == cites_rule


def test_says_which_revision_it_is(read, graph):
    assert read.graph['revision'] == graph.header['revision']
