// Checks of request fields that need no graph: names, sizes, bounds.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GRAPH_REQUEST_CHECKS_H_
#define ATTLAS_SERVICES_GRAPH_REQUEST_CHECKS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/subgraph.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/ontology/ontology.h"
#include "services/common/limits.h"

namespace attlas::services {

using Names = google::protobuf::RepeatedPtrField<std::string>;

// INVALID_FIELD unless `name` is a well-formed resource name.
absl::Status CheckName(std::string_view name, std::string_view field);

// The same for each of 1 to `most` names; fields are `field[i]`.
absl::Status CheckNames(const Names& names, std::string_view field, size_t most);

// INVALID_FIELD for more than `most` elements.
absl::Status CheckCount(size_t count, size_t most, std::string_view field,
                        std::string_view elements);

// `value`, or `by_default` for 0. INVALID_FIELD below 0 or above `most`.
absl::StatusOr<int32_t> Bounded(int32_t value, int32_t by_default, int32_t most,
                                std::string_view field);

// OK for 0, which is the default, and for a bound that an answer may have. INVALID_FIELD otherwise.
absl::Status CheckMaxBytes(int32_t value, const ServiceLimits& limits);

// The size of a page: the default for 0, the most for more. INVALID_FIELD below 0.
absl::StatusOr<int32_t> PageSize(int32_t value, const ServiceLimits& limits);

// INVALID_FIELD for a direction that the enum does not have.
absl::StatusOr<graph::v1::Direction> DirectionOr(graph::v1::Direction direction,
                                                 graph::v1::Direction by_default,
                                                 std::string_view field);

// INVALID_FIELD unless each predicate names a property of one of the edge types, with a comparison.
// `types` names the edge types; empty for all.
absl::Status CheckEdgePredicates(
    const graph::OntologyIndex& ontology, const Names& types,
    const google::protobuf::RepeatedPtrField<graph::v1::PropertyPredicate>& predicates,
    std::string_view field);

// The text `; did you mean a, b?`, or nothing without suggestions.
std::string DidYouMean(const std::vector<std::string>& suggestions);

// INVALID_FIELD that says `what` is unknown and suggests the nearest of `known`.
absl::Status UnknownName(std::string_view field, std::string_view what, std::string_view name,
                         const std::vector<std::string>& known);

// The names of the types of an ontology.
std::vector<std::string> NodeTypeNames(const graph::OntologyIndex& ontology);
std::vector<std::string> EdgeTypeNames(const graph::OntologyIndex& ontology);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_REQUEST_CHECKS_H_
