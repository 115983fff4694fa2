"""The export as FollowTheMoney entities, checked against its own model."""

import json

import pytest
from followthemoney import model

import values


def entity_id(name):
    return name.replace('/', '.')


@pytest.fixture(scope='module')
def entities(exported):
    with open(exported('ftm'), encoding='utf-8') as lines:
        return {entity['id']: entity for entity in map(json.loads, lines)}


def test_every_entity_is_valid(entities):
    for entity in entities.values():
        proxy = model.get_proxy(entity, cleaned=False)
        assert proxy.schema.name == entity['schema'] and not proxy.schema.abstract
        # What the model does not know, or cleans away, would be lost on the way in.
        for name, held in entity['properties'].items():
            assert name in proxy.schema.properties, (entity['id'], name)
            assert set(proxy.get(name)) and len(set(held)) == len(proxy.get(name)), (
                entity['id'], name, held)
        proxy.schema.validate(entity)


def test_every_reference_points_to_an_entity_of_its_range(entities):
    for entity in entities.values():
        schema = model.get(entity['schema'])
        for name, held in entity['properties'].items():
            declared = schema.get(name)
            if declared.type.name != 'entity':
                continue
            for other in held:
                assert model.get(entities[other]['schema']).is_a(declared.range), (
                    entity['id'], name, other)


def test_every_node_and_statement(entities, graph):
    assert set(entities) == {entity_id(n) for n in (*graph.nodes, *graph.edges)}
    for name, node in graph.nodes.items():
        said = entities[entity_id(name)]['properties']
        assert said['name'] == [node.get('displayName') or name]
        assert sorted(said.get('proof', [])) == sorted(
            entity_id(c[0]) for c in values.citations(node))
    for name, edge in graph.edges.items():
        entity = entities[entity_id(name)]
        said = entity['properties']
        declared = model.get(entity['schema'])
        assert said[declared.edge_source] == [entity_id(edge['from'])]
        assert said[declared.edge_target] == [entity_id(edge['to'])]
        assert said.get('startDate', ['']) == [values.date(edge.get('validFrom'))]
        assert said.get('endDate', ['']) == [values.date(edge.get('validTo'))]
        assert sorted(said['proof']) == sorted(entity_id(c[0]) for c in values.citations(edge))
        assert said['recordId'] == [name] and said['role'] == [edge['type']]
        assert values.marking(edge) in said['summary'][0]


def test_schemata_are_the_nearest(entities):
    assert entities['states.IDN']['schema'] == 'PublicBody'
    assert entities['states.IDN']['properties']['country'] == ['id']
    assert entities['organizations.asean']['schema'] == 'Organization'
    assert entities['instruments.att']['schema'] == 'Document'
    memberships = [e for e in entities.values() if e['schema'] == 'Membership']
    assert any(e['properties']['organization'] == ['organizations.asean'] for e in memberships)
