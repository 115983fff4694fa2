#include "services/gateway/rpc/rpc_call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <utility>

#include "services/common/status.h"
#include "services/gateway/http/shared_bytes.h"
#include "services/gateway/rpc/generic_call.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_answer.h"
#include "services/gateway/rpc/rpc_error.h"
#include "services/gateway/rpc/stream_call.h"

namespace attlas::gateway {
namespace {

// One request, one answer.
class UnaryCall final : public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(const std::shared_ptr<Exchange>& exchange, CallShape shape)
      : keep_server_(exchange->KeepServer()), exchange_(exchange), shape_(std::move(shape)) {}

  void Start(const CallRequest& request, const CallContext& services) {
    PrepareContext(request, exchange_->peer(), services.callers, &context_);
    memo_ = {.memo = services.memo, .time = services.memo->time()};
    request_ = ToBuffer(request.message);
    exchange_->OnGone([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->context_.TryCancel();
    });
    services.stub->UnaryCall(
        &context_, PathOf(*shape_.method), {}, &request_, &response_,
        [self = shared_from_this()](const grpc::Status& status) { self->TakeAnswer(status); });
  }

 private:
  // On a thread of gRPC, which is not to be held up: what takes longer is left to the server's own.
  void TakeAnswer(const grpc::Status& status) {
    bool quick = !status.ok() || IsQuick(shape_, response_.Length());
    if (status.ok()) message_ = WholeOf(response_);
    if (!quick && message_.has_value()) {
      memo_.written = FindWritten(shape_, message_, memo_.memo);
      quick = memo_.written != nullptr;
    }
    const auto finish = [self = shared_from_this(), status] { self->Finish(status); };
    quick ? exchange_->Run(finish) : exchange_->Post(finish);
  }
  void Finish(const grpc::Status& status) {
    if (status.ok() && !message_.has_value()) message_ = BytesOf(response_);
    UnaryOutcome outcome{.status = status,
                         .initial = MetadataOf(context_.GetServerInitialMetadata()),
                         .trailing = MetadataOf(context_.GetServerTrailingMetadata()),
                         .message = std::move(message_)};
    exchange_->Respond(UnaryAnswer(shape_, std::move(outcome), memo_));
  }

  const std::shared_ptr<void> keep_server_;  // The first here, so that it goes last.
  const std::shared_ptr<Exchange> exchange_;
  const CallShape shape_;
  MemoAt memo_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  SharedBytes message_;  // What `response_` holds.
};

}  // namespace

void StartCall(const std::shared_ptr<Exchange>& exchange, CallShape shape, CallRequest request,
               const CallContext& services) {
  // gRPC has no deadline so short that an answer could not come before it.
  if (request.timeout == absl::ZeroDuration()) {
    return FailCall(exchange, shape, attlas::services::DeadlineExceeded());
  }
  if (IsStream(*shape.method)) {
    StartStream(exchange, std::move(shape), request, services);
  } else {
    std::make_shared<UnaryCall>(exchange, std::move(shape))->Start(request, services);
  }
}

void FailCall(const std::shared_ptr<Exchange>& exchange, const CallShape& shape,
              const absl::Status& status) {
  exchange->Respond(UnaryAnswer(
      shape, {.status = ToRpcStatus(status), .initial = {}, .trailing = {}, .message = {}}));
}

}  // namespace attlas::gateway
