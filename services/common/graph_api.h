// The one interface by which domain services reach the graph. Its calls are GraphService's requests
// and responses: LocalGraph answers them in the same process, RemoteGraph over gRPC.
//
// Threads: thread-safe. Calls block; make them from a worker, never from a gRPC event thread.
// Errors: those of the RPC of the same name (graph_service.proto), as absl::Status with an
// ErrorDetail payload (graph/base/error.h), the same from both implementations.
#ifndef ATTLAS_SERVICES_COMMON_GRAPH_API_H_
#define ATTLAS_SERVICES_COMMON_GRAPH_API_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/model/marking.h"
#include "services/access/requirement.h"
#include "services/common/shared_response.h"
#include "services/common/trace_context.h"

namespace attlas::services {

// Who calls, and how long they wait.
struct CallContext {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> cancelled;  // Whether the caller went away; may be empty.
  graph::Clearance clearance;       // What the caller may see.
  // Who calls, as services/access/principal.h names callers; empty for the local operator.
  std::string principal;
  // What the caller may do. Whether it may make this very call was settled before; a service that
  // has checked rights of its own, such as those of a moderator, acts in the role that it takes.
  Role role = access::v1::ROLE_UNSPECIFIED;
  std::string request_id;             // Echoed in answers and logs.
  std::optional<TraceContext> trace;  // Where the call stands in a trace; nothing without one.
};

class GraphApi {
 public:
  virtual ~GraphApi() = default;

  // The token of the revision that a read would see now, where that can be told at once and without
  // asking another process; otherwise none, also where the read would be an error.
  virtual std::optional<std::string> KnownRevision(const graph::v1::ReadOptions& read) const = 0;

  virtual absl::StatusOr<graph::v1::GetNodeResponse> GetNode(
      const CallContext& context, const graph::v1::GetNodeRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::BatchGetNodesResponse>> BatchGetNodes(
      const CallContext& context, const graph::v1::BatchGetNodesRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::ListNodesResponse>> ListNodes(
      const CallContext& context, const graph::v1::ListNodesRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::ListEdgesResponse>> ListEdges(
      const CallContext& context, const graph::v1::ListEdgesRequest& request) = 0;
  virtual absl::StatusOr<graph::v1::CommitResponse> Commit(
      const CallContext& context, const graph::v1::CommitRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::MatchPathsResponse>> MatchPaths(
      const CallContext& context, const graph::v1::MatchPathsRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::FindPathsResponse>> FindPaths(
      const CallContext& context, const graph::v1::FindPathsRequest& request) = 0;
  virtual absl::StatusOr<SharedResponse<graph::v1::GetNeighborhoodResponse>> GetNeighborhood(
      const CallContext& context, const graph::v1::GetNeighborhoodRequest& request) = 0;
  virtual absl::StatusOr<graph::v1::GetHistoryResponse> GetHistory(
      const CallContext& context, const graph::v1::GetHistoryRequest& request) = 0;
  virtual absl::StatusOr<graph::v1::GetOntologyResponse> GetOntology(
      const CallContext& context, const graph::v1::GetOntologyRequest& request) = 0;
  virtual absl::StatusOr<graph::v1::GetStatisticsResponse> GetStatistics(
      const CallContext& context, const graph::v1::GetStatisticsRequest& request) = 0;

  // Streams. `send` returns false when the caller takes no more; that ends the call with OK.
  template <typename Response>
  using Sink = absl::FunctionRef<bool(Response&&)>;
  // `next` fills the request and returns true, or returns false at the end of the stream. Only the
  // `row_count` of the last request makes the stream a whole one.
  using ImportSource = absl::FunctionRef<bool(graph::v1::ImportRequest*)>;

  virtual absl::Status Traverse(const CallContext& context,
                                const graph::v1::TraverseRequest& request,
                                Sink<graph::v1::TraverseResponse> send) = 0;
  // Runs until the caller goes away, the deadline passes or the server stops.
  virtual absl::Status Watch(const CallContext& context, const graph::v1::WatchRequest& request,
                             Sink<graph::v1::WatchResponse> send) = 0;
  virtual absl::Status Export(const CallContext& context, const graph::v1::ExportRequest& request,
                              Sink<graph::v1::ExportResponse> send) = 0;
  virtual absl::StatusOr<graph::v1::ImportResponse> Import(const CallContext& context,
                                                           ImportSource next) = 0;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_GRAPH_API_H_
