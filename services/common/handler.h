// How every RPC is handled: one helper, so that no service forgets a step.
//
// What: takes the request id (metadata `x-request-id`, or a new one; echoed), applies a deadline
// where the caller sets none, finds out who calls and what they may do and see, admits the call or
// refuses it, runs it on the event thread or on a pool, maps the status, counts, logs and records.
// When not: streams have helpers of their own in stream_handler.h, over the same Call.
// Threads: a Method is thread-safe and lives as long as its service.
//
// Example:
//   class Service final : public v1::InstrumentService::CallbackService, public HostedService {
//     grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
//                                         const v1::GetStatusRequest* request,
//                                         v1::GetStatusResponse* response) override {
//       return get_status_.Unary(context, request, response, &queries_,
//                                &InstrumentQueries::GetStatus);
//     }
//     Method get_status_{runtime_, "attlas.instruments.v1.InstrumentService", "GetStatus",
//                        {.default_deadline = runtime_->limits().question_deadline}};
//   };
#ifndef ATTLAS_SERVICES_COMMON_HANDLER_H_
#define ATTLAS_SERVICES_COMMON_HANDLER_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "graph/base/status_macros.h"
#include "services/access/principal.h"
#include "services/common/graph_api.h"
#include "services/common/service_host.h"

namespace attlas::services {

// Where a call runs.
enum class Dispatch {
  kInline,  // On the event thread: for what takes some microseconds and never waits.
  kWorker,  // On the pool for reads and questions.
  kWriter,  // On the pool for commits, which wait for the disk.
};

struct MethodOptions {
  absl::Duration default_deadline = absl::Seconds(5);  // Infinite for none.
  Dispatch dispatch = Dispatch::kWorker;
};

// What answers one RPC: a member of the class that holds the logic of its service.
template <typename Queries, typename Request, typename Response>
using Question = absl::StatusOr<Response> (Queries::*)(const CallContext&, const Request&) const;

// What is fixed about one RPC.
class Method {
 public:
  Method(ServiceRuntime* runtime, std::string_view service, std::string_view name,
         const MethodOptions& options = {});

  // Handles a unary call with `function(const CallContext&, const Request&)`, which returns
  // absl::StatusOr<Response> and is kept until the call has ended.
  template <typename Request, typename Response, typename Function>
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, Function function);

  // The same with a question of `queries`, which outlives the call.
  template <typename Queries, typename Request, typename Response>
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, const Queries* queries,
                                  Question<Queries, Request, Response> question);

  ServiceRuntime* runtime() const { return runtime_; }
  const std::string& full_name() const { return full_name_; }
  const MethodOptions& options() const { return options_; }
  // What its proto says that it needs; ROLE_UNSPECIFIED, which nobody has, where it says nothing.
  Role role() const { return role_; }
  MethodMetrics& metrics() { return metrics_; }

 private:
  ServiceRuntime* runtime_;
  std::string full_name_;  // `attlas.graph.v1.GraphService/GetNode`.
  MethodOptions options_;
  Role role_;
  MethodMetrics metrics_;
};

// One call in hand, from its admission to its status. Single-thread, apart from `cancelled`.
class Call {
 public:
  // `counts` is false for streams, which have a bound of their own.
  Call(Method* method, grpc::CallbackServerContext* context, bool counts = true);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const CallContext& context() const { return context_; }
  CallContext& mutable_context() { return context_; }

  // OK to go on: admitted, neither out of time nor cancelled.
  absl::Status Check() const;

  // Takes note of what is asked. PERMISSION_DENIED (ROLE_INSUFFICIENT) where the request sets what
  // the caller may not.
  absl::Status TakeRequest(const google::protobuf::Message& request);
  // Takes note of what was read or made.
  void NoteRevision(std::string_view revision);
  template <typename Response>
  void NoteResponse(const Response& response) {
    if constexpr (requires { response.revision(); }) NoteRevision(response.revision());
  }

  // Sends the request id back with what is answered. A stream does so before its first message;
  // where nobody did, End does.
  void EchoRequestId();

  // Whether what was granted at the beginning still is: for streams, which may outlive a token or a
  // policy.
  bool StillGranted() const;

  // Ends the call: counts, logs and returns what the caller is told. Exactly once.
  grpc::Status End(const absl::Status& status);

 private:
  // Who calls, and whether they may.
  absl::Status Authorize(const grpc::CallbackServerContext& context);
  void Record(const absl::Status& status, absl::Time end);

  Method* method_;
  grpc::CallbackServerContext* server_context_;
  CallContext context_;
  absl::Time start_;
  absl::Status admission_;
  bool entered_ = false;
  bool echoed_ = false;
  PrincipalPtr principal_;  // Null before it is known.
  std::string account_;     // The account of its quota; empty where none is charged.
  std::vector<std::string> resources_;
  std::string revision_;
};

// OK while the caller waits: CANCELLED or DEADLINE_EXCEEDED otherwise.
absl::Status CheckCall(const CallContext& context);

// Runs `function`; what a library throws becomes INTERNAL.
absl::Status Guarded(absl::FunctionRef<absl::Status()> function);

// Queues `task` where the method's dispatch says.
absl::Status Submit(const Method& method, WorkerPool::Task task);

template <typename Request, typename Response, typename Function>
grpc::ServerUnaryReactor* Method::Unary(grpc::CallbackServerContext* context,
                                        const Request* request, Response* response,
                                        Function function) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto run = [reactor, request, response](Call& call, Function& handle) {
    absl::Status status = call.Check();
    if (status.ok()) {
      status = Guarded([&]() -> absl::Status {
        ATTLAS_RETURN_IF_ERROR(call.TakeRequest(*request));
        absl::StatusOr<Response> result = handle(call.context(), *request);
        if (!result.ok()) return std::move(result).status();
        call.NoteResponse(*result);
        *response = *std::move(result);
        return absl::OkStatus();
      });
    }
    reactor->Finish(call.End(status));
  };
  if (options_.dispatch == Dispatch::kInline) {
    Call call(this, context);
    run(call, function);
    return reactor;
  }
  // Shared, because it is this frame that ends a call which the pool refuses.
  const auto call = std::make_shared<Call>(this, context);
  absl::Status admitted = call->Check();
  if (admitted.ok()) {
    admitted =
        Submit(*this, [run, call, handle = std::move(function)]() mutable { run(*call, handle); });
  }
  if (!admitted.ok()) reactor->Finish(call->End(admitted));
  return reactor;
}

template <typename Queries, typename Request, typename Response>
grpc::ServerUnaryReactor* Method::Unary(grpc::CallbackServerContext* context,
                                        const Request* request, Response* response,
                                        const Queries* queries,
                                        Question<Queries, Request, Response> question) {
  return Unary(context, request, response,
               [queries, question](const CallContext& call, const Request& asked) {
                 return (queries->*question)(call, asked);
               });
}

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_HANDLER_H_
