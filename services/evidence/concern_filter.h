// Which concerns a request asks for: by holder, by the grouping of the holder, by theme, by year.
//
// Thread-safety: plain values; a selection views its index.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(ConcernFilter filter, ConcernFilter::Of(request));
//   ATTLAS_ASSIGN_OR_RETURN(index, domain::Ask(graph, context, scope, filter.names(),
//                                              [&](auto* question) { filter.AddTo(question); }));
//   for (const Challenge& one : filter.Select(*index, scope.reading)) …
#ifndef ATTLAS_SERVICES_EVIDENCE_CONCERN_FILTER_H_
#define ATTLAS_SERVICES_EVIDENCE_CONCERN_FILTER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/base/status_macros.h"
#include "services/domain/question.h"
#include "services/evidence/concerns.h"

namespace attlas::evidence {

class ConcernFilter {
 public:
  // Reads `state`, `grouping`, `theme`, `from_year` and `to_year` of a request. INVALID_ARGUMENT
  // for a malformed name, for a year that is none, and for years in the wrong order.
  template <typename Request>
  static absl::StatusOr<ConcernFilter> Of(const Request& request) {
    ConcernFilter filter;
    ATTLAS_RETURN_IF_ERROR(filter.SetYears(request.from_year(), request.to_year()));
    ATTLAS_RETURN_IF_ERROR(filter.SetNames(request.state(), request.grouping(), request.theme()));
    return filter;
  }

  std::vector<domain::NameArgument>* names() { return &names_; }

  // The pattern that ends at the concerns to look at, as narrow as one pattern can be.
  graph::v1::Pattern Concerns() const;
  // Adds all patterns that Select reads. REQUIRES chosen names.
  void AddTo(graph::v1::MatchPathsRequest* question) const;

  // The concerns asked for, latest first.
  std::vector<Challenge> Select(const domain::SubgraphIndex& index,
                                const domain::Reading& reading) const;

  // The grouping whose holders are asked for; empty for none. REQUIRES chosen names.
  std::string_view grouping() const { return Name(grouping_); }

  // The words `that India voiced`, or nothing.
  std::string Phrase(const domain::SubgraphIndex& index) const;

 private:
  absl::Status SetYears(int32_t from, int32_t to);
  absl::Status SetNames(std::string_view state, std::string_view grouping, std::string_view theme);
  std::string_view Name(const std::optional<size_t>& place) const {
    return place.has_value() ? std::string_view(names_[*place].name()) : std::string_view();
  }

  std::vector<domain::NameArgument> names_;
  std::optional<size_t> state_;
  std::optional<size_t> grouping_;
  std::optional<size_t> theme_;
  int32_t from_year_ = 0;  // 0 for none.
  int32_t to_year_ = 0;
};

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_CONCERN_FILTER_H_
