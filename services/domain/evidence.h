// The statements on which an answer rests, gathered while it is made.
//
// What: each statement that a result uses is noted once; the answer lists it and results refer to
// it by name. Also counts what was left out and what has no date. Thread-safety: single-thread; one
// gatherer a question. It views the index it was made for.
//
// Example:
//   EvidenceGatherer evidence(*index, scope);
//   *row->mutable_evidence() = evidence.Use({act, provision});
//   evidence.WriteTo(&response);   // statements, basis, revision, truncated, reached_bounds
#ifndef ATTLAS_SERVICES_DOMAIN_EVIDENCE_H_
#define ATTLAS_SERVICES_DOMAIN_EVIDENCE_H_

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/domain/written_statements.h"

namespace attlas::domain {

using EvidenceNames = google::protobuf::RepeatedPtrField<std::string>;

class EvidenceGatherer {
 public:
  // `written` has the statements of the index, where they are kept.
  EvidenceGatherer(const SubgraphIndex& index, const Scope& scope,
                   const WrittenStatements* written = nullptr)
      : index_(index),
        scope_(scope),
        written_(written),
        noted_(written == nullptr ? 0 : written->size(), false) {}

  // Notes statements and returns their names, in this order. Null ones, and
  // those without a name, are passed over.
  EvidenceNames Use(std::span<const graph::Edge* const> edges);
  // The same, with the names added to those of an answer.
  void Use(std::span<const graph::Edge* const> edges, EvidenceNames* names);
  EvidenceNames Use(std::initializer_list<const graph::Edge*> edges) {
    return Use(std::span(edges.begin(), edges.size()));
  }
  // Notes a statement, whose name its user writes. REQUIRES: IsCitable.
  void Note(const graph::Edge& edge) {
    if (written_ != nullptr) return NoteWritten(edge);
    if (used_set_.insert(&edge).second) used_.push_back(&edge);
  }
  // The same for several; null ones, and those that cannot be cited, are passed over.
  void NoteAll(std::initializer_list<const graph::Edge*> edges) {
    for (const graph::Edge* edge : edges) {
      if (IsCitable(edge)) Note(*edge);
    }
  }
  // A statement that is only supposed has no name and cannot be cited.
  static bool IsCitable(const graph::Edge* edge) {
    return edge != nullptr && !edge->name().empty();
  }

  // Notes that a statement on the question holds but is not sure enough. Each is counted once.
  void NoteLeftOut(const graph::Edge& edge);
  // The same for every such edge of the index.
  void NoteAllLeftOut();
  // Counts such statements, each of which is noted in no other way, and how many of them nobody has
  // verified.
  void CountLeftOut(int statements, int unverified) {
    counted_left_out_ += statements;
    counted_unverified_ += unverified;
  }
  // The same of a statement about a period of its own, whatever the day of the answer.
  void NoteUnsure(const graph::Edge& edge);
  // Notes a sentence for the reader; each is kept once.
  void NoteSentence(std::string sentence);

  int left_out() const { return static_cast<int>(left_out_.size()) + counted_left_out_; }
  // The statements that were noted, in the order in which they were.
  std::span<const graph::Edge* const> used() const { return used_; }
  // Null where they are not kept, and the numbers of those that were noted there.
  const WrittenStatements* written() const { return written_; }
  std::span<const uint32_t> used_numbers() const { return used_numbers_; }

  // Fills `statements`, `basis`, `revision`, `truncated` and `reached_bounds` of a response.
  template <typename Response>
  void WriteTo(Response* response) const {
    response->set_revision(index_.response().revision());
    response->set_truncated(index_.response().truncated());
    *response->mutable_reached_bounds() = index_.response().reached_bounds();
    FillBasis(response->mutable_basis());
    FillStatements(response->mutable_statements());
  }
  // The `basis` alone.
  void FillBasis(instruments::v1::AnswerBasis* basis) const;

 private:
  void NoteWritten(const graph::Edge& edge) {
    const uint32_t number = written_->NumberOf(edge);
    if (noted_[number]) return;
    noted_[number] = true;
    used_.push_back(&edge);
    used_numbers_.push_back(number);
  }
  void FillStatements(
      google::protobuf::RepeatedPtrField<instruments::v1::Statement>* statements) const;

  const SubgraphIndex& index_;
  const Scope& scope_;
  const WrittenStatements* const written_;
  std::vector<const graph::Edge*> used_;
  absl::flat_hash_set<const graph::Edge*> used_set_;  // Where they are not kept.
  std::vector<uint32_t> used_numbers_;                // Where they are.
  std::vector<bool> noted_;                           // By number.
  absl::flat_hash_set<const graph::Edge*> left_out_;
  int counted_left_out_ = 0;
  int counted_unverified_ = 0;
  std::vector<std::string> sentences_;
};

// A statement of the graph in the form of an answer.
instruments::v1::Statement StatementOf(const graph::Edge& edge);
void FillStatement(const graph::Edge& edge, instruments::v1::Statement* statement);

// The lowest confidence of the statements; SEEN of none.
graph::Confidence LowestConfidence(std::span<const graph::Edge* const> edges);

// The names of what the citations of statements cite, which are messages or pointers to them.
template <typename Statements>
std::set<std::string> SourcesCitedBy(const Statements& statements) {
  std::set<std::string> names;
  const auto add = [&names](const auto& statement) {
    for (const graph::Citation& citation : statement.citations()) names.insert(citation.source());
  };
  for (const auto& statement : statements) {
    if constexpr (requires { statement->citations(); }) {
      add(*statement);
    } else {
      add(statement);
    }
  }
  return names;
}

// Looks up sources at the revision of the answer, in one graph call for each thousand. A source
// that this caller may not see is left out.
absl::StatusOr<google::protobuf::RepeatedPtrField<instruments::v1::Source>> LookUpSources(
    services::GraphApi* graph, const services::CallContext& context, const Scope& scope,
    std::string_view revision, const std::set<std::string>& names);

// Fills `sources` of a response where the request asks for them.
template <typename Request, typename Response>
absl::Status AddSources(services::GraphApi* graph, const services::CallContext& context,
                        const Scope& scope, const Request& request, Response* response) {
  if (!request.include_sources()) return absl::OkStatus();
  auto sources = LookUpSources(graph, context, scope, response->revision(),
                               SourcesCitedBy(response->statements()));
  if (!sources.ok()) return std::move(sources).status();
  *response->mutable_sources() = *std::move(sources);
  return absl::OkStatus();
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_EVIDENCE_H_
