#include "services/domain/scope.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::domain {

bool Reading::Admits(const graph::Edge& edge) const {
  return min_confidence == graph::v1::CONFIDENCE_UNSPECIFIED ||
         graph::BestConfidence(edge.citations()) >= min_confidence;
}

bool Reading::Holds(const graph::Edge& edge) const {
  return StartDay(edge) <= day && day < EndDay(edge);
}

graph::DayNumber StartDay(const graph::Edge& edge) {
  return edge.has_valid_from() ? graph::FirstDay(edge.valid_from()) : graph::kBeginningOfTime;
}

graph::DayNumber EndDay(const graph::Edge& edge) {
  return edge.has_valid_to() ? graph::FirstDay(edge.valid_to()) : graph::kEndOfTime;
}

absl::Status CheckDate(const graph::Date& date, std::string_view field) {
  if (graph::IsValidDate(date)) return absl::OkStatus();
  return graph::InvalidField(
      field, absl::StrCat("no such date: year ", date.year(), ", month ", date.month(), ", day ",
                          date.day(),
                          "; use a year of 1 to 9999, a month of 1 to 12 and a day of "
                          "that month, 0 for what is not known"));
}

absl::StatusOr<Scope> MakeScope(const graph::v1::ReadOptions& read) {
  Scope scope;
  scope.graph_read = read;
  scope.graph_read.clear_as_of();
  scope.graph_read.clear_min_confidence();
  scope.as_of_defaulted = !read.has_as_of();
  scope.as_of = read.has_as_of() ? read.as_of() : graph::Today();
  ATTLAS_RETURN_IF_ERROR(CheckDate(scope.as_of, "read.as_of"));
  if (!graph::v1::Confidence_IsValid(read.min_confidence())) {
    return graph::InvalidField("read.min_confidence",
                               "no such confidence; use `unverified`, "
                               "`recalled`, `structure-seen` or `seen`");
  }
  scope.reading.day = graph::FirstDay(scope.as_of);
  scope.reading.min_confidence = read.min_confidence() == graph::v1::CONFIDENCE_UNSPECIFIED
                                     ? graph::v1::CONFIDENCE_RECALLED
                                     : read.min_confidence();
  return scope;
}

}  // namespace attlas::domain
