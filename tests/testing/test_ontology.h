// A small ontology for tests, and short ways to make nodes and edges that it accepts.
#ifndef ATTLAS_TESTS_TESTING_TEST_ONTOLOGY_H_
#define ATTLAS_TESTS_TESTING_TEST_ONTOLOGY_H_

#include <memory>
#include <string>
#include <string_view>

#include "graph/ontology/ontology.h"

namespace attlas::testing {

// Node types: state (states/[A-Z]{3}; population INTEGER, region TEXT), instrument (instruments;
// adopted DATE, goods repeated TERM of taxonomy `goods`), organization, source (needs no citation).
// Edge types: SIGNED state->instrument (temporal, act TEXT), MEMBER_OF state->organization
// (temporal, role TEXT), KNOWS any->any (weight INTEGER), LEADS organization->instrument (at most
// one from each).
const graph::v1::Ontology& TestOntologyProto();
std::shared_ptr<const graph::OntologyIndex> TestOntology();

// A node of the collection's type that cites sources/test as seen; sources cite nothing.
graph::Node MakeNode(std::string_view name, std::string_view display_name = "");

// An edge that cites sources/test as seen, without dates.
graph::Edge MakeEdge(std::string_view type, std::string_view from, std::string_view to,
                     std::string_view qualifier = "");

// The same with dates, `YYYY[-MM[-DD]]`; empty for none.
graph::Edge MakeDatedEdge(std::string_view type, std::string_view from, std::string_view to,
                          std::string_view valid_from, std::string_view valid_to = "");

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_TESTING_TEST_ONTOLOGY_H_
