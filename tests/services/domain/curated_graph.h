// The curated dataset in a real graph, behind the interface that the services use.
//
// What: loads data/ once for a test program. Tests read it; those that write make their own.
// Threads: thread-safe after the first call.
#ifndef ATTLAS_TESTS_SERVICES_DOMAIN_CURATED_GRAPH_H_
#define ATTLAS_TESTS_SERVICES_DOMAIN_CURATED_GRAPH_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "graph/base/error.h"
#include "services/common/graph_api.h"

namespace attlas::testing {

// The graph of the curated dataset. Ends the program where it cannot be loaded.
services::GraphApi& CuratedGraph();

// Copies its store into `directory`, which must not exist: for tests that write, or serve it.
absl::Status CopyCuratedStore(const std::string& directory);

// A call of the local operator.
services::CallContext OperatorCall();

// Reads as of a date, written `2026-02-03`; from `min_confidence`, if given.
graph::v1::ReadOptions AsOf(std::string_view date, graph::v1::Confidence min_confidence =
                                                       graph::v1::CONFIDENCE_UNSPECIFIED);

// The names of the fields that an error blames, its reason, and one of its metadata.
std::vector<std::string> BlamedFields(const absl::Status& status);
std::string ReasonOf(const absl::Status& status);
std::string MetadataOf(const absl::Status& status, std::string_view key);

// The names of all nodes of these types in the dataset, and those of states and economies.
std::vector<std::string> NamesOfTypes(std::initializer_list<const char*> types);
std::vector<std::string> AllPlaces();

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_DOMAIN_CURATED_GRAPH_H_
