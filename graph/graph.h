// The knowledge graph: the one door to everything in graph/.
//
// What: opens a store, commits changes, hands out snapshots and reads what they refer to.
// Threads: thread-safe. Readers take no lock and never see half a commit; writers queue.
// Errors: see each method; every error carries an ErrorDetail (graph/base/error.h).
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto graph, Graph::Open({.path = "/var/lib/attlas"}));
//   ATTLAS_ASSIGN_OR_RETURN(View view, graph->Read(v1::ReadOptions(), Clearance::Operator()));
//   ATTLAS_ASSIGN_OR_RETURN(NodeOrdinal node, graph->FindNode(view, "states/IDN"));
#ifndef ATTLAS_GRAPH_GRAPH_H_
#define ATTLAS_GRAPH_GRAPH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attlas/graph/v1/history.pb.h"
#include "attlas/graph/v1/mutation.pb.h"
#include "graph/graph_statistics.h"
#include "graph/ontology/ontology.h"
#include "graph/records/record.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

struct GraphOptions {
  // The directory of the store.
  std::string path;
  // Makes a new store where there is none. Otherwise that is NOT_FOUND.
  bool create_if_missing = true;
  // Serves reads alone; every commit is FAILED_PRECONDITION.
  bool read_only = false;
  // The ontology of a new store, or the successor of a stored one; null to use the stored one.
  std::shared_ptr<const OntologyIndex> ontology;
  // Bytes of the block cache.
  size_t block_cache_bytes = size_t{256} << 20;
  // Most mutations of one commit.
  size_t max_mutations = 10'000;
  // A commit of more mutations than this goes to disk as sorted files instead of through the log:
  // several times as fast, and slower for small commits.
  size_t bulk_mutations = 10'000;
  // Bytes for nodes, edges and names that were read and may be read again, parsed; 0 for none.
  size_t record_cache_bytes = size_t{64} << 20;
  // How many past snapshots are kept ready.
  size_t past_snapshots = 8;
  // Takes the storage engine's warnings and errors, a line each, from any thread; may be empty.
  std::function<void(const std::string&)> log;
};

// One atomic change.
struct CommitInput {
  std::vector<v1::Mutation> mutations;
  std::vector<v1::Precondition> preconditions;
  std::string request_id;  // Empty, or a UUID: see CommitRequest in graph_service.proto.
  std::string reason;
  Clearance clearance = Clearance::Operator();  // What the writer may see and mark.
  bool validate_only = false;
  bool may_remark = true;  // Whether the writer may change who may see what is there.
  bool unlimited = false;  // Lifts max_mutations (bulk load and import).
};

struct CommitOutput {
  uint64_t revision = 0;           // The revision made, or checked against.
  std::vector<std::string> names;  // Of what each mutation changed.
  std::vector<std::string> etags;  // Its new etag; empty after a deletion.
  size_t created = 0;              // Counts over the mutations; a put that changes nothing makes
  size_t updated = 0;              // neither, and a commit that changes nothing makes no revision.
  size_t deleted = 0;
  size_t unchanged = 0;
};

// What a redaction takes out for good.
struct RedactionScope {
  // Versions marked with this space go: the things that are in it now (or were when they were
  // deleted) as a whole, with every edge of such a node; of what has left it, what was said then.
  std::string space;
  // The last revision whose versions are taken out.
  uint64_t through_revision = 0;
  // A node or an edge whose superseded versions lose their content too; empty for none.
  std::string history_of;
};

struct RedactionInput {
  std::vector<RedactionScope> scopes;
  std::string reason;  // For the change log; says nothing of what was taken out.
};

struct RedactionOutput {
  uint64_t revision = 0;  // The one it made; the latest where there was nothing to take out.
  size_t erased = 0;      // Nodes and edges that are gone.
  size_t emptied = 0;     // Superseded versions of others that lost their content.
  size_t cut = 0;         // Nodes and edges that lost their citations of what is gone.
};

// A committed revision, as told to watchers.
using CommitListener = std::function<void(uint64_t revision)>;

class Graph {
 public:
  // Opens or makes a store. NOT_FOUND (no store), FAILED_PRECONDITION (opened by another process,
  // a store of a newer format, an ontology that is no successor), PERMISSION_DENIED (directory not
  // writable), DATA_LOSS (damaged), RESOURCE_EXHAUSTED (disk full), INVALID_ARGUMENT (no ontology).
  static absl::StatusOr<std::unique_ptr<Graph>> Open(const GraphOptions& options);
  ~Graph();

  // The latest published snapshot. O(1), no lock.
  SnapshotPtr Latest() const;
  uint64_t LatestRevision() const { return Latest()->revision(); }
  // The first revision that can be read (0, the empty graph, unless history was compacted).
  uint64_t EarliestRevision() const;

  // A view for `read` (which see for errors) as a caller of `clearance` sees it.
  absl::StatusOr<View> Read(const v1::ReadOptions& read, const Clearance& clearance) const;

  // The view with each edge as sure as the sources that its caller sees, for whoever asks how sure
  // edges are. What Read gives is that already where `read.min_confidence` asks about it.
  absl::StatusOr<View> WithShownConfidences(View view) const;

  // The ontology in force at the latest revision.
  std::shared_ptr<const OntologyIndex> ontology() const { return Latest()->ontology(); }

  // Opaque, URL-safe tokens of revisions, tied to this store.
  std::string RevisionToken(uint64_t revision) const;
  // INVALID_ARGUMENT, blaming the request's `field`: REVISION_MALFORMED or
  // REVISION_FROM_OTHER_STORE.
  absl::StatusOr<uint64_t> ParseRevisionToken(std::string_view token, std::string_view field) const;

  // Names and ordinals. FindNode and FindEdge: NOT_FOUND for missing and for hidden alike.
  absl::StatusOr<NodeOrdinal> FindNode(const View& view, std::string_view name) const;
  absl::StatusOr<EdgeOrdinal> FindEdge(const View& view, std::string_view name) const;

  // The full records as of the view's revision, shared with other readers. REQUIRES an ordinal that
  // came from this view. DATA_LOSS where the record is damaged.
  absl::StatusOr<SharedNode> ReadNode(const View& view, NodeOrdinal node) const;
  absl::StatusOr<SharedEdge> ReadEdge(const View& view, EdgeOrdinal edge) const;
  // Many records in one read, in order.
  absl::StatusOr<std::vector<SharedNode>> ReadNodes(const View& view,
                                                    std::span<const NodeOrdinal> ordinals) const;
  absl::StatusOr<std::vector<SharedEdge>> ReadEdges(const View& view,
                                                    std::span<const EdgeOrdinal> ordinals) const;
  // The same for a walk over all or most of the graph: each record is given away as it is read, and
  // none is kept for others.
  absl::Status ScanNodes(const View& view, std::span<const NodeOrdinal> ordinals,
                         const std::function<void(size_t index, Node&&)>& take) const;
  absl::Status ScanEdges(const View& view, std::span<const EdgeOrdinal> ordinals,
                         const std::function<void(size_t index, Edge&&)>& take) const;

  // What cites the node `source`, as this view sees it: those of the next few hundred candidates
  // that still do, in the order of their creation. Goes on at `next`, where it is set. `from` is 0
  // for the first. REQUIRES a node that came from this view.
  template <typename Record>
  struct Citing {
    std::vector<std::pair<uint32_t, Shared<Record>>> found;  // By ordinal.
    std::optional<uint32_t> next;
  };
  absl::StatusOr<Citing<Node>> CitingNodes(const View& view, NodeOrdinal source,
                                           NodeOrdinal from) const;
  absl::StatusOr<Citing<Edge>> CitingEdges(const View& view, NodeOrdinal source,
                                           EdgeOrdinal from) const;

  // Applies a change durably and publishes its snapshot before it returns. Errors: see
  // GraphService.Commit. Nothing is applied on an error.
  absl::StatusOr<CommitOutput> Commit(CommitInput input);

  // Everything ever said of a node or edge that the view's caller may see, newest first, up to the
  // view's revision, at most `limit`, starting below `before_revision` (0 for the newest).
  absl::StatusOr<std::vector<v1::Change>> History(const View& view, std::string_view name,
                                                  uint64_t before_revision, size_t limit) const;

  // The changes of one revision as this caller sees them, in order. `ceiling` narrows. A change
  // that takes something out of sight is a deletion. OUT_OF_RANGE for a revision not kept.
  absl::StatusOr<std::vector<v1::Change>> ChangesAt(uint64_t revision,
                                                    const Clearance& clearance) const;

  // Calls `listener` after each publication, from the writer's thread: it must be quick. Returns a
  // handle that ends the subscription when it is destroyed.
  std::shared_ptr<void> Subscribe(CommitListener listener);

  // Takes content out of every revision and out of the files, and returns when the bytes are gone;
  // a past revision reads from then on as if it had never been said. Whoever holds an answer, an
  // export or a backup made before has it still. Commits wait while it looks for what to take:
  // O(store), and so is what it writes. Errors: of the disk. What was begun is ended by the next
  // redaction or opening.
  absl::StatusOr<RedactionOutput> Redact(const RedactionInput& input);

  // Calls `listener` after each redaction that took something out, before Redact returns: whoever
  // keeps what was read must drop it. As Subscribe.
  std::shared_ptr<void> SubscribeToRedactions(CommitListener listener);

  // The last revision committed at `time` or before; 0 for none. O(log(revisions)).
  absl::StatusOr<uint64_t> RevisionAt(absl::Time time) const;

  // Writes a consistent copy of the store into `directory`, which must not exist, online.
  absl::Status Checkpoint(const std::string& directory) const;

  // Re-reads every file and index and compares them; DATA_LOSS names the first fault.
  absl::Status Verify() const;

  // Quick: nothing is read from the disk and no writer waits.
  GraphStatistics Statistics() const;

  // Names of nodes that exist in the view and are nearest to `name`, best first.
  std::vector<std::string> SuggestNames(const View& view, std::string_view name,
                                        size_t limit) const;

 private:
  struct Impl;
  explicit Graph(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_GRAPH_H_
