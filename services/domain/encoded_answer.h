// An answer as bytes, whose statements and sources are put in as they were written before.
//
// What: writes what the message with them would be written as. The fields before them are written
// from the message, then the statements and the sources, then the fields after them.
// Threads: functions only.
//
// Example:
//   FillFrame(index, evidence, &response);   // no statements
//   return EncodeAnswer(evidence, table.statements(), graph, context, scope, request, &response);
#ifndef ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
#define ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
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

// The sources of all statements of an index, as WrittenStatements takes them.
inline absl::StatusOr<google::protobuf::RepeatedPtrField<instruments::v1::Source>> SourcesOfIndex(
    const SubgraphIndex& index, services::GraphApi* graph, const services::CallContext& context,
    const Scope& scope) {
  return LookUpSources(graph, context, scope, index.response().revision(),
                       SourcesCitedBy(index.response().subgraph().edges()));
}

// Writes the statements that were noted and, where they are asked for, the sources that they cite.
template <typename Response>
void WriteStatements(const EvidenceGatherer& evidence, const WrittenStatements& written,
                     bool include_sources, services::WireWriter* writer) {
  std::vector<bool> cited(written.source_count(), false);
  for (const graph::Edge* edge : evidence.used()) {
    const WrittenStatements::Statement& statement = written.Of(*edge);
    writer->Item(Response::kStatementsFieldNumber, statement.written);
    for (const uint32_t source : statement.sources) cited[source] = true;
  }
  if (!include_sources) return;
  for (size_t number = 0; number < cited.size(); ++number) {
    if (cited[number]) writer->Item(Response::kSourcesFieldNumber, written.Source(number));
  }
}

// The answer with the statements that were noted and, where the request asks for them, the sources
// that they cite; `written` may be null. `response` is used up. Errors: those of LookUpSources.
template <typename Request, typename Response>
absl::StatusOr<services::EncodedResponse<Response>> EncodeAnswer(
    const EvidenceGatherer& evidence, const WrittenStatements* written, services::GraphApi* graph,
    const services::CallContext& context, const Scope& scope, const Request& request,
    Response* response) {
  Response end;
  end.set_truncated(response->truncated());
  response->clear_truncated();
  end.mutable_reached_bounds()->Swap(response->mutable_reached_bounds());
  if constexpr (Response::kNextPageTokenFieldNumber > Response::kStatementsFieldNumber) {
    end.mutable_next_page_token()->swap(*response->mutable_next_page_token());
  }
  // What a statement takes, and its share of what stands before.
  constexpr size_t kUsualBytes = 256;
  services::WireWriter writer(kUsualBytes * (1 + evidence.used().size()));
  writer.Fields(*response);
  if (written != nullptr) {
    WriteStatements<Response>(evidence, *written, request.include_sources(), &writer);
  } else {
    for (const graph::Edge* edge : evidence.used()) {
      writer.Message(Response::kStatementsFieldNumber, StatementOf(*edge));
    }
    if (request.include_sources()) {
      auto sources = LookUpSources(graph, context, scope, response->revision(),
                                   SourcesCitedBy(evidence.used()));
      if (!sources.ok()) return std::move(sources).status();
      *end.mutable_sources() = *std::move(sources);
    }
  }
  writer.Fields(end);
  Response head;
  head.set_revision(response->revision());
  *head.mutable_reached_bounds() = end.reached_bounds();
  return services::EncodedResponse<Response>(std::move(writer).Take(), std::move(head));
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
