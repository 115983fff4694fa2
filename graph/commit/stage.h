// The part of a commit that looks at the graph: what each mutation finds, and what it leaves.
//
// What: a Stage takes the mutations of one commit in order, each seeing what those before it did,
// and touches nothing until Apply. A commit that fails half-way is simply forgotten.
// Threads: single-thread; the committer's.
#ifndef ATTLAS_GRAPH_COMMIT_STAGE_H_
#define ATTLAS_GRAPH_COMMIT_STAGE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/mutation.pb.h"
#include "graph/commit/prepared.h"
#include "graph/commit/space_table.h"
#include "graph/graph.h"
#include "graph/snapshot/snapshot_builder.h"
#include "graph/store/store.h"

namespace attlas::graph {

// What all commits of one group share.
struct CommitGroup {
  StoreBatch& batch;
  SnapshotBuilder& builder;
  SpaceTable& spaces;
  const OntologyIndex& ontology;
  StoreHead head;
  std::vector<EntityId> superseded = {};  // What had a version before the commits of the group.
};

class Stage {
 public:
  // `may_remark`: see CommitInput.
  Stage(CommitGroup& group, const Clearance& clearance, bool may_remark = true);

  // Errors: ABORTED (PRECONDITION_FAILED).
  absl::Status CheckPreconditions(const std::vector<v1::Precondition>& preconditions);

  // Errors: see GraphService.Commit.
  // Takes over the mutation's body.
  absl::Status Take(PreparedMutation& mutation);

  // Whether anything differs from before.
  bool changed() const;

  // The answer; `revision` is the one that Apply would make.
  CommitOutput Output(uint64_t revision) const;

  // Writes everything into the group's batch and snapshot as `revision`.
  absl::Status Apply(uint64_t revision, storage::v1::CommitRecord* log);

 private:
  // A node or an edge that this commit touched.
  struct Touched {
    EntityId id{EntityKind::kNode, 0};
    bool numbered = false;  // Whether a new name was given its ordinal.
    std::string name;
    bool is_new_name = false;
    std::optional<StoredRecord> before;  // As the group left it; a deletion counts as nothing.
    std::optional<StoredRecord> stored;  // The stored version, a deletion included.
    bool exists = false;
    std::string body;
    HotRecord hot;
    std::string space;
    absl::InlinedVector<NodeOrdinal, 4> sources;  // What its citations name, where it was put.

    bool differs() const;
  };

  absl::StatusOr<Touched*> Find(std::string_view name);
  bool Visible(const Touched& touched) const;
  absl::StatusOr<Touched*> FindVisible(std::string_view name);
  // The node of this name, if there is one that the writer may see. `known` is its number where
  // that was looked up before; then the snapshot tells the rest and nothing is read.
  absl::StatusOr<std::optional<NodeOrdinal>> FindVisibleNode(std::string_view name,
                                                             const std::optional<EntityId>& known);
  Touched* Number(EntityKind kind, Touched* touched);
  absl::Status CheckEtag(const PreparedMutation& mutation, const Touched& touched) const;
  absl::Status Put(PreparedMutation& mutation, Touched* touched);
  absl::Status ResolveEnds(const PreparedMutation& mutation, HotRecord* hot);
  // Finds what the citations name; an error where something is missing.
  absl::Status ResolveSources(const PreparedMutation& mutation, Touched* touched);
  // Adds to what is said now the citations of what was said before whose sources the writer does
  // not see: they were not in what the writer read, and are not the writer's to drop.
  absl::Status KeepHiddenCitations(PreparedMutation& mutation, const Touched& touched);
  template <typename Entity>
  absl::Status KeepHiddenCitationsOf(PreparedMutation& mutation, const Touched& touched);
  absl::Status CheckMarking(const PreparedMutation& mutation, const Touched& touched) const;
  absl::Status CheckImmutable(const PreparedMutation& mutation, const Touched& touched) const;
  bool IsNewLimitedEdge(const Touched& touched, EntityKind kind, TypeId type) const;
  absl::Status CheckCardinality(const PreparedMutation& mutation, const HotRecord& hot);
  absl::Status Delete(const PreparedMutation& mutation, Touched* touched);
  absl::Status CheckNoEdges(const Touched& touched);
  bool EdgeStillThere(EdgeOrdinal edge) const;
  absl::Status CheckPrecondition(const v1::Precondition& precondition, const std::string& field);
  absl::StatusOr<bool> AnyEdgeMatches(const v1::EdgeMatch& match);
  absl::StatusOr<LinkRecord> LinkOf(const HotRecord& hot, const std::string& space);
  absl::Status ApplyOne(Touched& touched, uint64_t revision);

  CommitGroup& group_;
  const Clearance& clearance_;
  const bool sees_everything_;
  const bool may_remark_;
  uint32_t next_node_;
  uint32_t next_edge_;
  std::vector<std::unique_ptr<Touched>> touched_;             // In the order of first touch.
  absl::flat_hash_map<absl::string_view, Touched*> by_name_;  // Keyed by Touched::name.
  absl::flat_hash_map<EntityId, Touched*> by_id_;
  // How many edges of a type this commit made from a node, where the ontology sets a limit.
  absl::flat_hash_map<std::pair<TypeId, NodeOrdinal>, int> made_from_;
  std::vector<Touched*> results_;  // One a mutation.
  size_t created_ = 0;
  size_t updated_ = 0;
  size_t deleted_ = 0;
  size_t unchanged_ = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_COMMIT_STAGE_H_
