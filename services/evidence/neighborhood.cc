#include "services/evidence/neighborhood.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/patterns.h"
#include "services/evidence/concerns.h"

namespace attlas::evidence {
namespace {

using domain::Backward;
using domain::Either;
using domain::Forward;
using domain::SubgraphIndex;

constexpr std::string_view kEvidenceOn = "EVIDENCE_ON";
constexpr std::string_view kPublished = "PUBLISHED";

// The same error, as one in the field that the caller filled.
absl::Status InSinceRevision(const absl::Status& status) {
  std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail.has_value()) return status;
  for (graph::FieldViolation& violation : detail->violations) {
    if (violation.field == "read.at_revision") violation.field = "since_revision";
  }
  return graph::MakeError(
      status.code(),
      absl::StrReplaceAll(status.message(), {{"read.at_revision", "since_revision"}}),
      *std::move(detail));
}

}  // namespace

void AddNeighborhood(std::string_view node, graph::v1::MatchPathsRequest* question) {
  static constexpr std::string_view kAnswers[] = {kAnsweredBy, kAddresses};
  const graph::v1::Hop any = Either({});
  for (std::vector<graph::v1::Hop> hops : {std::vector<graph::v1::Hop>(),
                                           {any},
                                           {Backward(domain::kAgencyOf), any},
                                           {Forward(domain::kHasProvision), any},
                                           {Forward(domain::kVoiced), Either(kAnswers)},
                                           {Backward(kEvidenceOn), Backward(kPublished)}}) {
    *question->add_patterns() = domain::PatternFrom(node, std::move(hops));
  }
}

absl::StatusOr<std::shared_ptr<const SubgraphIndex>> NeighborhoodAt(
    domain::KeptSubgraphs* subgraphs, const services::CallContext& context,
    const domain::Scope& scope, const std::string& since_revision, std::string_view node) {
  graph::v1::MatchPathsRequest question;
  *question.mutable_read() = scope.graph_read;
  question.mutable_read()->set_at_revision(since_revision);
  question.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
  question.set_omit_node_citations(true);
  AddNeighborhood(node, &question);
  auto matched = subgraphs->Match(context, question);
  if (absl::IsNotFound(matched.status())) {
    return std::make_shared<const SubgraphIndex>(
        services::SharedResponse<graph::v1::MatchPathsResponse>());
  }
  if (!matched.ok()) return InSinceRevision(matched.status());
  return matched;
}

absl::StatusOr<StatementWords> StatementWords::Read(services::GraphApi* graph,
                                                    const services::CallContext& context,
                                                    const domain::Scope& scope,
                                                    std::string_view revision) {
  graph::v1::GetOntologyRequest request;
  *request.mutable_read() = scope.graph_read;
  request.mutable_read()->set_at_revision(std::string(revision));
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::GetOntologyResponse response,
                          graph->GetOntology(context, request));
  StatementWords words;
  for (const graph::v1::EdgeType& type : response.ontology().edge_types()) {
    words.sentences_[type.name()] =
        type.sentence().empty() ? absl::StrCat("{from} ", type.name(), " {to}.") : type.sentence();
  }
  return words;
}

std::vector<std::string> StatementWords::EdgeTypes() const {
  std::vector<std::string> types;
  for (const auto& [type, sentence] : sentences_) types.push_back(type);
  std::sort(types.begin(), types.end());
  return types;
}

std::string StatementWords::Sentence(const SubgraphIndex& index, const graph::Edge& edge) const {
  // An edge type may have been taken out of the ontology since the statement was recorded.
  const auto found = sentences_.find(edge.type());
  const std::string pattern =
      found == sentences_.end() ? absl::StrCat("{from} ", edge.type(), " {to}.") : found->second;
  return absl::StrReplaceAll(pattern, {{"{from}", graph::ToAbsl(index.DisplayName(edge.from()))},
                                       {"{to}", graph::ToAbsl(index.DisplayName(edge.to()))}});
}

}  // namespace attlas::evidence
