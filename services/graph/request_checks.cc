#include "services/graph/request_checks.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"

namespace attlas::services {

using graph::InvalidField;
using graph::ToAbsl;
using graph::ToStd;

absl::Status CheckName(std::string_view name, std::string_view field) {
  if (name.empty()) return InvalidField(field, "a name is required, such as states/IDN");
  const absl::StatusOr<graph::ResourceName> parsed = graph::ParseResourceName(name);
  if (!parsed.ok()) return InvalidField(field, ToStd(parsed.status().message()));
  return absl::OkStatus();
}

absl::Status CheckNames(const Names& names, std::string_view field, size_t most) {
  if (names.empty()) return InvalidField(field, "at least one name is required");
  ATTLAS_RETURN_IF_ERROR(CheckCount(static_cast<size_t>(names.size()), most, field, "names"));
  for (int i = 0; i < names.size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(CheckName(names[i], absl::StrCat(ToAbsl(field), "[", i, "]")));
  }
  return absl::OkStatus();
}

absl::Status CheckCount(size_t count, size_t most, std::string_view field,
                        std::string_view elements) {
  if (count <= most) return absl::OkStatus();
  return InvalidField(
      field, absl::StrCat(count, " ", ToAbsl(elements), "; at most ", most, " are taken at once"));
}

absl::StatusOr<int32_t> Bounded(int32_t value, int32_t by_default, int32_t most,
                                std::string_view field) {
  if (value == 0) return by_default;
  if (value < 0) return InvalidField(field, absl::StrCat(value, " is below 0"));
  if (value > most) {
    return InvalidField(field, absl::StrCat(value, " is above the limit of ", most));
  }
  return value;
}

absl::Status CheckMaxBytes(int32_t value, const ServiceLimits& limits) {
  return Bounded(value, limits.default_answer_bytes, limits.max_answer_bytes, "max_bytes").status();
}

absl::StatusOr<int32_t> PageSize(int32_t value, const ServiceLimits& limits) {
  if (value < 0) return InvalidField("page_size", absl::StrCat(value, " is below 0"));
  if (value == 0) return limits.default_page_size;
  return std::min(value, limits.max_page_size);
}

absl::StatusOr<graph::v1::Direction> DirectionOr(graph::v1::Direction direction,
                                                 graph::v1::Direction by_default,
                                                 std::string_view field) {
  if (direction == graph::v1::DIRECTION_UNSPECIFIED) return by_default;
  if (!graph::v1::Direction_IsValid(direction)) {
    return InvalidField(field, absl::StrCat(static_cast<int>(direction),
                                            " is no direction; use FORWARD, BACKWARD or EITHER"));
  }
  return direction;
}

absl::Status CheckEdgePredicates(
    const graph::OntologyIndex& ontology, const Names& types,
    const google::protobuf::RepeatedPtrField<graph::v1::PropertyPredicate>& predicates,
    std::string_view field) {
  std::vector<std::string> known;
  for (const graph::v1::EdgeType& type : ontology.proto().edge_types()) {
    const bool listed = std::find(types.begin(), types.end(), type.name()) != types.end();
    if (!types.empty() && !listed) continue;
    for (const graph::v1::PropertyType& property : type.properties()) {
      known.push_back(property.name());
    }
  }
  for (int i = 0; i < predicates.size(); ++i) {
    const graph::v1::PropertyPredicate& predicate = predicates[i];
    const std::string path = absl::StrCat(ToAbsl(field), "[", i, "]");
    if (std::find(known.begin(), known.end(), predicate.property()) == known.end()) {
      return UnknownName(absl::StrCat(path, ".property"), "property of these edges",
                         predicate.property(), known);
    }
    if (predicate.comparison() == graph::v1::COMPARISON_UNSPECIFIED ||
        !graph::v1::Comparison_IsValid(predicate.comparison())) {
      return InvalidField(absl::StrCat(path, ".comparison"), "a comparison is required");
    }
  }
  return absl::OkStatus();
}

std::string DidYouMean(const std::vector<std::string>& suggestions) {
  if (suggestions.empty()) return "";
  return absl::StrCat("; did you mean ", absl::StrJoin(suggestions, ", "), "?");
}

absl::Status UnknownName(std::string_view field, std::string_view what, std::string_view name,
                         const std::vector<std::string>& known) {
  return InvalidField(field, absl::StrCat("no ", ToAbsl(what), " ", ToAbsl(name),
                                          DidYouMean(graph::NearestNames(name, known, 3))));
}

std::vector<std::string> NodeTypeNames(const graph::OntologyIndex& ontology) {
  std::vector<std::string> names;
  for (const auto& type : ontology.proto().node_types()) names.push_back(type.name());
  return names;
}

std::vector<std::string> EdgeTypeNames(const graph::OntologyIndex& ontology) {
  std::vector<std::string> names;
  for (const auto& type : ontology.proto().edge_types()) names.push_back(type.name());
  return names;
}

}  // namespace attlas::services
