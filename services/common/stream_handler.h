// How every streaming RPC is handled: the reactor is fed by a worker through a bounded buffer.
//
// What: the function of a stream runs on a thread of the pool for streams and blocks while the
// buffer is full (server streams) or empty (client streams), so that a slow peer costs a waiting
// thread and a few messages, never memory without bound. Cancellation wakes it.
// Threads: a reactor lives from the call's arrival until both gRPC and the worker are done with it.
//
// Example (server stream):
//   return StartServerStream<v1::ExportResponse>(
//       &export_, context, *request, [this, request](const CallContext& call, auto& writer) {
//         return graph_->Export(call, *request, [&](v1::ExportResponse&& batch) {
//           return writer.Send(std::move(batch));
//         });
//       });
#ifndef ATTLAS_SERVICES_COMMON_STREAM_HANDLER_H_
#define ATTLAS_SERVICES_COMMON_STREAM_HANDLER_H_

#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/byte_buffer.h>

#include <atomic>
#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/access/token_verifier.h"
#include "services/common/handler.h"
#include "services/common/status.h"
#include "services/common/undecodable_request.h"

namespace attlas::services {

// UNAUTHENTICATED (CREDENTIALS_REJECTED): ends a stream whose caller is granted something else by
// now.
inline absl::Status NoLongerGranted() {
  return CredentialsRejected("what is granted to you has changed; call again");
}

// The writing half of a server stream.
template <typename Response>
class ServerStream final : public grpc::ServerWriteReactor<Response> {
 public:
  ServerStream(Method* method, grpc::CallbackServerContext* context)
      : call_(method, context, /*counts=*/false),
        limit_(method->runtime()->limits().stream_buffer_messages),
        stall_(method->runtime()->limits().stream_stall) {
    call_.mutable_context().cancelled = [this] {
      return cancelled_.load() || !call_.StillGranted();
    };
  }
  Call& call() { return call_; }

  // Queues a message; waits while the buffer is full. False when the caller takes no more: it went
  // away, or took nothing for as long as the limit `stream_stall`.
  bool Send(Response&& response) ABSL_LOCKS_EXCLUDED(mutex_) {
    call_.EchoRequestId();
    const Response* write = nullptr;
    {
      absl::MutexLock lock(&mutex_);
      if (!WaitForRoom()) return false;
      queue_.push_back(std::move(response));
      if (queue_.size() == 1) write = &queue_.front();
    }
    if (write != nullptr) this->StartWrite(write);
    return true;
  }

  // Whether Send gave up on a caller that takes nothing. The caller still gets what is under way,
  // then the status.
  bool stalled() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return stalled_;
  }
  // The last message that the caller gets. REQUIRES: stalled().
  const Response& last_message() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return queue_.front();
  }

  // Runs on a worker: the whole of the call.
  template <typename Function>
  void Run(Function& function) {
    absl::Status status = call_.Check();
    if (status.ok()) status = Guarded([&] { return function(call_.context(), *this); });
    if (status.code() == absl::StatusCode::kCancelled && !call_.StillGranted()) {
      status = NoLongerGranted();
    }
    WaitUntilWritten();
    if (stalled() && status.ok()) status = Overloaded("the reader of the stream is too slow");
    End(status);
  }
  void End(const absl::Status& status) { this->Finish(call_.End(status)); }

  void KeepAlive(std::shared_ptr<ServerStream> self) { self_ = std::move(self); }
  void OnWriteDone(bool ok) override {
    const Response* next = nullptr;
    {
      absl::MutexLock lock(&mutex_);
      if (!ok) failed_ = true;
      if (!stalled_) queue_.pop_front();
      if (!failed_ && !stalled_ && !queue_.empty()) next = &queue_.front();
      changed_.SignalAll();
    }
    if (next != nullptr) this->StartWrite(next);
  }
  void OnCancel() override {
    cancelled_.store(true);
    absl::MutexLock lock(&mutex_);
    failed_ = true;
    changed_.SignalAll();
  }
  void OnDone() override {
    // The worker may hold the last reference; whoever does frees the reactor.
    const std::shared_ptr<ServerStream> self = std::move(self_);
  }

 private:
  bool WaitForRoom() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (!failed_ && !stalled_ && queue_.size() >= limit_) WaitForProgress();
    return !failed_ && !stalled_;
  }
  void WaitUntilWritten() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    while (!failed_ && !stalled_ && !queue_.empty()) WaitForProgress();
  }
  void WaitForProgress() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const size_t before = queue_.size();
    const bool timed_out = changed_.WaitWithTimeout(&mutex_, stall_);
    if (!timed_out || failed_ || queue_.size() < before) return;
    stalled_ = true;
    queue_.erase(queue_.begin() + 1, queue_.end());  // The first belongs to gRPC.
  }

  Call call_;
  const size_t limit_;
  const absl::Duration stall_;
  std::atomic<bool> cancelled_{false};
  std::shared_ptr<ServerStream> self_;
  mutable absl::Mutex mutex_;
  absl::CondVar changed_;
  std::deque<Response> queue_ ABSL_GUARDED_BY(mutex_);  // The first is being written.
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
  bool stalled_ ABSL_GUARDED_BY(mutex_) = false;
};

// Handles a server stream with `function(const CallContext&, ServerStream<Response>& writer)`,
// which returns absl::Status.
template <typename Response, typename Function>
grpc::ServerWriteReactor<Response>* StartServerStream(Method* method,
                                                      grpc::CallbackServerContext* context,
                                                      const google::protobuf::Message& request,
                                                      Function function) {
  const auto stream = std::make_shared<ServerStream<Response>>(method, context);
  stream->KeepAlive(stream);
  absl::Status admitted = stream->call().TakeRequest(request);
  // A call that was refused for itself is told so, on the stream's own thread.
  if (admitted.ok() || !stream->call().Check().ok()) {
    admitted = method->runtime()->streams().Submit(
        [stream, handle = std::move(function)]() mutable { stream->Run(handle); });
  }
  if (!admitted.ok()) stream->End(admitted);
  return stream.get();
}

// The reading half of a client stream. It takes bytes, not messages: gRPC reports a message that
// cannot be parsed as the end of the stream, and half a stream would pass for a whole one.
template <typename Request, typename Response>
class ClientStream final : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  ClientStream(Method* method, grpc::CallbackServerContext* context, grpc::ByteBuffer* response)
      : call_(method, context, /*counts=*/false),
        limit_(method->runtime()->limits().stream_buffer_messages),
        response_(response) {
    call_.mutable_context().cancelled = [this] { return cancelled_.load(); };
    this->StartRead(&incoming_);
  }

  // Takes the next message; waits for it. False at the end, or when the caller went away: gRPC
  // tells both alike, so a method that must know the one from the other has an end marker in its
  // messages.
  bool Next(Request* request) ABSL_LOCKS_EXCLUDED(mutex_) {
    bool resume = false;
    {
      absl::MutexLock lock(&mutex_);
      while (queue_.empty() && !ended_ && !cancelled_.load()) {
        if (changed_.WaitWithDeadline(&mutex_, call_.context().deadline)) return false;
      }
      if (queue_.empty() || cancelled_.load()) return false;
      *request = std::move(queue_.front());
      queue_.pop_front();
      std::swap(resume, paused_);
    }
    if (resume) this->StartRead(&incoming_);
    return true;
  }

  // Runs on a worker: the whole of the call.
  template <typename Function>
  void Run(Function& function) {
    absl::Status status = call_.Check();
    if (status.ok()) {
      status = Guarded([&]() -> absl::Status {
        absl::StatusOr<Response> result = function(call_.context(), *this);
        if (!result.ok()) return std::move(result).status();
        return Respond(*result);
      });
    }
    if (undecodable_.load()) status = UndecodableRequest();
    End(status);
  }
  void End(const absl::Status& status) { this->Finish(call_.End(status)); }

  void KeepAlive(std::shared_ptr<ClientStream> self) { self_ = std::move(self); }
  void OnReadDone(bool ok) override {
    bool resume = false;
    Request request;
    if (ok && !grpc::SerializationTraits<Request>::Deserialize(&incoming_, &request).ok()) {
      undecodable_.store(true);
      cancelled_.store(true);  // Nothing of the stream may be applied.
    }
    {
      absl::MutexLock lock(&mutex_);
      if (ok && !undecodable_.load()) {
        queue_.push_back(std::move(request));
        paused_ = queue_.size() >= limit_;
        resume = !paused_;
      } else {
        ended_ = true;
      }
      changed_.SignalAll();
    }
    if (resume) this->StartRead(&incoming_);
  }
  void OnCancel() override {
    cancelled_.store(true);
    absl::MutexLock lock(&mutex_);
    changed_.SignalAll();
  }
  void OnDone() override { const std::shared_ptr<ClientStream> self = std::move(self_); }

 private:
  absl::Status Respond(const Response& response) {
    bool owned = false;
    const grpc::Status status =
        grpc::SerializationTraits<Response>::Serialize(response, response_, &owned);
    return status.ok() ? absl::OkStatus() : absl::InternalError(status.error_message());
  }

  Call call_;
  const size_t limit_;
  grpc::ByteBuffer* const response_;
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> undecodable_{false};
  std::shared_ptr<ClientStream> self_;
  grpc::ByteBuffer incoming_;  // Belongs to gRPC while a read is under way.
  absl::Mutex mutex_;
  absl::CondVar changed_;
  std::deque<Request> queue_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool paused_ ABSL_GUARDED_BY(mutex_) = false;  // No read is under way: the buffer was full.
};

// Handles a client stream with `function(const CallContext&, ClientStream<...>& reader)`, which
// returns absl::StatusOr<Response>. The method is one of WithRawCallbackMethod_<Name>.
template <typename Request, typename Response, typename Function>
grpc::ServerReadReactor<grpc::ByteBuffer>* StartClientStream(Method* method,
                                                             grpc::CallbackServerContext* context,
                                                             grpc::ByteBuffer* response,
                                                             Function function) {
  const auto stream = std::make_shared<ClientStream<Request, Response>>(method, context, response);
  stream->KeepAlive(stream);
  const absl::Status admitted = method->runtime()->streams().Submit(
      [stream, handle = std::move(function)]() mutable { stream->Run(handle); });
  if (!admitted.ok()) stream->End(admitted);
  return stream.get();
}

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_STREAM_HANDLER_H_
