// An answer as bytes, whose statements are put in as they were written before.
//
// What: writes what the message with its statements would be written as. The fields before them are
// written from the message, then the statements, then the fields after them.
// Threads: functions only.
//
// Example:
//   FillFrame(index, evidence, &response);   // no statements
//   return EncodeAnswer(evidence, table.statements(), &response);
#ifndef ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
#define ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_

#include <utility>

#include "services/common/encoded_response.h"
#include "services/common/wire_writer.h"
#include "services/domain/evidence.h"
#include "services/domain/subgraph_index.h"
#include "services/domain/written_statements.h"

namespace attlas::domain {

// Fills `revision`, `basis`, `truncated` and `reached_bounds`, as EvidenceGatherer::WriteTo does.
template <typename Response>
void FillFrame(const SubgraphIndex& index, const EvidenceGatherer& evidence, Response* response) {
  response->set_revision(index.response().revision());
  response->set_truncated(index.response().truncated());
  *response->mutable_reached_bounds() = index.response().reached_bounds();
  evidence.FillBasis(response->mutable_basis());
}

// Fills `sources` where the request asks for them, as AddSources (evidence.h) does.
template <typename Request, typename Response>
absl::Status AddSourcesOf(const EvidenceGatherer& evidence, services::GraphApi* graph,
                          const services::CallContext& context, const Scope& scope,
                          const Request& request, Response* response) {
  if (!request.include_sources()) return absl::OkStatus();
  auto sources =
      LookUpSources(graph, context, scope, response->revision(), SourcesCitedBy(evidence.used()));
  if (!sources.ok()) return std::move(sources).status();
  *response->mutable_sources() = *std::move(sources);
  return absl::OkStatus();
}

// The answer with the statements that were noted; `written` may be null. `response` is used up.
template <typename Response>
services::EncodedResponse<Response> EncodeAnswer(const EvidenceGatherer& evidence,
                                                 const WrittenStatements* written,
                                                 Response* response) {
  constexpr int kStatements = Response::kStatementsFieldNumber;
  Response end;
  end.mutable_sources()->Swap(response->mutable_sources());
  end.set_truncated(response->truncated());
  response->clear_truncated();
  end.mutable_reached_bounds()->Swap(response->mutable_reached_bounds());
  if constexpr (Response::kNextPageTokenFieldNumber > kStatements) {
    end.mutable_next_page_token()->swap(*response->mutable_next_page_token());
  }
  // What a statement takes, and its share of what stands before.
  constexpr size_t kUsualBytes = 256;
  services::WireWriter writer(kUsualBytes * (1 + evidence.used().size()));
  writer.Fields(*response);
  for (const graph::Edge* edge : evidence.used()) {
    if (written != nullptr) {
      writer.Item(kStatements, written->Of(*edge));
    } else {
      writer.Message(kStatements, StatementOf(*edge));
    }
  }
  writer.Fields(end);
  Response head;
  head.set_revision(response->revision());
  *head.mutable_reached_bounds() = end.reached_bounds();
  return {std::move(writer).Take(), std::move(head)};
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
