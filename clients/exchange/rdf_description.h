// Nodes and statements as RDF, before they are written in one of its forms.
//
// What: a resource and what is said of it. The terms are
//   entity:states/IDN            a node; entity:edges/<id> a statement
//   type:state                   its type, a class
//   relation:CONSENTED_TO        the type of a statement, a property
//   property:adopted             a property of nodes or statements
//   term:participation_act/accession   a term of a vocabulary, a skos:Concept
//   say:validFrom …              what every statement says beside its properties
// and those of RDF, RDF Schema, SKOS and PROV-O. A statement is reified by RDF's own vocabulary:
//   entity:edges/<id> a rdf:Statement, prov:Entity; rdf:subject …; rdf:predicate …; rdf:object …;
//       say:validFrom "2013-06-03"^^xsd:date; say:confidence "seen"; say:marking "TLP:CLEAR";
//       prov:hadPrimarySource <the source>; prov:qualifiedPrimarySource <the citation>
// The bare triple (states/IDN CONSENTED_TO instruments/att) is not asserted, since it holds from
// one date to another, and only as far as its sources carry it. Each citation is a resource of its
// own,
//   entity:edges/<id>#citation-1 a prov:PrimarySource; prov:entity <the source>; say:locator …
// so that there are no blank nodes, and the same graph always gives the same triples.
// Threads: plain values; functions only.
#ifndef ATTLAS_CLIENTS_EXCHANGE_RDF_DESCRIPTION_H_
#define ATTLAS_CLIENTS_EXCHANGE_RDF_DESCRIPTION_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "clients/exchange/export_writer.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

// A name of RDF: a namespace by its prefix, and what follows it.
struct RdfName {
  std::string_view prefix;  // One of RdfNamespaces.
  std::string local;
};

// What stands on the right of a triple: a name, or a literal.
struct RdfObject {
  bool literal = false;
  RdfName name;               // Where it is no literal.
  std::string text;           // Of a literal.
  std::string_view datatype;  // Of a literal: a name of XML Schema; empty for a plain string.
};

struct RdfStatement {
  RdfName predicate;
  RdfObject object;
};

// A resource and all that is said of it.
struct RdfDescription {
  RdfName subject;
  std::vector<RdfStatement> statements;
};

struct RdfNamespace {
  std::string_view prefix;
  std::string_view iri;  // What follows the base where `under_base`.
  bool under_base = false;
};

// Every namespace that descriptions use.
inline constexpr std::array<RdfNamespace, 11> kRdfNamespaces = {{
    {"entity", "", true},
    {"type", "types/", true},
    {"relation", "relations/", true},
    {"property", "properties/", true},
    {"term", "terms/", true},
    {"say", "vocabulary#", true},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
}};

// The name of the graph that holds all else, and what is said of it.
RdfDescription DescribeView(const ExportedView& view);

// The classes, properties and terms of the ontology.
std::vector<RdfDescription> DescribeOntology(const graph::v1::Ontology& ontology);

// A node or a statement, then its citations.
std::vector<RdfDescription> Describe(const graph::OntologyIndex& ontology, const graph::Node& node);
std::vector<RdfDescription> Describe(const graph::OntologyIndex& ontology, const graph::Edge& edge);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_RDF_DESCRIPTION_H_
