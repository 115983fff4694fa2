// Everything that a graph answers about a revision, as one text: to compare stores by.
//
// Threads: functions only.
#ifndef ATTLAS_TESTS_TESTING_ALL_ANSWERS_H_
#define ATTLAS_TESTS_TESTING_ALL_ANSWERS_H_

#include <cstdint>
#include <string>

#include "graph/graph.h"

namespace attlas::testing {

// Every node and edge at `revision`, each found by its name and through its ends in both
// directions, with what cites it and its history; the changes of every revision up to it; the
// ontology. Tokens of revisions, which belong to a store, as numbers. A part that fails is in the
// text as its error.
std::string AllAnswers(const graph::Graph& graph, uint64_t revision);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_TESTING_ALL_ANSWERS_H_
