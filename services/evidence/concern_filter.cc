#include "services/evidence/concern_filter.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"

namespace attlas::evidence {

using domain::NameKind;
using domain::SubgraphIndex;
using graph::Edge;

namespace {

constexpr int32_t kLastYear = 9999;

absl::Status CheckYear(int32_t year, std::string_view field) {
  if (year >= 0 && year <= kLastYear) return absl::OkStatus();
  return graph::InvalidField(field, absl::StrCat("is no year; give 1 to ", kLastYear, ", or 0"));
}

}  // namespace

absl::Status ConcernFilter::SetYears(int32_t from, int32_t to) {
  ATTLAS_RETURN_IF_ERROR(CheckYear(from, "from_year"));
  ATTLAS_RETURN_IF_ERROR(CheckYear(to, "to_year"));
  if (to != 0 && to < from) return graph::InvalidField("to_year", "lies before from_year");
  from_year_ = from;
  to_year_ = to;
  return absl::OkStatus();
}

absl::Status ConcernFilter::SetNames(std::string_view state, std::string_view grouping,
                                     std::string_view theme) {
  const auto add = [&](NameKind kind, std::string_view field, std::string_view text,
                       std::optional<size_t>* place) -> absl::Status {
    if (text.empty()) return absl::OkStatus();
    ATTLAS_ASSIGN_OR_RETURN(*place, domain::AddName(kind, field, text, &names_));
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kState, "state", state, &state_));
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kGrouping, "grouping", grouping, &grouping_));
  return add(NameKind::kConcernTheme, "theme", theme, &theme_);
}

graph::v1::Pattern ConcernFilter::Concerns() const {
  if (state_.has_value()) {
    return domain::PatternFrom(Name(state_), {domain::Forward(domain::kVoiced)});
  }
  if (theme_.has_value()) {
    return domain::PatternFrom(Name(theme_), {domain::Backward(domain::kConcerns)});
  }
  return AllConcerns();
}

void ConcernFilter::AddTo(graph::v1::MatchPathsRequest* question) const {
  for (graph::v1::Pattern& pattern : ConcernPatterns(Concerns())) {
    *question->add_patterns() = std::move(pattern);
  }
  for (const domain::NameArgument& name : names_) {
    *question->add_patterns() = domain::PatternFrom(name.name(), {});
  }
  if (grouping_.has_value()) {
    *question->add_patterns() =
        domain::PatternFrom(Name(grouping_), {domain::Backward(domain::kMemberOfGrouping)});
  }
}

std::vector<Challenge> ConcernFilter::Select(const SubgraphIndex& index,
                                             const domain::Reading& reading) const {
  std::set<std::string_view> holders;
  if (grouping_.has_value()) {
    holders.insert(Name(grouping_));
    for (const Edge* edge : domain::MembersOf(index, Name(grouping_), reading)) {
      holders.insert(edge->from());
    }
  }
  const auto voiced_as_asked = [&](const Edge* voiced) {
    if (state_.has_value() && voiced->from() != Name(state_)) return false;
    if (grouping_.has_value() && !holders.contains(voiced->from())) return false;
    if (from_year_ == 0 && to_year_ == 0) return true;
    const auto date = domain::VoicedDate(index, *voiced);
    return date.has_value() && date->year() >= from_year_ &&
           (to_year_ == 0 || date->year() <= to_year_);
  };
  std::vector<Challenge> challenges = ChallengesOf(index, reading);
  std::erase_if(challenges, [&](const Challenge& one) {
    const bool about = !theme_.has_value() ||
                       std::any_of(one.themes.begin(), one.themes.end(),
                                   [&](const Edge* edge) { return edge->to() == Name(theme_); });
    return !about || std::none_of(one.voices.begin(), one.voices.end(), voiced_as_asked);
  });
  return challenges;
}

std::string ConcernFilter::Phrase(const SubgraphIndex& index) const {
  std::string phrase;
  const auto name = [&](const std::optional<size_t>& place) {
    return graph::ToAbsl(index.DisplayName(Name(place)));
  };
  if (theme_.has_value()) absl::StrAppend(&phrase, " about \"", name(theme_), "\"");
  if (state_.has_value()) absl::StrAppend(&phrase, " that ", name(state_), " voiced");
  if (grouping_.has_value()) {
    absl::StrAppend(&phrase, state_.has_value() ? ", of" : " of", " holders in ", name(grouping_));
  }
  if (from_year_ != 0) absl::StrAppend(&phrase, " from ", from_year_);
  if (to_year_ != 0) absl::StrAppend(&phrase, " up to ", to_year_);
  return phrase;
}

}  // namespace attlas::evidence
