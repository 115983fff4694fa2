// ListConcerns: who voiced what, and when.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/members.h"
#include "services/domain/question.h"
#include "services/evidence/concern_filter.h"
#include "services/evidence/concerns.h"
#include "services/evidence/evidence_queries.h"

namespace attlas::evidence {
namespace {

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};

std::string SentenceOf(const std::vector<Challenge>& challenges, const std::string& phrase) {
  if (challenges.empty()) return absl::StrCat("No concerns are held here", phrase, ".");
  const auto count = [&](auto member) {
    return std::count_if(challenges.begin(), challenges.end(),
                         [&](const Challenge& one) { return !(one.*member).empty(); });
  };
  std::string sentence =
      absl::StrCat(challenges.size(), challenges.size() == 1 ? " concern is" : " concerns are",
                   " held here", phrase);
  const auto& latest = challenges.front().latest;
  if (latest.has_value()) {
    absl::StrAppend(&sentence, ", the latest voiced in ", graph::FormatDate(*latest));
  }
  return absl::StrCat(sentence, "; provisions answer ", count(&Challenge::clauses),
                      " of them, publications bear on ", count(&Challenge::publications), ".");
}

}  // namespace

absl::StatusOr<v1::ListConcernsResponse> EvidenceQueries::ListConcerns(
    const services::CallContext& context, const v1::ListConcernsRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(ConcernFilter filter, ConcernFilter::Of(request));
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, filter.names(),
                                         [&](auto* question) { filter.AddTo(question); }));
  domain::EvidenceGatherer evidence(*index, scope);
  const std::vector<Challenge> challenges = filter.Select(*index, scope.reading);
  v1::ListConcernsResponse response;
  response.set_total(static_cast<int32_t>(challenges.size()));
  for (v1::ConcernThemeCount& count : CountThemes(*index, challenges)) {
    *response.add_themes() = std::move(count);
  }
  for (size_t i = page.offset; i < page.EndOf(challenges.size()); ++i) {
    *response.add_concerns() = ConcernFrom(*index, challenges[i], scope, &evidence);
  }
  domain::NameGrouping(*index, filter.grouping(), &response);
  response.set_sentence(SentenceOf(challenges, filter.Phrase(*index)));
  NoteAge(challenges, scope, &evidence);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), challenges.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::evidence
