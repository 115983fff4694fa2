// GetSuppliers: who supplies a state, and which of them an instrument binds.

#include <string>

#include "graph/base/status_macros.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/transfers/contexts.h"
#include "services/transfers/exposures.h"
#include "services/transfers/transfer_queries.h"

namespace attlas::transfers {
namespace {

using domain::Backward;
using domain::PatternFrom;
using domain::Scope;

void AddPatterns(const QuestionNames& names, graph::v1::MatchPathsRequest* request) {
  const std::string state = names.Name(names.state);
  names.AddPatterns(request);
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
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(QuestionNames names, NamesOf(request.instrument(), request.dataset()));
  ATTLAS_RETURN_IF_ERROR(AddState(request.state(), &names));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          domain::Ask(graph_, context, scope, &names.arguments,
                                      [&](auto* question) { AddPatterns(names, question); }));
  domain::EvidenceGatherer evidence(*index, scope);
  ATTLAS_ASSIGN_OR_RETURN(const Material material,
                          MakeMaterial(graph_, context, scope, names, *index, &evidence));
  ATTLAS_ASSIGN_OR_RETURN(const graph::Node* edition, ChooseEdition(material, names));

  v1::GetSuppliersResponse response;
  *response.mutable_edition() = EditionFrom(material, *edition);
  *response.mutable_instrument() = domain::Named(*index, material.instrument.name());
  const std::vector<Flow> suppliers = SuppliersOf(material, *edition, names.Name(names.state));
  *response.mutable_importer() = ExposureOf(material, *edition, names.Name(names.state), suppliers,
                                            page.offset, page.EndOf(suppliers.size()));
  response.set_total_size(static_cast<int32_t>(suppliers.size()));
  response.set_party_count(CountBound(material, suppliers));
  *response.mutable_coverage() = domain::CoverageOf(material.instrument, scope);
  NoteOnShares(material);
  NoteOnContexts(material);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), suppliers.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::transfers
