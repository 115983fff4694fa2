#include "services/graph/remote_graph.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/common/handler.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using Stub = v1::GraphService::Stub;

// An answer may be larger than a request: a thousand nodes with all they say.
constexpr int32_t kMaxAnswerBytes = 256 << 20;
// Beside the nodes and edges that the server counts, a message has a frame.
constexpr int kMaxMessageBytes = kMaxAnswerBytes + (1 << 20);
constexpr absl::Duration kLook = absl::Milliseconds(50);

// One call: its context and the queue that its events come to, both on the caller's thread.
class Exchange {
 public:
  explicit Exchange(const CallContext& call) : call_(call) {
    if (call.deadline != absl::InfiniteFuture()) {
      context_.set_deadline(absl::ToChronoTime(call.deadline));
    }
    if (!call.request_id.empty()) context_.AddMetadata("x-request-id", call.request_id);
  }
  ~Exchange() {
    // A queue must be empty before it goes.
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  grpc::ClientContext* context() { return &context_; }
  grpc::CompletionQueue* queue() { return &queue_; }

  // Waits for the one event under way; cancels the call when its caller goes away.
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    while (true) {
      const auto until = call_.cancelled
                             ? std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kLook)
                             : std::chrono::system_clock::time_point::max();
      const auto next = queue_.AsyncNext(&tag, &ok, until);
      if (next == grpc::CompletionQueue::GOT_EVENT) return ok;
      if (next == grpc::CompletionQueue::SHUTDOWN) return false;
      if (call_.cancelled && call_.cancelled()) context_.TryCancel();
    }
  }

 private:
  const CallContext& call_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
};

// A tag; there is never more than one event under way, so its value says nothing.
void* Tag() { return nullptr; }

// A read as this caller may see it: no level above its own and, but for the operator, no space.
template <typename Request>
Request Narrowed(const CallContext& call, const Request& request) {
  Request narrowed = request;
  if (call.clearance.all_spaces && call.clearance.level == v1::TRAFFIC_LIGHT_RED) return narrowed;
  v1::ReadOptions* read = narrowed.mutable_read();
  const v1::TrafficLight level = graph::EffectiveLevel(call.clearance.level);
  const bool open = read->ceiling() == v1::TRAFFIC_LIGHT_UNSPECIFIED;
  read->set_ceiling(open ? level : std::min(level, read->ceiling()));
  return narrowed;
}

// The same, with the size of answer that this client takes where the caller gives none.
template <typename Request>
Request Bounded(const CallContext& call, const Request& request) {
  Request bounded = Narrowed(call, request);
  if (bounded.max_bytes() == 0) bounded.set_max_bytes(kMaxAnswerBytes);
  return bounded;
}

template <typename Response, typename Request>
using UnaryStart = std::unique_ptr<grpc::ClientAsyncResponseReader<Response>> (Stub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*);

template <typename Response, typename Request>
absl::Status UnaryInto(Stub* stub, UnaryStart<Response, Request> start, const CallContext& call,
                       const Request& request, Response* response) {
  if (absl::Status alive = CheckCall(call); !alive.ok()) return alive;
  Exchange exchange(call);
  grpc::Status status;
  const auto reader = (stub->*start)(exchange.context(), request, exchange.queue());
  reader->Finish(response, &status, Tag());
  exchange.Wait();
  return FromGrpcStatus(status);
}

template <typename Response, typename Request>
absl::StatusOr<Response> Unary(Stub* stub, UnaryStart<Response, Request> start,
                               const CallContext& call, const Request& request) {
  Response response;
  ATTLAS_RETURN_IF_ERROR(UnaryInto(stub, start, call, request, &response));
  return response;
}

template <typename Response, typename Request>
absl::StatusOr<SharedResponse<Response>> SharedUnary(Stub* stub,
                                                     UnaryStart<Response, Request> start,
                                                     const CallContext& call,
                                                     const Request& request) {
  SharedResponse<Response> response;
  ATTLAS_RETURN_IF_ERROR(UnaryInto(stub, start, call, request, response.mutable_message()));
  return response;
}

template <typename Response, typename Request>
using StreamStart = std::unique_ptr<grpc::ClientAsyncReader<Response>> (Stub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*, void*);

template <typename Response, typename Request>
absl::Status ServerStreamCall(Stub* stub, StreamStart<Response, Request> start,
                              const CallContext& call, const Request& request,
                              GraphApi::Sink<Response> send) {
  if (absl::Status alive = CheckCall(call); !alive.ok()) return alive;
  Exchange exchange(call);
  const auto reader =
      (stub->*start)(exchange.context(), Narrowed(call, request), exchange.queue(), Tag());
  bool taken = true;
  if (exchange.Wait()) {
    while (taken) {
      Response response;
      reader->Read(&response, Tag());
      if (!exchange.Wait()) break;
      taken = send(std::move(response));
    }
  }
  if (!taken) exchange.context()->TryCancel();
  grpc::Status status;
  reader->Finish(&status, Tag());
  exchange.Wait();
  return taken ? FromGrpcStatus(status) : absl::OkStatus();
}

}  // namespace

RemoteGraph::RemoteGraph(const std::shared_ptr<grpc::Channel>& channel)
    : stub_(v1::GraphService::NewStub(channel)) {}

std::optional<std::string> RemoteGraph::KnownRevision(const graph::v1::ReadOptions&) const {
  return std::nullopt;
}

std::shared_ptr<grpc::Channel> RemoteGraph::Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::StatusOr<v1::GetNodeResponse> RemoteGraph::GetNode(const CallContext& context,
                                                         const v1::GetNodeRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncGetNode, context, Narrowed(context, request));
}

absl::StatusOr<SharedResponse<v1::BatchGetNodesResponse>> RemoteGraph::BatchGetNodes(
    const CallContext& context, const v1::BatchGetNodesRequest& request) {
  return SharedUnary(stub_.get(), &Stub::AsyncBatchGetNodes, context, Bounded(context, request));
}

absl::StatusOr<v1::ListNodesResponse> RemoteGraph::ListNodes(const CallContext& context,
                                                             const v1::ListNodesRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncListNodes, context, Narrowed(context, request));
}

absl::StatusOr<v1::ListEdgesResponse> RemoteGraph::ListEdges(const CallContext& context,
                                                             const v1::ListEdgesRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncListEdges, context, Narrowed(context, request));
}

absl::StatusOr<v1::CommitResponse> RemoteGraph::Commit(const CallContext& context,
                                                       const v1::CommitRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncCommit, context, request);
}

absl::StatusOr<SharedResponse<v1::MatchPathsResponse>> RemoteGraph::MatchPaths(
    const CallContext& context, const v1::MatchPathsRequest& request) {
  return SharedUnary(stub_.get(), &Stub::AsyncMatchPaths, context, Bounded(context, request));
}

absl::StatusOr<SharedResponse<v1::FindPathsResponse>> RemoteGraph::FindPaths(
    const CallContext& context, const v1::FindPathsRequest& request) {
  return SharedUnary(stub_.get(), &Stub::AsyncFindPaths, context, Bounded(context, request));
}

absl::StatusOr<SharedResponse<v1::GetNeighborhoodResponse>> RemoteGraph::GetNeighborhood(
    const CallContext& context, const v1::GetNeighborhoodRequest& request) {
  return SharedUnary(stub_.get(), &Stub::AsyncGetNeighborhood, context, Bounded(context, request));
}

absl::StatusOr<v1::GetHistoryResponse> RemoteGraph::GetHistory(
    const CallContext& context, const v1::GetHistoryRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncGetHistory, context, Narrowed(context, request));
}

absl::StatusOr<v1::GetOntologyResponse> RemoteGraph::GetOntology(
    const CallContext& context, const v1::GetOntologyRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncGetOntology, context, Narrowed(context, request));
}

absl::StatusOr<v1::GetStatisticsResponse> RemoteGraph::GetStatistics(
    const CallContext& context, const v1::GetStatisticsRequest& request) {
  return Unary(stub_.get(), &Stub::AsyncGetStatistics, context, Narrowed(context, request));
}

absl::Status RemoteGraph::Traverse(const CallContext& context, const v1::TraverseRequest& request,
                                   Sink<v1::TraverseResponse> send) {
  return ServerStreamCall(stub_.get(), &Stub::AsyncTraverse, context, request, send);
}

absl::Status RemoteGraph::Watch(const CallContext& context, const v1::WatchRequest& request,
                                Sink<v1::WatchResponse> send) {
  return ServerStreamCall(stub_.get(), &Stub::AsyncWatch, context, request, send);
}

absl::Status RemoteGraph::Export(const CallContext& context, const v1::ExportRequest& request,
                                 Sink<v1::ExportResponse> send) {
  return ServerStreamCall(stub_.get(), &Stub::AsyncExport, context, request, send);
}

absl::StatusOr<v1::ImportResponse> RemoteGraph::Import(const CallContext& context,
                                                       ImportSource next) {
  if (absl::Status alive = CheckCall(context); !alive.ok()) return alive;
  Exchange exchange(context);
  v1::ImportResponse response;
  const auto writer = stub_->AsyncImport(exchange.context(), &response, exchange.queue(), Tag());
  bool open = exchange.Wait();
  v1::ImportRequest request;
  while (open && next(&request)) {
    writer->Write(request, Tag());
    open = exchange.Wait();
    request.Clear();
  }
  // A caller that left halfway must not have half of its rows applied.
  if (!CheckCall(context).ok()) exchange.context()->TryCancel();
  if (open) {
    writer->WritesDone(Tag());
    exchange.Wait();
  }
  grpc::Status status;
  writer->Finish(&status, Tag());
  exchange.Wait();
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

}  // namespace attlas::services
