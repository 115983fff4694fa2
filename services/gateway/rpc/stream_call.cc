#include "services/gateway/rpc/stream_call.h"

#include <grpcpp/support/client_callback.h>

#include <utility>

#include "services/gateway/rpc/generic_call.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/request_stream.h"
#include "services/gateway/rpc/rpc_answer.h"
#include "services/gateway/rpc/rpc_error.h"

namespace attlas::gateway {
namespace {

// One request and one answer are in memory at a time: the next request is read once the service has
// taken the one before, the next answer once the socket has.
//
// Invariants:
// 1. gRPC holds the call open once for each direction that goes on: the reads until there is no
//    more to read, the writes until the last one, or until they are of no use any more.
// 2. All but the reactions of gRPC, named On…, runs as tasks of the exchange.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(const std::shared_ptr<Exchange>& exchange, CallShape shape,
             const CallContext& services, bool gzip)
      : keep_server_(exchange->KeepServer()),
        exchange_(exchange),
        shape_(std::move(shape)),
        requests_(exchange, shape_, *services.limits, gzip),
        answer_(shape_) {}

  void Start(const CallRequest& request, const CallContext& services) {
    PrepareContext(request, exchange_->peer(), services.callers, &context_);
    self_ = shared_from_this();
    exchange_->OnGone([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->Leave();
    });
    services.stub->PrepareBidiStreamingCall(&context_, PathOf(*shape_.method), {}, this);
    AddHold();
    reading_ = true;
    if (shape_.method->client_streaming()) {
      AddHold();
      StartCall();
      ReadRequest();
    } else {
      writes_ended_ = true;
      request_ = ToBuffer(request.message);
      StartWriteLast(&request_, grpc::WriteOptions());
      StartCall();
    }
    StartRead(&response_);
  }

  void OnWriteDone(bool ok) override {
    if (!shape_.method->client_streaming()) return;
    exchange_->Post([self = self_, ok] { self->RequestPassed(ok); });
  }
  void OnReadInitialMetadataDone(bool ok) override {
    if (!ok) return;
    exchange_->Run([self = self_] { self->SendHead(); });
  }
  void OnReadDone(bool ok) override {
    exchange_->Post([self = self_, ok] { ok ? self->TakeMessage() : self->AnswersEnded(); });
  }
  void OnDone(const grpc::Status& status) override {
    exchange_->Post([self = std::move(self_), status] { self->Finish(status); });
  }

 private:
  // Requests.
  void ReadRequest() {
    requests_.Read([self = shared_from_this()](absl::StatusOr<RequestStream::Message> message) {
      self->PassRequest(std::move(message));
    });
  }
  void PassRequest(absl::StatusOr<RequestStream::Message> message) {
    if (writes_ended_) return;
    if (!message.ok()) {
      failure_ = message.status();
      return Leave();
    }
    if (!message->has_value()) {
      StartWritesDone();
      return EndWrites();
    }
    writing_ = true;
    request_ = ToBuffer(**message);
    StartWrite(&request_);
  }
  void RequestPassed(bool ok) {
    writing_ = false;
    if (writes_ended_) return;
    if (!ok || gone_ || answers_ended_) return EndWrites();
    ReadRequest();
  }
  // The service wants no more of them, or there are no more.
  void EndWrites() {
    if (std::exchange(writes_ended_, true)) return;
    RemoveHold();
  }

  // Answers.
  void SendHead() {
    if (head_sent_) return;
    head_sent_ = true;
    exchange_->StartStream(answer_.Head(MetadataOf(context_.GetServerInitialMetadata())));
  }
  void TakeMessage() {
    reading_ = false;
    if (gone_) return AnswersEnded();
    SendHead();
    absl::StatusOr<std::string> piece = answer_.Message(BytesOf(response_));
    if (!piece.ok()) {
      failure_ = piece.status();
      return Leave();
    }
    exchange_->Write(*std::move(piece), [self = shared_from_this()] { self->ReadAnswer(); });
  }
  void ReadAnswer() {
    if (gone_) return;
    reading_ = true;
    StartRead(&response_);
  }
  void AnswersEnded() {
    if (std::exchange(answers_ended_, true)) return;
    reading_ = false;
    if (!writing_) EndWrites();
    RemoveHold();
  }

  // Ends the call: its client went away, or it cannot go on.
  void Leave() {
    if (std::exchange(gone_, true)) return;
    context_.TryCancel();
    if (!writing_) EndWrites();
    if (!reading_) AnswersEnded();
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
  RequestStream requests_;  // Read where the client streams.
  const StreamAnswer answer_;
  grpc::ClientContext context_;
  // Each belongs to gRPC while its write, or its read, is under way.
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  absl::Status failure_;  // Why the call could not go on.
  bool head_sent_ = false;
  bool writing_ = false;
  bool writes_ended_ = false;
  bool reading_ = false;
  bool answers_ended_ = false;
  bool gone_ = false;
  std::shared_ptr<StreamCall> self_;  // Until gRPC is done with it.
};

}  // namespace

void StartStream(const std::shared_ptr<Exchange>& exchange, CallShape shape,
                 const CallRequest& request, const CallContext& services) {
  std::make_shared<StreamCall>(exchange, std::move(shape), services, request.gzip)
      ->Start(request, services);
}

}  // namespace attlas::gateway
