// What an RPC answered as a response of HTTP.
//
// Threads: functions, and a class that is single-thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_RPC_ANSWER_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_RPC_ANSWER_H_

#include <grpcpp/support/status.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/gateway/http/http_message.h"
#include "services/gateway/http/shared_bytes.h"
#include "services/gateway/json/json_memo.h"
#include "services/gateway/rpc/metadata.h"
#include "services/gateway/rpc/rpc_request.h"

namespace attlas::gateway {

// The outcome of a unary call.
struct UnaryOutcome {
  grpc::Status status;
  Metadata initial;
  Metadata trailing;
  SharedBytes message;  // Of a call that was OK.
};

// Where JSON of large answers is kept; and its time when the question was asked.
struct MemoAt {
  JsonMemo* memo = nullptr;  // Null for nowhere.
  uint64_t time = 0;
  // The JSON that FindWritten found, which stands for the message then.
  JsonMemo::Text written = nullptr;
};

// The JSON of a message where it goes on as JSON that is held already; null otherwise.
JsonMemo::Text FindWritten(const CallShape& shape, const SharedBytes& bytes, JsonMemo* memo);

// The whole response, in whatever protocol the call was spoken.
HttpResponse UnaryAnswer(const CallShape& shape, UnaryOutcome outcome, const MemoAt& kept = {});

// Whether a message of so many bytes is written so soon that a thread of gRPC may do it.
bool IsQuick(const CallShape& shape, size_t message_bytes);

// The pieces of a response that is sent in pieces: Head, any number of Message, End.
class StreamAnswer {
 public:
  explicit StreamAnswer(const CallShape& shape) : shape_(shape) {}

  // The header; its body is empty.
  HttpResponse Head(const Metadata& initial) const;
  // INTERNAL for bytes that are no message of the method.
  absl::StatusOr<std::string> Message(SharedBytes bytes) const;
  std::string End(const grpc::Status& status, const Metadata& trailing) const;

 private:
  std::string Framed(uint8_t flags, std::string_view content) const;

  const CallShape& shape_;  // Outlives this.
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_RPC_ANSWER_H_
