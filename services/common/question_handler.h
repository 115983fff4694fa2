// How a unary call is handled whose answer follows from the request and the graph alone.
//
// What: like Method::Unary, over the bytes of the messages. An answer that was given before goes
// out again as it is, straight from the event thread; others are made where the method's dispatch
// says and kept. Errors are not kept, nor what a deadline cut short.
// When not: for calls that change something, and for those that are quicker than a look-up.
//
// Example (a service that derives from WithRawCallbackMethod_GetStatus):
//   grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
//                                       const grpc::ByteBuffer* request,
//                                       grpc::ByteBuffer* response) override {
//     return AnswerQuestion(&get_status_, *graph_, context, request, response, &queries_,
//                           &InstrumentQueries::GetStatus);
//   }
//   Method get_status_{runtime_, kFullName, "GetStatus", QuestionOptions(*runtime_)};
#ifndef ATTLAS_SERVICES_COMMON_QUESTION_HANDLER_H_
#define ATTLAS_SERVICES_COMMON_QUESTION_HANDLER_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "graph/model/date.h"
#include "services/common/answer_cache.h"
#include "services/common/encoded_response.h"
#include "services/common/graph_api.h"
#include "services/common/handler.h"

namespace attlas::services {

// Where the answer of one call is kept. Single-thread.
class AnswerPlace {
 public:
  // Settles the revision and the date that the call asks about. Where the revision cannot be told
  // beforehand, there is no place: nothing is found or kept.
  AnswerPlace(const Method& method, const GraphApi& graph, const CallContext& context,
              const graph::v1::ReadOptions& read, const google::protobuf::Message& request);

  // The answer that was given before, or null.
  AnswerCache::Answer Find() const;

  // Keeps an answer, unless a commit or midnight came between the call and the answer, so that it
  // is one to another question. `revision` is the one that the answer names.
  void Keep(std::string_view revision, const grpc::ByteBuffer& answer) const;

  // The revision that the call asks about; empty where it cannot be told beforehand.
  const std::string& revision() const { return revision_; }

 private:
  AnswerCache* const cache_;
  const uint64_t generation_;  // Of the cache, before the graph is read.
  graph::Date today_;          // None where the request names its date.
  std::string revision_;
  std::string key_;  // Empty for no place.
};

// Reads a message; UndecodableRequest where the bytes are none of its kind.
absl::Status ReadMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message* message);
// Writes a message.
grpc::ByteBuffer WriteMessage(const google::protobuf::Message& message);
// The bytes as they are, without a copy.
grpc::ByteBuffer AdoptBytes(OwnedBytes bytes);

// What whoever sends an answer looks at, and the answer as bytes.
template <typename Made>
const MessageIn<Made>& HeadOf(const Made& made) {
  return MessageOf(made);
}
template <typename Made>
grpc::ByteBuffer WriteAnswer(const Made& made) {
  return WriteMessage(MessageOf(made));
}
template <typename Message>
grpc::ByteBuffer WriteAnswer(EncodedResponse<Message>& made) {
  return AdoptBytes(made.TakeBytes());
}

// Whether the time at hand cut an answer short, so that another call may get more.
template <typename Response>
bool IsCutByDeadline(const Response& response) {
  if constexpr (requires { response.reached_bounds(); }) {
    const auto& bounds = response.reached_bounds();
    return std::find(bounds.begin(), bounds.end(), graph::v1::BOUND_DEADLINE) != bounds.end();
  }
  return false;
}

// How a question is run: on the pool, within the time that all questions have.
inline MethodOptions QuestionOptions(const ServiceRuntime& runtime) {
  return {.default_deadline = runtime.limits().question_deadline};
}

// Handles a call with `function(const CallContext&, const Request&)`, which returns
// absl::StatusOr<Response>, or that of a SharedResponse or an EncodedResponse, and is kept until
// the call has ended. `Request` has `read`, `Response` has `revision`. `graph` outlives the call.
template <typename Request, typename Function>
grpc::ServerUnaryReactor* AnswerQuestion(Method* method, const GraphApi& graph,
                                         grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* bytes, grpc::ByteBuffer* answer,
                                         Function function) {
  struct Asked {
    Asked(Method* asked_method, grpc::CallbackServerContext* asked_context)
        : call(asked_method, asked_context) {}
    Call call;
    Request request;
    std::optional<AnswerPlace> place;
  };
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const auto asked = std::make_shared<Asked>(method, context);
  absl::Status status = asked->call.Check();
  if (status.ok()) status = ReadMessage(*bytes, &asked->request);
  if (status.ok()) status = asked->call.TakeRequest(asked->request);
  if (status.ok()) {
    asked->place.emplace(*method, graph, asked->call.context(), asked->request.read(),
                         asked->request);
    if (const AnswerCache::Answer kept = asked->place->Find(); kept != nullptr) {
      *answer = *kept;
      asked->call.NoteRevision(asked->place->revision());
      reactor->Finish(asked->call.End(absl::OkStatus()));
      return reactor;
    }
    auto make = [asked, reactor, answer, handle = std::move(function)]() mutable {
      absl::Status ended = asked->call.Check();
      // Taken apart after the caller has it.
      std::optional<decltype(handle(asked->call.context(), asked->request))> made;
      if (ended.ok()) {
        ended = Guarded([&]() -> absl::Status {
          made.emplace(handle(asked->call.context(), asked->request));
          if (!made->ok()) return made->status();
          const auto& head = HeadOf(**made);
          asked->call.NoteResponse(head);
          *answer = WriteAnswer(**made);
          if (!IsCutByDeadline(head)) asked->place->Keep(head.revision(), *answer);
          return absl::OkStatus();
        });
      }
      reactor->Finish(asked->call.End(ended));
    };
    if (method->options().dispatch == Dispatch::kInline) {
      make();
      return reactor;
    }
    status = Submit(*method, std::move(make));
  }
  if (!status.ok()) reactor->Finish(asked->call.End(status));
  return reactor;
}

// The same with a question of `queries`, which outlives the call.
template <typename Queries, typename Request, typename Made>
grpc::ServerUnaryReactor* AnswerQuestion(Method* method, const GraphApi& graph,
                                         grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* bytes, grpc::ByteBuffer* answer,
                                         const Queries* queries,
                                         Question<Queries, Request, Made> question) {
  return AnswerQuestion<Request>(
      method, graph, context, bytes, answer,
      [queries, question](const CallContext& call, const Request& request) {
        return (queries->*question)(call, request);
      });
}

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_QUESTION_HANDLER_H_
