// ListInstruments and GetInstrument: what instruments there are and what they say.

#include <algorithm>
#include <tuple>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/instruments/instrument_queries.h"

namespace attlas::instruments {

using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;

absl::StatusOr<v1::ListInstrumentsResponse> InstrumentQueries::ListInstruments(
    const services::CallContext& context, const v1::ListInstrumentsRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  graph::v1::ListNodesRequest listing;
  *listing.mutable_read() = scope.graph_read;
  listing.mutable_selector()->add_types("instrument");
  if (!request.kind().empty()) {
    graph::v1::PropertyPredicate* predicate = listing.mutable_selector()->add_predicates();
    predicate->set_property("kind");
    predicate->set_comparison(graph::v1::COMPARISON_EQUAL);
    predicate->mutable_value()->set_text(request.kind());
  }
  listing.set_page_size(request.page_size());
  listing.set_page_token(request.page_token());
  ATTLAS_ASSIGN_OR_RETURN(const auto page, graph_->ListNodes(context, listing));
  if (!request.kind().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        terms_.Check(context, page->revision(), {"instrument_kind"}, "kind", request.kind()));
  }
  v1::ListInstrumentsResponse response;
  response.set_revision(page->revision());
  response.set_next_page_token(page->next_page_token());
  for (const graph::Node& node : page->nodes()) {
    *response.add_instruments() = domain::InstrumentFrom(node, scope);
  }
  return response;
}

absl::StatusOr<v1::GetInstrumentResponse> InstrumentQueries::GetInstrument(
    const services::CallContext& context, const v1::GetInstrumentRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kInstrument, "name", request.name(), &names).status());
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, subgraphs_.Ask(context, scope, &names, [&](auto* question) {
        const std::string& name = names[0].name();
        *question->add_patterns() = PatternFrom(name, {});
        *question->add_patterns() =
            PatternFrom(name, {Forward(domain::kHasProvision), Forward(domain::kServes)});
      }));
  const graph::Node* node = index->FindNode(names[0].name());
  if (node == nullptr) return domain::UnknownName(graph_, context, scope, names[0]);
  domain::EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();
  v1::GetInstrumentResponse response;
  *response.mutable_instrument() = domain::InstrumentFrom(*node, scope);
  std::vector<domain::ProvisionLink> links = domain::LinksOf(*index, node->name(), scope.reading);
  std::stable_sort(links.begin(), links.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.theme(), a.provision()) < std::tuple(b.theme(), b.provision());
  });
  for (const domain::ProvisionLink& link : links) {
    *response.add_provisions() = domain::ProvisionThemeFrom(*index, link, &evidence);
  }
  domain::NoteCoverage(std::span(&node, 1), scope, &evidence);
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
