// What a question about all states is answered from: what it matches alone, or what any question of
// its kind would, which is kept.
//
// What: the nodes and statements, the acts among them, and names and statements as answers write
// them.
// What the patterns from every start match holds what those from one start do: each walk of the one
// is a walk of the other. What a question about the kept whole would have matched alone is told
// again where it matters, which is for the statements that are left out (NoteLeftOut).
// When not: for a question about one state, which reads little.
// Threads: tables are immutable. Functions; ReadTable blocks where it reads.
//
// Example:
//   class BridgeTable : public QuestionTable { using QuestionTable::QuestionTable; };
//   ATTLAS_ASSIGN_OR_RETURN(auto table,
//                           (ReadTable<BridgeTable>({graph, context, scope}, &kept,
//                                                   {.all = AddAll, .alone = add_those}, &names)));
#ifndef ATTLAS_SERVICES_DOMAIN_QUESTION_TABLE_H_
#define ATTLAS_SERVICES_DOMAIN_QUESTION_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/base/status_macros.h"
#include "services/common/graph_api.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/kept_reads.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"
#include "services/domain/written_names.h"
#include "services/domain/written_statements.h"

namespace attlas::domain {

class QuestionTable {
 public:
  using Sources = google::protobuf::RepeatedPtrField<instruments::v1::Source>;

  // Of what one question reads.
  explicit QuestionTable(std::shared_ptr<const SubgraphIndex> index);
  // Of what every question reads, with the sources that are cited there.
  QuestionTable(std::shared_ptr<const SubgraphIndex> index, const Sources& sources);
  QuestionTable(const QuestionTable&) = delete;
  QuestionTable& operator=(const QuestionTable&) = delete;

  const SubgraphIndex& index() const { return *index_; }
  const ActTable& acts() const { return index_->acts(); }
  const WrittenNames& names() const { return names_; }
  bool whole() const { return statements_.has_value(); }
  // Null in a table that is not kept.
  const WrittenStatements* statements() const { return whole() ? &*statements_ : nullptr; }

 protected:
  ~QuestionTable() = default;

 private:
  const std::shared_ptr<const SubgraphIndex> index_;
  const WrittenNames names_;
  std::optional<WrittenStatements> statements_;
};

// Whom a table is read for.
struct TableRead {
  services::GraphApi* graph;
  const services::CallContext& context;
  const Scope& scope;
};

// The sources of all statements of an index.
absl::StatusOr<QuestionTable::Sources> SourcesOfIndex(const SubgraphIndex& index,
                                                      const TableRead& read);

// What a table is made of: the patterns of every question, and those of one about the names.
struct TablePatterns {
  KeptReads::Build all;
  KeptReads::Build alone;
};

// The table of all where it is kept or worth to be and has every name as it is first meant,
// otherwise that of the question alone. Errors: those of MatchPaths, and of names that are not
// found.
template <typename Table>
absl::StatusOr<std::shared_ptr<const Table>> ReadTable(const TableRead& read, KeptReads* kept,
                                                       const TablePatterns& patterns,
                                                       std::vector<NameArgument>* names) {
  const auto make = [&](std::shared_ptr<const SubgraphIndex> index) -> KeptReads::Made {
    const auto sources = SourcesOfIndex(*index, read);
    // The question itself tells what is the matter.
    if (!sources.ok()) return nullptr;
    return std::make_shared<const Table>(std::move(index), *sources);
  };
  ATTLAS_ASSIGN_OR_RETURN(
      const KeptReads::Made made,
      kept->At(read.context, read.scope, {.build = patterns.all, .make = make}));
  if (auto table = std::static_pointer_cast<const Table>(made);
      table != nullptr && AreFirstNamed(table->index(), *names)) {
    return table;
  }
  ATTLAS_ASSIGN_OR_RETURN(auto index,
                          Ask(read.graph, read.context, read.scope, names, patterns.alone));
  return std::make_shared<const Table>(std::move(index));
}

// Some of the nodes that edges of an index link, by their numbers.
class MarkedEnds {
 public:
  explicit MarkedEnds(const SubgraphIndex& index)
      : index_(index), marked_(index.end_count(), false) {}

  void Mark(uint32_t number) { marked_[number] = true; }
  // What the statements are about, their ends.
  void MarkEndsOf(std::span<const graph::Edge* const> edges) {
    for (const graph::Edge* edge : edges) Mark(*index_.NumberOf(edge->to()));
  }
  void MarkStartsOf(std::span<const graph::Edge* const> edges) {
    for (const graph::Edge* edge : edges) Mark(*index_.NumberOf(edge->from()));
  }

  bool Has(uint32_t number) const { return marked_[number]; }
  bool HasAnyEndOf(std::span<const graph::Edge* const> edges) const {
    return std::any_of(edges.begin(), edges.end(),
                       [&](const graph::Edge* edge) { return Has(*index_.NumberOf(edge->to())); });
  }
  bool HasAnyStartOf(std::span<const graph::Edge* const> edges) const {
    return std::any_of(edges.begin(), edges.end(), [&](const graph::Edge* edge) {
      return Has(*index_.NumberOf(edge->from()));
    });
  }

 private:
  const SubgraphIndex& index_;
  std::vector<bool> marked_;
};

// Which statements of a type a question matches, told by a class that knows what it asks about.
template <typename Matched>
struct MatchRule {
  std::string_view type;
  bool (Matched::*matches)(const NumberedEdge&) const;
};

// Notes the statements that a question matches, and that hold but are not sure enough, in all types
// that the rules name, each once. `matched()` makes a Matched. O(statements that are left out),
// each at the cost of its rule.
template <typename Matched, size_t kRules, typename MakeMatched>
void NoteLeftOut(const QuestionTable& table, const Standings& standings,
                 const MatchRule<Matched> (&rules)[kRules], MakeMatched matched,
                 EvidenceGatherer* evidence) {
  if (!table.whole()) return evidence->NoteAllLeftOut();
  std::optional<Matched> known;
  int statements = 0;
  int unverified = 0;
  for (const MatchRule<Matched>& rule : rules) {
    for (const LeftOutEdge& edge : standings.LeftOut(rule.type)) {
      if (!known.has_value()) known.emplace(matched());
      if (!((*known).*rule.matches)(edge)) continue;
      ++statements;
      unverified += edge.unverified ? 1 : 0;
    }
  }
  evidence->CountLeftOut(statements, unverified);
}

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_QUESTION_TABLE_H_
