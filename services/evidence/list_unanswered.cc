// ListUnanswered: the concerns that something does not answer yet.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/evidence/concern_filter.h"
#include "services/evidence/concerns.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/peers.h"

namespace attlas::evidence {
namespace {

using graph::Edge;

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};
constexpr v1::AnswerKind kKinds[] = {v1::ANSWER_KIND_CLAUSE, v1::ANSWER_KIND_PUBLICATION,
                                     v1::ANSWER_KIND_PEER};

absl::StatusOr<std::set<v1::AnswerKind>> MissingOf(const v1::ListUnansweredRequest& request) {
  std::set<v1::AnswerKind> missing;
  for (int i = 0; i < request.missing_size(); ++i) {
    const v1::AnswerKind kind = request.missing(i);
    if (kind == v1::ANSWER_KIND_UNSPECIFIED || !v1::AnswerKind_IsValid(kind)) {
      return graph::InvalidField(absl::StrCat("missing[", i, "]"),
                                 "is no kind of answer; use CLAUSE, PUBLICATION or PEER");
    }
    missing.insert(kind);
  }
  if (missing.empty()) missing.insert(v1::ANSWER_KIND_PUBLICATION);
  return missing;
}

// A concern of the request and what it lacks.
struct Row {
  const Challenge* challenge;
  int32_t peers = 0;
  std::set<v1::AnswerKind> missing;
};

std::vector<Row> RowsOf(const std::vector<Challenge>& selected,
                        const std::map<std::string_view, std::set<std::string_view>>& joined) {
  std::vector<Row> rows;
  for (const Challenge& challenge : selected) {
    Row row{.challenge = &challenge};
    std::set<std::string_view> peers;
    for (const Edge* theme : challenge.themes) {
      const auto found = joined.find(theme->to());
      if (found != joined.end()) peers.insert(found->second.begin(), found->second.end());
    }
    row.peers = static_cast<int32_t>(peers.size());
    if (challenge.clauses.empty()) row.missing.insert(v1::ANSWER_KIND_CLAUSE);
    if (challenge.publications.empty()) row.missing.insert(v1::ANSWER_KIND_PUBLICATION);
    if (peers.empty()) row.missing.insert(v1::ANSWER_KIND_PEER);
    rows.push_back(std::move(row));
  }
  return rows;
}

v1::MissingAnswers CountMissing(const std::vector<Row>& rows) {
  const auto lacking = [&](v1::AnswerKind kind) {
    return static_cast<int32_t>(std::count_if(
        rows.begin(), rows.end(), [&](const Row& row) { return row.missing.contains(kind); }));
  };
  v1::MissingAnswers counts;
  counts.set_concerns(static_cast<int32_t>(rows.size()));
  counts.set_without_clause(lacking(v1::ANSWER_KIND_CLAUSE));
  counts.set_without_publication(lacking(v1::ANSWER_KIND_PUBLICATION));
  counts.set_without_peer(lacking(v1::ANSWER_KIND_PEER));
  counts.set_without_any(
      static_cast<int32_t>(std::count_if(rows.begin(), rows.end(), [](const Row& row) {
        return row.missing.size() == std::size(kKinds);
      })));
  return counts;
}

std::string SentenceOf(const v1::MissingAnswers& counts, const std::string& phrase) {
  const auto of_them = [](int count, std::string_view what) {
    return absl::StrCat(count, " ", std::string(what));
  };
  return absl::StrCat("Of ", domain::Count(counts.concerns(), "concern"), phrase, ", ",
                      of_them(counts.without_clause(), "have no clause that answers them, "),
                      of_them(counts.without_publication(), "no publication that bears on them, "),
                      of_them(counts.without_peer(), "no peer that joined anyway, "),
                      of_them(counts.without_any(), "none of the three."));
}

void AddPatterns(const ConcernFilter& filter, const Target& target,
                 const std::vector<domain::NameArgument>& names,
                 graph::v1::MatchPathsRequest* question) {
  filter.AddTo(question);
  // Those of the same themes, which peers may have voiced.
  graph::v1::Pattern kin = filter.Concerns();
  *kin.add_hops() = domain::Forward(domain::kConcerns);
  *kin.add_hops() = domain::Backward(domain::kConcerns);
  for (graph::v1::Pattern& pattern : ConcernPatterns(kin)) {
    *question->add_patterns() = std::move(pattern);
  }
  *kin.add_hops() = domain::Backward(domain::kVoiced);
  *kin.add_hops() = target.Joined(names);
  *question->add_patterns() = std::move(kin);
  target.AddTo(names, question);
}

}  // namespace

absl::StatusOr<v1::ListUnansweredResponse> EvidenceQueries::ListUnanswered(
    const services::CallContext& context, const v1::ListUnansweredRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::set<v1::AnswerKind> missing, MissingOf(request));
  ATTLAS_ASSIGN_OR_RETURN(ConcernFilter filter, ConcernFilter::Of(request));
  Target target;
  ATTLAS_RETURN_IF_ERROR(target.Set(request.target(), filter.names()));
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, filter.names(), [&](auto* question) {
                            AddPatterns(filter, target, *filter.names(), question);
                          }));
  domain::EvidenceGatherer evidence(*index, scope);
  const Joiners joiners(*index, scope.reading,
                        target.NameIn(*index, scope.reading, *filter.names()));
  const std::vector<Challenge> selected = filter.Select(*index, scope.reading);
  std::vector<Row> rows =
      RowsOf(selected, joiners.JoinedAnyway(ChallengesOf(*index, scope.reading)));
  v1::ListUnansweredResponse response;
  *response.mutable_missing() = CountMissing(rows);
  std::erase_if(rows, [&](const Row& row) {
    return !std::includes(row.missing.begin(), row.missing.end(), missing.begin(), missing.end());
  });
  response.set_total(static_cast<int32_t>(rows.size()));
  for (size_t i = page.offset; i < page.EndOf(rows.size()); ++i) {
    v1::UnansweredConcern* row = response.add_concerns();
    *row->mutable_concern() = ConcernFrom(*index, *rows[i].challenge, scope, &evidence);
    row->set_peers(rows[i].peers);
    for (const v1::AnswerKind kind : rows[i].missing) row->add_missing(kind);
  }
  if (!joiners.target().empty()) {
    *response.mutable_target() = domain::Named(*index, joiners.target());
  }
  domain::NameGrouping(*index, filter.grouping(), &response);
  response.set_sentence(SentenceOf(response.missing(), filter.Phrase(*index)));
  NoteAge(selected, scope, &evidence);
  NoteLeftOut(*index, joiners.target(), &evidence);
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), rows.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::evidence
