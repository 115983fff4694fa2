"""The exports as N-Quads and JSON-LD, read by Oxigraph."""

import collections

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

import values

BASE = 'urn:attlas:'
SAY = BASE + 'vocabulary#'
RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
RDFS = 'http://www.w3.org/2000/01/rdf-schema#'
SKOS = 'http://www.w3.org/2004/02/skos/core#'
PROV = 'http://www.w3.org/ns/prov#'
XSD = 'http://www.w3.org/2001/XMLSchema#'


def parse(path, form):
    return list(pyoxigraph.parse(path=str(path), format=form))


@pytest.fixture(scope='module')
def quads(exported):
    return parse(exported('nquads'), RdfFormat.N_QUADS)


class Triples:
    """The triples of one graph by subject and predicate."""

    def __init__(self, quads, name):
        self.held = collections.defaultdict(lambda: collections.defaultdict(list))
        self.predicates = set()
        for quad in quads:
            if isinstance(quad.graph_name, pyoxigraph.NamedNode) and quad.graph_name.value == name:
                self.held[quad.subject.value][quad.predicate.value].append(quad.object)
                self.predicates.add(quad.predicate.value)

    def texts(self, subject, predicate):
        return sorted(o.value for o in self.held[subject][predicate])

    def text(self, subject, predicate):
        """The one that there is; empty for none."""
        found = self.held[subject][predicate]
        assert len(found) <= 1
        return found[0].value if found else ''


@pytest.fixture(scope='module')
def triples(quads, graph):
    return Triples(quads, f'{BASE}revisions/{graph.header["revision"]}')


def property_kinds(graph):
    """(type, property) to its declaration."""
    kinds = {}
    for types in ('nodeTypes', 'edgeTypes'):
        for declared in graph.header['ontology'][types]:
            for held in declared.get('properties', []):
                kinds[declared['name'], held['name']] = held
    return kinds


def check_common(triples, statement, kinds):
    subject = BASE + statement['name']
    for name, held in values.properties(statement).items():
        declared = kinds[statement['type'], name]
        found = triples.texts(subject, f'{BASE}properties/{name}')
        expected = held if isinstance(held, list) else [held]
        if declared['kind'] == 'PROPERTY_KIND_TERM':
            expected = [f'{BASE}terms/{declared["taxonomy"]}/{term}' for term in expected]
        elif declared['kind'] == 'PROPERTY_KIND_BOOLEAN':
            expected = [str(truth).lower() for truth in expected]
        elif declared['kind'] == 'PROPERTY_KIND_DECIMAL':
            assert [float(f) for f in found] == expected
            continue
        assert found == sorted({str(e) for e in expected}), (statement['name'], name)
    assert triples.text(subject, SAY + 'marking') == values.marking(statement)
    cited = []
    for citation in triples.texts(subject, PROV + 'qualifiedPrimarySource'):
        assert triples.texts(citation, RDF + 'type') == [PROV + 'PrimarySource']
        source = triples.text(citation, PROV + 'entity')
        assert source in triples.texts(subject, PROV + 'hadPrimarySource')
        said = [triples.text(citation, p) for p in (SAY + 'locator', SAY + 'confidence',
                                                    SAY + 'retrieved', RDFS + 'comment')]
        number = int(citation.rpartition('-')[2])
        cited.append((number, (source.removeprefix(BASE), *said)))
    assert [c for _, c in sorted(cited)] == values.citations(statement)


def test_every_node(triples, graph):
    kinds = property_kinds(graph)
    types = tuple(f'{BASE}types/{t["name"]}' for t in graph.header['ontology']['nodeTypes'])
    found = [s for s, said in triples.held.items()
             if any(o.value in types for o in said.get(RDF + 'type', []))]
    assert sorted(found) == sorted(BASE + name for name in graph.nodes)
    for name, node in graph.nodes.items():
        subject = BASE + name
        assert triples.texts(subject, RDF + 'type') == sorted(
            [PROV + 'Entity', f'{BASE}types/{node["type"]}'])
        assert triples.text(subject, RDFS + 'label') == node.get('displayName', '')
        assert triples.texts(subject, SKOS + 'altLabel') == sorted(set(node.get('aliases', [])))
        check_common(triples, node, kinds)


def test_every_statement(triples, graph):
    kinds = property_kinds(graph)
    found = [s for s, said in triples.held.items()
             if any(o.value == RDF + 'Statement' for o in said.get(RDF + 'type', []))]
    assert sorted(found) == sorted(BASE + name for name in graph.edges)
    for name, edge in graph.edges.items():
        subject = BASE + name
        assert triples.text(subject, RDF + 'subject') == BASE + edge['from']
        assert triples.text(subject, RDF + 'object') == BASE + edge['to']
        assert triples.text(subject, RDF + 'predicate') == f'{BASE}relations/{edge["type"]}'
        assert triples.text(subject, SAY + 'qualifier') == edge.get('qualifier', '')
        for predicate, field in (('validFrom', 'validFrom'), ('validTo', 'validTo')):
            date = triples.text(subject, SAY + predicate)
            assert date == values.date(edge.get(field))
            if date:
                kind = ('gYear', 'gYearMonth', 'date')[date.count('-')]
                assert triples.held[subject][SAY + predicate][0].datatype.value == XSD + kind
        check_common(triples, edge, kinds)


def test_no_statement_is_asserted_bare(triples):
    """It holds from one date to another, and only as its sources say."""
    assert not any(p.startswith(BASE + 'relations/') for p in triples.predicates)


def test_json_ld_says_the_same(quads, exported):
    same = parse(exported('jsonld'), RdfFormat.JSON_LD)
    assert {str(q) for q in same} == {str(q) for q in quads}


def test_another_base(daemon, tmp_path):
    path = tmp_path / 'other'
    daemon.run('data', 'export', '--format', 'nquads', '--base-iri', 'https://example.org/a b/',
               '--as-of', '1950', '--file', path)
    names = {q.subject.value for q in parse(path, RdfFormat.N_QUADS)}
    assert 'https://example.org/a%20b/states/IDN' in names


def test_a_sparql_question(quads, graph):
    """Who acceded to the ATT? The reified form answers in any store."""
    store = pyoxigraph.Store()
    store.bulk_extend(quads)
    rows = store.query('''
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?state WHERE { GRAPH ?revision {
          ?s rdf:subject ?state ; rdf:object <urn:attlas:instruments/att> ;
             rdf:predicate <urn:attlas:relations/CONSENTED_TO> ;
             <urn:attlas:properties/act> <urn:attlas:terms/participation_act/accession> } }''')
    expected = {BASE + e['from'] for e in graph.edges.values()
                if e['type'] == 'CONSENTED_TO' and e['to'] == 'instruments/att'
                and values.properties(e)['act'] == 'accession'}
    assert expected and {row['state'].value for row in rows} == expected
