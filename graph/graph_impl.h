// What the files of graph/graph*.cc share. Private to them.
#ifndef ATTLAS_GRAPH_GRAPH_IMPL_H_
#define ATTLAS_GRAPH_GRAPH_IMPL_H_

#include <list>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/mutex.h"
#include "graph/commit/committer.h"
#include "graph/commit/space_table.h"
#include "graph/graph.h"
#include "graph/records/record_cache.h"
#include "graph/snapshot/published.h"
#include "graph/store/store.h"

namespace attlas::graph {

class PastSourceSight;

// What becomes of something that the store does not have at the revision, or has deleted: an error
// where a view has it, since then the store is damaged or redacted meanwhile.
enum class Gaps { kAreErrors, kStayNull };

// The versions in force at a revision of nodes or edges, from what is kept or else from the store,
// with all their citations. In the order asked for. Instantiated in graph_records.cc.
template <typename Message>
absl::StatusOr<std::vector<Shared<Message>>> ReadVersions(const Store& store, RecordCache& records,
                                                          uint64_t revision,
                                                          std::span<const uint32_t> ordinals,
                                                          Gaps gaps);

struct Graph::Impl {
  explicit Impl(const GraphOptions& graph_options)
      : options(graph_options), records(graph_options.record_cache_bytes) {}

  absl::Status Load();
  absl::Status BuildLatest(const StoreHead& head, std::shared_ptr<const OntologyIndex> ontology);
  absl::Status AdoptOntology(const std::shared_ptr<const OntologyIndex>& stored);

  // The snapshot of an earlier revision, from the cache or made by undoing what came after.
  absl::StatusOr<SnapshotPtr> SnapshotAt(uint64_t revision) const;
  absl::StatusOr<SnapshotPtr> BuildPast(uint64_t revision) const;
  std::shared_ptr<const OntologyIndex> OntologyAt(uint64_t revision) const;
  Marking MarkingOf(const HotRecord& hot) const;
  absl::StatusOr<LinkRecord> LinkOf(const HotRecord& hot, AccessClasses& classes) const;
  absl::Status UndoEntity(EntityId id, uint64_t revision, SnapshotBuilder& builder) const;

  // Whether a caller sees this version, the ends of an edge (at `revision`) included.
  absl::StatusOr<bool> VersionVisible(EntityId id, const std::optional<StoredRecord>& record,
                                      uint64_t revision, const Clearance& clearance) const;
  // See Graph::CitingNodes.
  template <typename Record>
  absl::StatusOr<Citing<Record>> CitingFrom(const View& view, NodeOrdinal source, EntityKind kind,
                                            uint32_t from) const;
  absl::StatusOr<v1::Change> MakeChange(EntityId id, const StoredRecord& record,
                                        v1::ChangeKind kind, uint64_t revision,
                                        const storage::v1::CommitRecord& commit,
                                        PastSourceSight& sight) const;
  // What a caller saw at a revision of what citations name. `clearance` outlives it.
  PastSourceSight SourcesAt(uint64_t revision, const Clearance& clearance) const;
  // The edges that the view's caller sees as less sure than they are: kept, or looked for.
  absl::StatusOr<std::shared_ptr<const LoweredConfidences>> LoweredFor(const View& view) const;
  // What a name stands for, from what is kept where there it is seen by the view.
  absl::StatusOr<std::optional<EntityId>> FindName(const View& view, std::string_view name) const;
  void Notify(uint64_t revision);
  // Ends what a redaction began, where there is something left to erase.
  absl::Status EraseRemains();

  GraphOptions options;
  std::unique_ptr<Store> store;
  SpaceTable spaces;
  mutable RecordCache records;  // Reading fills it.
  Published<Snapshot> latest;
  std::unique_ptr<Committer> committer;

  mutable Mutex ontology_mutex;
  std::vector<std::pair<uint64_t, std::shared_ptr<const OntologyIndex>>> ontologies
      ATTLAS_GUARDED_BY(ontology_mutex);

  mutable Mutex past_mutex;
  mutable std::list<SnapshotPtr> past ATTLAS_GUARDED_BY(past_mutex);  // Latest use first.

  // For the last few revisions and clearances that were asked about.
  struct KeptLowered {
    uint64_t revision = 0;
    Clearance clearance;
    std::shared_ptr<const LoweredConfidences> lowered;
  };
  mutable Mutex lowered_mutex;
  mutable std::list<KeptLowered> kept_lowered
      ATTLAS_GUARDED_BY(lowered_mutex);  // Latest use first.

  // Held to read while a past snapshot is made, to write while content is taken out.
  mutable SharedMutex redaction_mutex;

  using Listeners = std::vector<std::weak_ptr<CommitListener>>;
  void Tell(Listeners Impl::*whom, uint64_t revision) ATTLAS_EXCLUDES(listener_mutex);
  Mutex listener_mutex;
  Listeners listeners ATTLAS_GUARDED_BY(listener_mutex);
  Listeners redaction_listeners ATTLAS_GUARDED_BY(listener_mutex);
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_GRAPH_IMPL_H_
