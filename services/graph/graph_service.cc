#include "services/graph/graph_service.h"

#include <utility>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/common/stream_handler.h"
#include "services/graph/watch_batch.h"

namespace attlas::services {
namespace {

namespace v1 = graph::v1;
using grpc::CallbackServerContext;
using grpc::ServerReadReactor;
using grpc::ServerUnaryReactor;
using grpc::ServerWriteReactor;

constexpr char kName[] = "attlas.graph.v1.GraphService";

// The reads take and give bytes, so that a kept answer goes out as it is, and one that is made is
// written once; for Import see ClientStream.
using RawReads = v1::GraphService::WithRawCallbackMethod_GetNode<
    v1::GraphService::WithRawCallbackMethod_BatchGetNodes<
        v1::GraphService::WithRawCallbackMethod_ListNodes<
            v1::GraphService::WithRawCallbackMethod_ListEdges<
                v1::GraphService::WithRawCallbackMethod_MatchPaths<
                    v1::GraphService::WithRawCallbackMethod_FindPaths<
                        v1::GraphService::WithRawCallbackMethod_GetNeighborhood<
                            v1::GraphService::CallbackService>>>>>>>;
using Contract = v1::GraphService::WithRawCallbackMethod_Import<RawReads>;

class GraphService final : public Contract, public HostedService {
 private:
  template <typename Request, typename Response>
  auto Bind(absl::StatusOr<Response> (LocalGraph::*method)(const CallContext&, const Request&)) {
    return [graph = graph_, method](const CallContext& call, const Request& request) {
      return (graph->*method)(call, request);
    };
  }
  // Answers a read: from what was kept, or with `method`.
  template <typename Request, typename Made>
  ServerUnaryReactor* Answer(Method* method, CallbackServerContext* context,
                             const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                             absl::StatusOr<Made> (LocalGraph::*read)(const CallContext&,
                                                                      const Request&)) {
    return AnswerQuestion<Request>(
        method, *graph_, context, request, response,
        [this, read](const CallContext& call, const Request& asked) {
          if constexpr (requires { asked.max_bytes(); }) {
            // The default size of an answer, where the caller gives none.
            if (asked.max_bytes() == 0) {
              Request bounded = asked;
              bounded.set_max_bytes(runtime_->limits().default_answer_bytes);
              return (graph_->*read)(call, bounded);
            }
          }
          return (graph_->*read)(call, asked);
        });
  }

 public:
  GraphService(LocalGraph* graph, ServiceRuntime* runtime) : graph_(graph), runtime_(runtime) {}

  std::string_view name() const override { return "graph"; }
  std::string_view full_name() const override { return kName; }
  grpc::Service* grpc_service() override { return this; }
  void Drain() override { graph_->StopWatches(); }

  ServerUnaryReactor* GetNode(CallbackServerContext* context, const grpc::ByteBuffer* request,
                              grpc::ByteBuffer* response) override {
    return Answer(&get_node_, context, request, response, &LocalGraph::GetNode);
  }
  ServerUnaryReactor* BatchGetNodes(CallbackServerContext* context, const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override {
    return Answer(&batch_get_nodes_, context, request, response, &LocalGraph::BatchGetNodes);
  }
  ServerUnaryReactor* ListNodes(CallbackServerContext* context, const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Answer(&list_nodes_, context, request, response, &LocalGraph::ListNodes);
  }
  ServerUnaryReactor* ListEdges(CallbackServerContext* context, const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Answer(&list_edges_, context, request, response, &LocalGraph::ListEdges);
  }
  ServerUnaryReactor* Commit(CallbackServerContext* context, const v1::CommitRequest* request,
                             v1::CommitResponse* response) override {
    return commit_.Unary(context, request, response, Bind(&LocalGraph::Commit));
  }
  ServerUnaryReactor* MatchPaths(CallbackServerContext* context, const grpc::ByteBuffer* request,
                                 grpc::ByteBuffer* response) override {
    return Answer(&match_paths_, context, request, response, &LocalGraph::MatchPaths);
  }
  ServerUnaryReactor* FindPaths(CallbackServerContext* context, const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override {
    return Answer(&find_paths_, context, request, response, &LocalGraph::FindPaths);
  }
  ServerUnaryReactor* GetNeighborhood(CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Answer(&get_neighborhood_, context, request, response, &LocalGraph::GetNeighborhood);
  }
  ServerUnaryReactor* GetHistory(CallbackServerContext* context,
                                 const v1::GetHistoryRequest* request,
                                 v1::GetHistoryResponse* response) override {
    return get_history_.Unary(context, request, response, Bind(&LocalGraph::GetHistory));
  }
  ServerUnaryReactor* GetOntology(CallbackServerContext* context,
                                  const v1::GetOntologyRequest* request,
                                  v1::GetOntologyResponse* response) override {
    return get_ontology_.Unary(context, request, response, Bind(&LocalGraph::GetOntology));
  }
  ServerUnaryReactor* GetStatistics(CallbackServerContext* context,
                                    const v1::GetStatisticsRequest* request,
                                    v1::GetStatisticsResponse* response) override {
    return get_statistics_.Unary(context, request, response, Bind(&LocalGraph::GetStatistics));
  }

  ServerWriteReactor<v1::TraverseResponse>* Traverse(CallbackServerContext* context,
                                                     const v1::TraverseRequest* request) override {
    return Stream<v1::TraverseResponse>(&traverse_, context, request, &LocalGraph::Traverse);
  }
  ServerWriteReactor<v1::ExportResponse>* Export(CallbackServerContext* context,
                                                 const v1::ExportRequest* request) override {
    return Stream<v1::ExportResponse>(&export_, context, request, &LocalGraph::Export);
  }
  ServerWriteReactor<v1::WatchResponse>* Watch(CallbackServerContext* context,
                                               const v1::WatchRequest* request) override {
    return StartServerStream<v1::WatchResponse>(
        &watch_, context, *request, [this, request](const CallContext& call, auto& writer) {
          absl::Status status = graph_->Watch(call, *request, [&](v1::WatchResponse&& batch) {
            return writer.Send(std::move(batch));
          });
          return writer.stalled() ? WatchTooSlow(writer.last_message().through_revision()) : status;
        });
  }
  using Contract::Import;
  ServerReadReactor<grpc::ByteBuffer>* Import(CallbackServerContext* context,
                                              grpc::ByteBuffer* response) override {
    return StartClientStream<v1::ImportRequest, v1::ImportResponse>(
        &import_, context, response, [this](const CallContext& call, auto& reader) {
          return graph_->Import(call,
                                [&](v1::ImportRequest* request) { return reader.Next(request); });
        });
  }

 private:
  template <typename Response, typename Request>
  ServerWriteReactor<Response>* Stream(
      Method* method, CallbackServerContext* context, const Request* request,
      absl::Status (LocalGraph::*function)(const CallContext&, const Request&,
                                           GraphApi::Sink<Response>)) {
    return StartServerStream<Response>(
        method, context, *request,
        [this, request, function](const CallContext& call, auto& writer) {
          return (graph_->*function)(
              call, *request, [&](Response&& batch) { return writer.Send(std::move(batch)); });
        });
  }

  // Reads of a few records touch the block cache alone and cost less than a change of threads.
  MethodOptions Inline() const {
    return {.default_deadline = runtime_->limits().read_deadline, .dispatch = Dispatch::kInline};
  }
  MethodOptions Read() const { return {.default_deadline = runtime_->limits().read_deadline}; }
  MethodOptions Question() const {
    return {.default_deadline = runtime_->limits().question_deadline};
  }
  MethodOptions Transfer() const {
    return {.default_deadline = runtime_->limits().transfer_deadline};
  }

  LocalGraph* const graph_;
  ServiceRuntime* const runtime_;
  Method get_node_{runtime_, kName, "GetNode", Inline()};
  Method batch_get_nodes_{runtime_, kName, "BatchGetNodes", Read()};
  Method list_nodes_{runtime_, kName, "ListNodes", Read()};
  Method list_edges_{runtime_, kName, "ListEdges", Read()};
  Method commit_{
      runtime_,
      kName,
      "Commit",
      {.default_deadline = runtime_->limits().question_deadline, .dispatch = Dispatch::kWriter}};
  Method match_paths_{runtime_, kName, "MatchPaths", Question()};
  Method find_paths_{runtime_, kName, "FindPaths", Question()};
  Method get_neighborhood_{runtime_, kName, "GetNeighborhood", Read()};
  Method get_history_{runtime_, kName, "GetHistory", Read()};
  Method get_ontology_{runtime_, kName, "GetOntology", Inline()};
  Method get_statistics_{runtime_, kName, "GetStatistics", Question()};
  Method traverse_{runtime_, kName, "Traverse", Question()};
  Method watch_{runtime_, kName, "Watch", {.default_deadline = absl::InfiniteDuration()}};
  Method export_{runtime_, kName, "Export", Transfer()};
  Method import_{runtime_, kName, "Import", Transfer()};
};

}  // namespace

std::unique_ptr<HostedService> MakeGraphService(LocalGraph* graph, ServiceRuntime* runtime) {
  return std::make_unique<GraphService>(graph, runtime);
}

}  // namespace attlas::services
