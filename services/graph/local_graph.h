// GraphApi in the process of the store.
//
// What: checks requests, reads the snapshot and the store, builds answers. No gRPC.
// Threads: thread-safe. Calls block for as long as their work takes; Watch until it is stopped.
// The implementation is split by concern:
// local_graph_{read,citations,query,write,stream,export}.cc.
#ifndef ATTLAS_SERVICES_GRAPH_LOCAL_GRAPH_H_
#define ATTLAS_SERVICES_GRAPH_LOCAL_GRAPH_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "graph/graph.h"
#include "graph/query/budget.h"
#include "graph/query/pattern.h"
#include "services/common/graph_api.h"
#include "services/common/limits.h"
#include "services/common/page_token.h"
#include "services/graph/graph_records.h"

namespace attlas::services {

class LocalGraph final : public GraphApi {
 public:
  // `graph` outlives this object.
  LocalGraph(graph::Graph* graph, const ServiceLimits& limits, const PageTokenCodec& page_tokens);
  ~LocalGraph() override;

  // Those who watch.
  struct WatchStatistics {
    uint64_t open = 0;       // Now.
    uint64_t revisions = 0;  // Told, over all of them.
    uint64_t too_slow = 0;   // Ended because they fell behind.
  };
  WatchStatistics Watches() const;

  // Ends every Watch, now and later, with UNAVAILABLE.
  void StopWatches() ABSL_LOCKS_EXCLUDED(mutex_);

  std::optional<std::string> KnownRevision(const graph::v1::ReadOptions& read) const override;
  absl::StatusOr<graph::v1::GetNodeResponse> GetNode(
      const CallContext& context, const graph::v1::GetNodeRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::BatchGetNodesResponse>> BatchGetNodes(
      const CallContext& context, const graph::v1::BatchGetNodesRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::ListNodesResponse>> ListNodes(
      const CallContext& context, const graph::v1::ListNodesRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::ListEdgesResponse>> ListEdges(
      const CallContext& context, const graph::v1::ListEdgesRequest& request) override;
  absl::StatusOr<graph::v1::CommitResponse> Commit(
      const CallContext& context, const graph::v1::CommitRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::MatchPathsResponse>> MatchPaths(
      const CallContext& context, const graph::v1::MatchPathsRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::FindPathsResponse>> FindPaths(
      const CallContext& context, const graph::v1::FindPathsRequest& request) override;
  absl::StatusOr<SharedResponse<graph::v1::GetNeighborhoodResponse>> GetNeighborhood(
      const CallContext& context, const graph::v1::GetNeighborhoodRequest& request) override;
  absl::StatusOr<graph::v1::GetHistoryResponse> GetHistory(
      const CallContext& context, const graph::v1::GetHistoryRequest& request) override;
  absl::StatusOr<graph::v1::GetOntologyResponse> GetOntology(
      const CallContext& context, const graph::v1::GetOntologyRequest& request) override;
  absl::StatusOr<graph::v1::GetStatisticsResponse> GetStatistics(
      const CallContext& context, const graph::v1::GetStatisticsRequest& request) override;
  absl::Status Traverse(const CallContext& context, const graph::v1::TraverseRequest& request,
                        Sink<graph::v1::TraverseResponse> send) override;
  absl::Status Watch(const CallContext& context, const graph::v1::WatchRequest& request,
                     Sink<graph::v1::WatchResponse> send) override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Export(const CallContext& context, const graph::v1::ExportRequest& request,
                      Sink<graph::v1::ExportResponse> send) override;
  absl::StatusOr<graph::v1::ImportResponse> Import(const CallContext& context,
                                                   ImportSource next) override;

 private:
  // Where a page of a listing starts.
  struct PageStart {
    graph::View view;
    uint64_t query_hash;
    uint64_t position;  // 0 on the first page.
    int32_t page_size;
  };
  // Checks the page fields of a listing request and opens its view: on later pages the revision of
  // the first.
  template <typename Request>
  absl::StatusOr<PageStart> StartPage(const CallContext& context, const Request& request) const;
  std::string NextPageToken(const PageStart& page, uint64_t position) const;

  // The listings of what cites a source; from `start` on.
  absl::StatusOr<SharedResponse<graph::v1::ListNodesResponse>> ListCitingNodes(
      const CallContext& context, const graph::v1::ListNodesRequest& request,
      const PageStart& start, const graph::CompiledSelector& selector) const;
  absl::StatusOr<SharedResponse<graph::v1::ListEdgesResponse>> ListCitingEdges(
      const CallContext& context, const graph::v1::ListEdgesRequest& request,
      const PageStart& start, const std::optional<graph::TypeSet>& types) const;

  // The view of a request, after the call was seen to be alive.
  absl::StatusOr<graph::View> OpenView(const CallContext& context,
                                       const graph::v1::ReadOptions& read) const;
  absl::StatusOr<graph::NodeOrdinal> FindNode(const graph::View& view, std::string_view name,
                                              std::string_view field) const;
  std::string Token(const graph::View& view) const;

  // Where an export starts.
  struct ExportStart {
    graph::View view;
    uint64_t nodes_hash;  // Of the cursors among the nodes.
    uint64_t edges_hash;
    bool edges;         // Whether all nodes were sent.
    uint64_t position;  // Of the next node, or edge.
  };
  absl::StatusOr<ExportStart> StartExport(const CallContext& context,
                                          const graph::v1::ExportRequest& request) const;

  // The limits of one query; its deadline leaves time to send what was found.
  graph::QueryLimits LimitsFor(const CallContext& context) const;

  // The revision whose changes a watch starts with.
  absl::StatusOr<uint64_t> WatchStart(const graph::v1::WatchRequest& request) const;
  // Waits for a revision from `next` on, for a stop, for the caller to leave or until `until`.
  // Returns the error that ends the watch, if any.
  absl::Status WaitForRevision(const CallContext& context, uint64_t next, absl::Time until)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The whole of a Watch.
  absl::Status RunWatch(const CallContext& context, const graph::v1::WatchRequest& request,
                        Sink<graph::v1::WatchResponse> send);

  graph::Graph* const graph_;
  const ServiceLimits limits_;
  const PageTokenCodec page_tokens_;
  const GraphRecords records_;

  std::atomic<uint64_t> watches_open_{0};
  std::atomic<uint64_t> watched_revisions_{0};
  std::atomic<uint64_t> watches_too_slow_{0};

  absl::Mutex mutex_;
  absl::CondVar published_;
  uint64_t latest_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<void> subscription_;  // Last: its listener uses what stands above.
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_LOCAL_GRAPH_H_
