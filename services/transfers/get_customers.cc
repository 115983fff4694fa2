// GetCustomers: whom a state supplies, and which conflict and measures touch them.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"
#include "services/transfers/contexts.h"
#include "services/transfers/edition_question.h"
#include "services/transfers/flows.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using domain::Forward;
using domain::PatternFrom;

void AddPatterns(const QuestionNames& names, graph::v1::MatchPathsRequest* request) {
  const std::string state = names.Name(names.state);
  *request->add_patterns() = PatternFrom(state, {});
  *request->add_patterns() = PatternFrom(state, {names.ToInstrument()});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kRankedIn)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kSupplies)});
  *request->add_patterns() = PatternFrom(state, {Forward(domain::kSupplies), names.ToInstrument()});
  *request->add_patterns() =
      PatternFrom(state, {Forward(domain::kSupplies), Backward(domain::kAffects)});
}

std::string Sentence(const Material& material, const graph::Node& edition,
                     const v1::GetCustomersResponse& response) {
  const std::string& exporter = response.exporter().state().display_name();
  if (response.total_size() == 0) {
    return absl::StrCat("The statistics of ", PeriodOf(edition), " held here do not say whom ",
                        exporter, " supplies.");
  }
  const std::string instrument = domain::WithArticle(material.index, material.instrument.name());
  std::string sentence =
      absl::StrCat(domain::Count(response.total_size(), "customer"), " of ", exporter, " in ",
                   PeriodOf(edition), " ", response.total_size() == 1 ? "is" : "are", " named; ",
                   instrument, " applies to ", response.party_count(), ", and ",
                   response.in_context_count(), response.in_context_count() == 1 ? " is" : " are",
                   " touched by a conflict, an embargo or sanctions on the date.");
  if (response.has_shares()) {
    absl::StrAppend(&sentence, " ", Percent(response.shares().unnamed_pct()),
                    " of its exports went to customers that are not named.");
  }
  return sentence;
}

}  // namespace

absl::StatusOr<v1::GetCustomersResponse> TransferQueries::GetCustomers(
    const services::CallContext& context, const v1::GetCustomersRequest& request) const {
  EditionQuestion question(graph_, &subgraphs_, page_tokens_, context);
  ATTLAS_RETURN_IF_ERROR(question.Ask(
      request, [&](QuestionNames* names) { return AddState(request.state(), names); },
      AddPatterns));
  const Material& material = question.material();
  const graph::Node& edition = question.edition();
  const std::string state = question.names().Name(question.names().state);

  v1::GetCustomersResponse response;
  question.Begin(&response);
  FillStatus(material, state, response.mutable_exporter());
  if (const graph::Edge* ranked = RankOf(material, edition, v1::TRANSFER_DIRECTION_EXPORT, state)) {
    *response.mutable_ranking() = PlaceFrom(material, *ranked);
  }
  const std::vector<Flow> customers = CustomersOf(material, edition, state);
  if (auto shares = ExportShares(material, customers)) {
    *response.mutable_shares() = *std::move(shares);
  }
  const domain::AnswerPage& page = question.page();
  for (size_t i = page.offset; i < page.EndOf(customers.size()); ++i) {
    *response.add_customers() = PartnerFrom(material, edition, customers[i]);
  }
  response.set_total_size(static_cast<int32_t>(customers.size()));
  response.set_party_count(CountBound(material, customers));
  response.set_in_context_count(
      static_cast<int32_t>(std::count_if(customers.begin(), customers.end(), [&](const Flow& flow) {
        return IsTouched(material, flow.partner, ConflictAndMeasures());
      })));
  response.set_sentence(Sentence(material, edition, response));
  NoteOnShares(material);
  NoteOnContexts(material);
  ATTLAS_RETURN_IF_ERROR(question.Finish(request, &response));
  return response;
}

}  // namespace attlas::transfers
