// What FindBridges reads: of one state and one target, or of all, which is kept.
//
// What: the patterns of the question, and the same patterns from every state to every instrument,
// so that what all match holds what any question would: each walk of the one is a walk of the
// other. What a question about the kept whole would have matched is told again where it matters,
// which is for the statements that are left out (NoteLeftOut).
// Thread-safety: a BridgeTable is safe from any thread.
#ifndef ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_
#define ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/subgraph_index.h"
#include "services/domain/written_statements.h"

namespace attlas::synergy {

// At most this many, the last used, are kept; each from the question after so many others about its
// revision: reading all costs about as much as that many questions.
inline constexpr size_t kKeptBridgeTables = 2;
inline constexpr int kBridgesAskedBefore = 4;

class BridgeTable {
 public:
  // Of what one question reads.
  explicit BridgeTable(std::shared_ptr<const domain::SubgraphIndex> index)
      : index_(std::move(index)), acts_(*index_) {}
  // Of what every question reads, with the sources that are cited there.
  BridgeTable(std::shared_ptr<const domain::SubgraphIndex> index,
              const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources)
      : BridgeTable(std::move(index)) {
    statements_.emplace(*index_, sources);
  }

  const domain::SubgraphIndex& index() const { return *index_; }
  const domain::ActTable& acts() const { return acts_; }
  bool whole() const { return statements_.has_value(); }
  // Null in a table that is not kept.
  const domain::WrittenStatements* statements() const { return whole() ? &*statements_ : nullptr; }

 private:
  const std::shared_ptr<const domain::SubgraphIndex> index_;
  const domain::ActTable acts_;
  std::optional<domain::WrittenStatements> statements_;
};

void AddBridgePatterns(const std::string& state, const std::string& target,
                       graph::v1::MatchPathsRequest* request);
void AddAllBridgePatterns(graph::v1::MatchPathsRequest* request);

// Notes the statements that the question about the state and the target matches, and that hold but
// are not sure enough. O(statements that are left out).
void NoteLeftOut(const BridgeTable& table, const domain::Standings& standings,
                 const std::string& state, const std::string& target,
                 domain::EvidenceGatherer* evidence);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_BRIDGE_TABLE_H_
