#include "services/gateway/rpc_call.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <utility>

#include "absl/time/clock.h"
#include "services/common/status.h"
#include "services/gateway/method_table.h"
#include "services/gateway/rpc_answer.h"
#include "services/gateway/rpc_error.h"

namespace attlas::gateway {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

void Prepare(const CallRequest& request, const Peer& peer,
             const services::ForwardedCallers& callers, grpc::ClientContext* context) {
  for (const auto& [name, value] : request.metadata) context->AddMetadata(name, value);
  callers.Attach({.peer = peer.name,
                  .has_certificate = peer.has_certificate,
                  .certificate_uris = peer.certificate_uris},
                 context);
  if (request.timeout.has_value()) {
    context->set_deadline(absl::ToChronoTime(absl::Now() + *request.timeout));
  }
}

// One request, one answer.
class UnaryCall final : public std::enable_shared_from_this<UnaryCall> {
 public:
  UnaryCall(const std::shared_ptr<Exchange>& exchange, CallShape shape)
      : keep_server_(exchange->KeepServer()), exchange_(exchange), shape_(std::move(shape)) {}

  void Start(const CallRequest& request, const CallContext& services) {
    Prepare(request, exchange_->peer(), *services.callers, &context_);
    memo_ = services.memo;
    memo_time_ = memo_->time();
    request_ = ToBuffer(request.messages.front());
    exchange_->OnGone([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->context_.TryCancel();
    });
    services.stub->UnaryCall(
        &context_, PathOf(*shape_.method), {}, &request_, &response_,
        [self = shared_from_this()](grpc::Status status) {
          // The lambda below is the last to hold the call.
          self->exchange_->Post([self, status = std::move(status)] { self->Finish(status); });
        });
  }

 private:
  void Finish(const grpc::Status& status) {
    UnaryOutcome outcome{.status = status,
                         .initial = MetadataOf(context_.GetServerInitialMetadata()),
                         .trailing = MetadataOf(context_.GetServerTrailingMetadata()),
                         .message = status.ok() ? ToBytes(response_) : std::string()};
    exchange_->Respond(UnaryAnswer(shape_, std::move(outcome), {memo_, memo_time_}));
  }

  const std::shared_ptr<void> keep_server_;  // The first here, so that it goes last.
  const std::shared_ptr<Exchange> exchange_;
  const CallShape shape_;
  JsonMemo* memo_ = nullptr;
  uint64_t memo_time_ = 0;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

// Any number of requests, all there from the start, and of answers. One answer is in memory at a
// time: the next is read once the socket has taken it.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(const std::shared_ptr<Exchange>& exchange, CallShape shape)
      : keep_server_(exchange->KeepServer()),
        exchange_(exchange),
        shape_(std::move(shape)),
        answer_(shape_) {}

  void Start(const CallRequest& request, const CallContext& services) {
    Prepare(request, exchange_->peer(), *services.callers, &context_);
    for (const std::string& message : request.messages) requests_.push_back(ToBuffer(message));
    self_ = shared_from_this();
    exchange_->OnGone([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->Leave();
    });
    services.stub->PrepareBidiStreamingCall(&context_, PathOf(*shape_.method), {}, this);
    AddHold();  // For the reads, which begin outside of what gRPC calls.
    reading_ = true;
    StartCall();
    WriteNext();
    StartRead(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (ok) WriteNext();
  }
  void OnReadInitialMetadataDone(bool ok) override {
    if (!ok) return;
    exchange_->Post([self = self_] { self->SendHead(); });
  }
  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    exchange_->Post([self = self_] { self->TakeMessage(); });
  }
  void OnDone(const grpc::Status& status) override {
    exchange_->Post([self = std::move(self_), status] { self->Finish(status); });
  }

 private:
  // On a thread of gRPC, or before there is one.
  void WriteNext() {
    if (next_request_ == requests_.size()) {
      if (requests_.empty()) StartWritesDone();
      return;
    }
    const bool last = next_request_ + 1 == requests_.size();
    const grpc::ByteBuffer* const message = &requests_[next_request_++];
    if (last) return StartWriteLast(message, grpc::WriteOptions());
    StartWrite(message);
  }

  // The rest on the executor.
  void SendHead() {
    if (head_sent_) return;
    head_sent_ = true;
    exchange_->StartStream(answer_.Head(MetadataOf(context_.GetServerInitialMetadata())));
  }
  void TakeMessage() {
    reading_ = false;
    if (gone_) return RemoveHold();
    SendHead();
    absl::StatusOr<std::string> piece = answer_.Message(ToBytes(response_));
    if (!piece.ok()) {
      failure_ = piece.status();
      Leave();
      return;
    }
    exchange_->Write(*std::move(piece), [self = shared_from_this()] { self->ReadNext(); });
  }
  void ReadNext() {
    if (gone_) return;
    reading_ = true;
    StartRead(&response_);
  }
  void Leave() {
    if (gone_) return;
    gone_ = true;
    context_.TryCancel();
    if (!reading_) RemoveHold();
  }
  void Finish(const grpc::Status& status) {
    SendHead();
    const Metadata trailing = MetadataOf(context_.GetServerTrailingMetadata());
    const grpc::Status told = failure_.ok() ? status : ToRpcStatus(failure_);
    exchange_->Write(answer_.End(told, trailing), nullptr);
    exchange_->EndStream();
  }

  const std::shared_ptr<void> keep_server_;  // The first here, so that it goes last.
  const std::shared_ptr<Exchange> exchange_;
  const CallShape shape_;
  const StreamAnswer answer_;
  grpc::ClientContext context_;
  std::vector<grpc::ByteBuffer> requests_;
  size_t next_request_ = 0;
  grpc::ByteBuffer response_;  // Belongs to gRPC while a read is under way.
  absl::Status failure_;       // Why an answer could not be passed on.
  bool head_sent_ = false;
  bool reading_ = false;
  bool gone_ = false;
  std::shared_ptr<StreamCall> self_;  // Until gRPC is done with it.
};

}  // namespace

void StartCall(const std::shared_ptr<Exchange>& exchange, CallShape shape, CallRequest request,
               const CallContext& services) {
  // gRPC has no deadline so short that an answer could not come before it.
  if (request.timeout == absl::ZeroDuration()) {
    return FailCall(exchange, shape, attlas::services::DeadlineExceeded());
  }
  if (IsStream(*shape.method)) {
    std::make_shared<StreamCall>(exchange, std::move(shape))->Start(request, services);
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
