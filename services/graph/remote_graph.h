// GraphApi over a channel to another daemon.
//
// What: passes deadline, request id and trace on, names the caller where the other daemon believes
// that of this one, narrows every read to the caller's clearance where it does not, and turns
// statuses back into the absl::Status with ErrorDetail that LocalGraph returns.
// When not: in the daemon that has the store; LocalGraph is some hundred microseconds quicker.
// Threads: thread-safe. A call waits on the caller's own thread and looks for cancellation there.
#ifndef ATTLAS_SERVICES_GRAPH_REMOTE_GRAPH_H_
#define ATTLAS_SERVICES_GRAPH_REMOTE_GRAPH_H_

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "services/common/graph_api.h"

namespace attlas::services {

// The way to the other daemon, for remote_graph.cc alone.
struct RemoteGraphHop {
  graph::v1::GraphService::Stub* stub;
  bool names_callers;
};

class RemoteGraph final : public GraphApi {
 public:
  // For whom the calls are made.
  enum class Naming {
    // For this process, which sees to it that its callers get no more than they may see: for a
    // daemon without a policy. What is in a space is then out of reach.
    kOwn,
    // For each caller by name. The policy of the other daemon lists this one among its
    // `forwarders`.
    kNamesCallers,
  };

  explicit RemoteGraph(const std::shared_ptr<grpc::Channel>& channel, Naming naming = Naming::kOwn);

  // A channel to `address` (services/common/peer_channel.h).
  static std::shared_ptr<grpc::Channel> Connect(
      const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials =
                                      grpc::InsecureChannelCredentials());

  // None: what is latest, and what this process may see of it, is known over there alone.
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
                     Sink<graph::v1::WatchResponse> send) override;
  absl::Status Export(const CallContext& context, const graph::v1::ExportRequest& request,
                      Sink<graph::v1::ExportResponse> send) override;
  absl::StatusOr<graph::v1::ImportResponse> Import(const CallContext& context,
                                                   ImportSource next) override;

 private:
  const std::unique_ptr<graph::v1::GraphService::Stub> stub_;
  const RemoteGraphHop hop_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_REMOTE_GRAPH_H_
