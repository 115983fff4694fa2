// GetSuppliers: who supplies a state, and which of them an instrument binds.

#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "services/domain/patterns.h"
#include "services/transfers/contexts.h"
#include "services/transfers/edition_question.h"
#include "services/transfers/exposures.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using domain::PatternFrom;

void AddPatterns(const QuestionNames& names, graph::v1::MatchPathsRequest* request) {
  const std::string state = names.Name(names.state);
  *request->add_patterns() = PatternFrom(state, {});
  *request->add_patterns() = PatternFrom(state, {names.ToInstrument()});
  *request->add_patterns() = PatternFrom(state, {domain::Forward(domain::kRankedIn)});
  *request->add_patterns() = PatternFrom(state, {Backward(domain::kAffects)});
  *request->add_patterns() = PatternFrom(state, {Backward(domain::kSupplies)});
  *request->add_patterns() =
      PatternFrom(state, {Backward(domain::kSupplies), names.ToInstrument()});
  *request->add_patterns() =
      PatternFrom(state, {Backward(domain::kSupplies), Backward(domain::kAffects)});
}

}  // namespace

absl::StatusOr<v1::GetSuppliersResponse> TransferQueries::GetSuppliers(
    const services::CallContext& context, const v1::GetSuppliersRequest& request) const {
  EditionQuestion question(graph_, &subgraphs_, page_tokens_, context);
  ATTLAS_RETURN_IF_ERROR(question.Ask(
      request, [&](QuestionNames* names) { return AddState(request.state(), names); },
      AddPatterns));
  const Material& material = question.material();
  const std::string state = question.names().Name(question.names().state);

  v1::GetSuppliersResponse response;
  question.Begin(&response);
  const std::vector<Flow> suppliers = SuppliersOf(material, question.edition(), state);
  *response.mutable_importer() =
      ExposureOf(material, question.edition(), state, suppliers, question.page().offset,
                 question.page().EndOf(suppliers.size()));
  response.set_total_size(static_cast<int32_t>(suppliers.size()));
  response.set_party_count(CountBound(material, suppliers));
  NoteOnShares(material);
  NoteOnContexts(material);
  ATTLAS_RETURN_IF_ERROR(question.Finish(request, &response));
  return response;
}

}  // namespace attlas::transfers
