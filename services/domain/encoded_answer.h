// An answer as bytes, whose statements and sources are put in as they were written before.
//
// What: writes what the message with them would be written as: what whoever answers has written,
// the fields after that from a message, then the statements, the sources and the last fields.
// Threads: functions only.
//
// Example:
//   services::WireWriter writer;
//   writer.Fields(head);
//   …  // The rows, field by field; WriteEvidence writes what they rest on.
//   return EncodeAnswer(evidence, *table, {graph, context, scope}, request, std::move(writer),
//                       &rest);
#ifndef ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
#define ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_

#include <span>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/encoded_response.h"
#include "services/common/wire_writer.h"
#include "services/domain/evidence.h"
#include "services/domain/question_table.h"
#include "services/domain/written_statements.h"

namespace attlas::domain {

// Notes statements and writes their names as a field of texts. Null ones, and those without a name,
// are passed over.
inline void WriteEvidence(int field, std::span<const graph::Edge* const> edges,
                          EvidenceGatherer* evidence, services::WireWriter* writer) {
  for (const graph::Edge* edge : edges) {
    if (!EvidenceGatherer::IsCitable(edge)) continue;
    evidence->Note(*edge);
    writer->Item(field, edge->name());
  }
}

// Writes the statements that were noted and, where they are asked for, the sources that they cite.
// REQUIRES: they are kept.
template <typename Response>
void WriteStatements(const EvidenceGatherer& evidence, bool include_sources,
                     services::WireWriter* writer) {
  const WrittenStatements& written = *evidence.written();
  std::vector<bool> cited(written.source_count(), false);
  for (const uint32_t statement_number : evidence.used_numbers()) {
    const WrittenStatements::Statement& statement = written.At(statement_number);
    writer->Item(Response::kStatementsFieldNumber, statement.written);
    for (const uint32_t source : statement.sources) cited[source] = true;
  }
  if (!include_sources) return;
  for (size_t number = 0; number < cited.size(); ++number) {
    if (cited[number]) writer->Item(Response::kSourcesFieldNumber, written.Source(number));
  }
}

// The answer: what `writer` has written, the fields of `rest`, the statements that were noted and,
// where the request asks for them, the sources that they cite, then `truncated`, `reached_bounds`
// and, where its number is behind them, `next_page_token`. `rest` is used up. Errors: those of
// LookUpSources.
template <typename Request, typename Response>
absl::StatusOr<services::EncodedResponse<Response>> EncodeAnswer(
    const EvidenceGatherer& evidence, const QuestionTable& table, const TableRead& read,
    const Request& request, services::WireWriter writer, Response* rest) {
  const graph::v1::MatchPathsResponse& answered = table.index().response();
  Response end;
  end.set_truncated(answered.truncated());
  *end.mutable_reached_bounds() = answered.reached_bounds();
  if constexpr (Response::kNextPageTokenFieldNumber > Response::kStatementsFieldNumber) {
    end.mutable_next_page_token()->swap(*rest->mutable_next_page_token());
  }
  writer.Fields(*rest);
  if (evidence.written() != nullptr) {
    WriteStatements<Response>(evidence, request.include_sources(), &writer);
  } else {
    for (const graph::Edge* edge : evidence.used()) {
      writer.Message(Response::kStatementsFieldNumber, StatementOf(*edge));
    }
    if (request.include_sources()) {
      auto sources = LookUpSources(read.graph, read.context, read.scope, answered.revision(),
                                   SourcesCitedBy(evidence.used()));
      if (!sources.ok()) return std::move(sources).status();
      *end.mutable_sources() = *std::move(sources);
    }
  }
  writer.Fields(end);
  Response head;
  head.set_revision(answered.revision());
  *head.mutable_reached_bounds() = answered.reached_bounds();
  return services::EncodedResponse<Response>(std::move(writer).Take(), std::move(head));
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_ENCODED_ANSWER_H_
