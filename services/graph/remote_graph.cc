#include "services/graph/remote_graph.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "graph/base/status_macros.h"
#include "services/common/forwarded_caller.h"
#include "services/common/handler.h"
#include "services/common/peer_channel.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using Stub = v1::GraphService::Stub;

// An answer may be larger than a request: a thousand nodes with all they say.
constexpr int32_t kMaxAnswerBytes = 256 << 20;
constexpr absl::Duration kLook = absl::Milliseconds(50);

using Hop = RemoteGraphHop;

// Whether a call is made under its caller's name, so that all which counts over there is what that
// caller is granted.
bool IsNamed(const Hop& hop, const CallContext& call) {
  return hop.names_callers && !call.principal.empty();
}

// One call: its context and the queue that its events come to, both on the caller's thread.
class Exchange {
 public:
  Exchange(const Hop& hop, const CallContext& call) : call_(call) {
    if (call.deadline != absl::InfiniteFuture()) {
      context_.set_deadline(absl::ToChronoTime(call.deadline));
    }
    if (!call.request_id.empty()) context_.AddMetadata("x-request-id", call.request_id);
    if (call.trace.has_value()) AddTrace(*call.trace);
    if (IsNamed(hop, call)) {
      ForwardedCaller caller;
      caller.principal = call.principal;
      ForwardedCallers::AttachForPeer(caller, &context_);
    }
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
  void AddTrace(const TraceContext& trace) {
    context_.AddMetadata(kTraceparentKey, trace.Traceparent());
    if (!trace.state.empty()) context_.AddMetadata(kTracestateKey, trace.state);
  }

  const CallContext& call_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
};

// A tag; there is never more than one event under way, so its value says nothing.
void* Tag() { return nullptr; }

// A read as this caller may see it. Where the caller is named, the other daemon sees to that;
// otherwise no level above its own and, but for the operator, no space.
template <typename Request>
Request Narrowed(const Hop& hop, const CallContext& call, const Request& request) {
  Request narrowed = request;
  if (IsNamed(hop, call)) return narrowed;
  if (call.clearance.all_spaces && call.clearance.level == v1::TRAFFIC_LIGHT_RED) return narrowed;
  v1::ReadOptions* read = narrowed.mutable_read();
  const v1::TrafficLight level = graph::EffectiveLevel(call.clearance.level);
  const bool open = read->ceiling() == v1::TRAFFIC_LIGHT_UNSPECIFIED;
  read->set_ceiling(open ? level : std::min(level, read->ceiling()));
  return narrowed;
}

// The same, with the size of answer that this client takes where the caller gives none.
template <typename Request>
Request Bounded(const Hop& hop, const CallContext& call, const Request& request) {
  Request bounded = Narrowed(hop, call, request);
  if (bounded.max_bytes() == 0) bounded.set_max_bytes(kMaxAnswerBytes);
  return bounded;
}

// The status of a call as its caller is told it. Nobody but the caller cancels: that a call was
// cancelled all the same means that it reached a server which had begun to stop.
absl::Status StatusOf(const CallContext& call, const grpc::Status& status) {
  const bool gone = call.cancelled && call.cancelled();
  if (status.error_code() == grpc::StatusCode::CANCELLED && !gone) {
    return Unavailable("the daemon with the graph is stopping");
  }
  return FromGrpcStatus(status);
}

template <typename Response, typename Request>
using UnaryStart = std::unique_ptr<grpc::ClientAsyncResponseReader<Response>> (Stub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*);

template <typename Response, typename Request>
absl::Status UnaryInto(const Hop& hop, UnaryStart<Response, Request> start, const CallContext& call,
                       const Request& request, Response* response) {
  if (absl::Status alive = CheckCall(call); !alive.ok()) return alive;
  Exchange exchange(hop, call);
  grpc::Status status;
  const auto reader = (hop.stub->*start)(exchange.context(), request, exchange.queue());
  reader->Finish(response, &status, Tag());
  exchange.Wait();
  return StatusOf(call, status);
}

template <typename Response, typename Request>
absl::StatusOr<Response> Unary(const Hop& hop, UnaryStart<Response, Request> start,
                               const CallContext& call, const Request& request) {
  Response response;
  ATTLAS_RETURN_IF_ERROR(UnaryInto(hop, start, call, request, &response));
  return response;
}

template <typename Response, typename Request>
absl::StatusOr<SharedResponse<Response>> SharedUnary(const Hop& hop,
                                                     UnaryStart<Response, Request> start,
                                                     const CallContext& call,
                                                     const Request& request) {
  SharedResponse<Response> response;
  ATTLAS_RETURN_IF_ERROR(UnaryInto(hop, start, call, request, response.mutable_message()));
  return response;
}

template <typename Response, typename Request>
using StreamStart = std::unique_ptr<grpc::ClientAsyncReader<Response>> (Stub::*)(
    grpc::ClientContext*, const Request&, grpc::CompletionQueue*, void*);

template <typename Response, typename Request>
absl::Status ServerStreamCall(const Hop& hop, StreamStart<Response, Request> start,
                              const CallContext& call, const Request& request,
                              GraphApi::Sink<Response> send) {
  if (absl::Status alive = CheckCall(call); !alive.ok()) return alive;
  Exchange exchange(hop, call);
  const auto reader =
      (hop.stub->*start)(exchange.context(), Narrowed(hop, call, request), exchange.queue(), Tag());
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
  return taken ? StatusOf(call, status) : absl::OkStatus();
}

}  // namespace

RemoteGraph::RemoteGraph(const std::shared_ptr<grpc::Channel>& channel, Naming naming)
    : stub_(v1::GraphService::NewStub(channel)),
      hop_{stub_.get(), naming == Naming::kNamesCallers} {}

std::optional<std::string> RemoteGraph::KnownRevision(const graph::v1::ReadOptions&) const {
  return std::nullopt;
}

std::shared_ptr<grpc::Channel> RemoteGraph::Connect(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  const google::protobuf::ServiceDescriptor* const service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
          v1::GraphService::service_full_name());
  return ConnectToPeer(address, credentials, {&service, 1});
}

absl::StatusOr<v1::GetNodeResponse> RemoteGraph::GetNode(const CallContext& context,
                                                         const v1::GetNodeRequest& request) {
  return Unary(hop_, &Stub::AsyncGetNode, context, Narrowed(hop_, context, request));
}

absl::StatusOr<SharedResponse<v1::BatchGetNodesResponse>> RemoteGraph::BatchGetNodes(
    const CallContext& context, const v1::BatchGetNodesRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncBatchGetNodes, context, Bounded(hop_, context, request));
}

absl::StatusOr<SharedResponse<v1::ListNodesResponse>> RemoteGraph::ListNodes(
    const CallContext& context, const v1::ListNodesRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncListNodes, context, Narrowed(hop_, context, request));
}

absl::StatusOr<SharedResponse<v1::ListEdgesResponse>> RemoteGraph::ListEdges(
    const CallContext& context, const v1::ListEdgesRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncListEdges, context, Narrowed(hop_, context, request));
}

absl::StatusOr<v1::CommitResponse> RemoteGraph::Commit(const CallContext& context,
                                                       const v1::CommitRequest& request) {
  return Unary(hop_, &Stub::AsyncCommit, context, request);
}

absl::StatusOr<SharedResponse<v1::MatchPathsResponse>> RemoteGraph::MatchPaths(
    const CallContext& context, const v1::MatchPathsRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncMatchPaths, context, Bounded(hop_, context, request));
}

absl::StatusOr<SharedResponse<v1::FindPathsResponse>> RemoteGraph::FindPaths(
    const CallContext& context, const v1::FindPathsRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncFindPaths, context, Bounded(hop_, context, request));
}

absl::StatusOr<SharedResponse<v1::GetNeighborhoodResponse>> RemoteGraph::GetNeighborhood(
    const CallContext& context, const v1::GetNeighborhoodRequest& request) {
  return SharedUnary(hop_, &Stub::AsyncGetNeighborhood, context, Bounded(hop_, context, request));
}

absl::StatusOr<v1::GetHistoryResponse> RemoteGraph::GetHistory(
    const CallContext& context, const v1::GetHistoryRequest& request) {
  return Unary(hop_, &Stub::AsyncGetHistory, context, Narrowed(hop_, context, request));
}

absl::StatusOr<v1::GetOntologyResponse> RemoteGraph::GetOntology(
    const CallContext& context, const v1::GetOntologyRequest& request) {
  return Unary(hop_, &Stub::AsyncGetOntology, context, Narrowed(hop_, context, request));
}

absl::StatusOr<v1::GetStatisticsResponse> RemoteGraph::GetStatistics(
    const CallContext& context, const v1::GetStatisticsRequest& request) {
  return Unary(hop_, &Stub::AsyncGetStatistics, context, Narrowed(hop_, context, request));
}

absl::Status RemoteGraph::Traverse(const CallContext& context, const v1::TraverseRequest& request,
                                   Sink<v1::TraverseResponse> send) {
  return ServerStreamCall(hop_, &Stub::AsyncTraverse, context, request, send);
}

absl::Status RemoteGraph::Watch(const CallContext& context, const v1::WatchRequest& request,
                                Sink<v1::WatchResponse> send) {
  return ServerStreamCall(hop_, &Stub::AsyncWatch, context, request, send);
}

absl::Status RemoteGraph::Export(const CallContext& context, const v1::ExportRequest& request,
                                 Sink<v1::ExportResponse> send) {
  return ServerStreamCall(hop_, &Stub::AsyncExport, context, request, send);
}

absl::StatusOr<v1::ImportResponse> RemoteGraph::Import(const CallContext& context,
                                                       ImportSource next) {
  if (absl::Status alive = CheckCall(context); !alive.ok()) return alive;
  Exchange exchange(hop_, context);
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
  if (!status.ok()) return StatusOf(context, status);
  return response;
}

}  // namespace attlas::services
