// The reading of one question: at which date, from which confidence.
//
// What: turns ReadOptions into what a domain question needs. The graph is read at any date and any
// confidence, and the question filters: only so can one read tell what was left out, who withdrew
// and when something comes into force. The caller's clearance is applied by the graph as always.
// Thread-safety: plain values.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(Scope scope, MakeScope(request.read()));
//   if (scope.reading.Admits(edge) && scope.reading.Holds(edge)) …
#ifndef ATTLAS_SERVICES_DOMAIN_SCOPE_H_
#define ATTLAS_SERVICES_DOMAIN_SCOPE_H_

#include "absl/status/statusor.h"
#include "attlas/graph/v1/edge.pb.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "graph/model/date.h"
#include "graph/model/statement.h"

namespace attlas::domain {

// Which statements count.
struct Reading {
  graph::DayNumber day = 0;  // The day on which they must hold.
  graph::Confidence min_confidence = graph::v1::CONFIDENCE_RECALLED;

  // Whether the statement is sure enough.
  bool Admits(const graph::Edge& edge) const;
  // Whether the statement holds on the day. One without dates holds on any day.
  bool Holds(const graph::Edge& edge) const;
  bool Counts(const graph::Edge& edge) const { return Holds(edge) && Admits(edge); }

  // The same on another day, or from another confidence.
  Reading On(graph::DayNumber other_day) const { return {other_day, min_confidence}; }
  Reading From(graph::Confidence confidence) const { return {day, confidence}; }

  friend bool operator==(const Reading&, const Reading&) = default;
};

// The first day on which a statement holds, and the first on which it no longer does.
graph::DayNumber StartDay(const graph::Edge& edge);
graph::DayNumber EndDay(const graph::Edge& edge);

// What a question reads.
struct Scope {
  graph::v1::ReadOptions graph_read;  // For the graph: the revision and the ceiling, no filter.
  graph::Date as_of;
  bool as_of_defaulted = false;
  Reading reading;
};

// INVALID_ARGUMENT for a date that does not exist; `read.as_of` is named.
absl::StatusOr<Scope> MakeScope(const graph::v1::ReadOptions& read);

// INVALID_ARGUMENT, naming `field`, for a date that does not exist.
absl::Status CheckDate(const graph::Date& date, std::string_view field);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_SCOPE_H_
