// Messages as they come.
//
// Threads: one thread reads; Cancel may be called by any.
//
// Example:
//   auto stream = client.Open(&GraphService::Stub::Watch, request);
//   WatchResponse batch;
//   while (stream.Read(&batch)) Show(batch);
//   return stream.Finish();
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_STREAM_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_STREAM_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "attlas/client/cancellation.h"
#include "attlas/client/connection.h"
#include "attlas/client/error.h"

namespace attlas::client {

template <typename Response>
class Stream {
 public:
  using Reader = std::unique_ptr<grpc::ClientReader<Response>>;

  // Made by Client::Open: `begin` begins the call with a context.
  Stream(std::shared_ptr<Connection> connection,
         std::function<Reader(grpc::ClientContext*, const std::optional<std::string>& token)> begin,
         std::function<void(const Response&)> note, Cancellation* cancellation)
      : connection_(std::move(connection)),
        begin_(std::move(begin)),
        note_(std::move(note)),
        outer_(cancellation),
        own_(std::make_unique<Cancellation>()),
        token_(connection_->Token()) {
    Begin();
  }
  Stream(Stream&&) noexcept = default;
  // Ends a stream that was not read to its end.
  ~Stream() {
    if (call_ == nullptr || call_->ended.has_value()) return;
    Cancel();
    call_->reader->Finish().IgnoreError();
  }

  // Waits for the next message. False when the stream has ended; Finish says how.
  bool Read(Response* message) {
    if (call_->ended.has_value()) return false;
    while (!call_->reader->Read(message)) {
      const grpc::Status ended = call_->reader->Finish();
      call_->ended = FromGrpc(ended, call_->by_outer.cancelled() || call_->by_own.cancelled());
      if (!BegunAnew()) return false;
    }
    began_ = true;
    note_(*message);
    return true;
  }

  // How the stream ended; waits for it, without its messages.
  absl::Status Finish() {
    for (Response message; Read(&message);) {
    }
    return *call_->ended;
  }

  // Ends it: Read returns false soon, and Finish returns CANCELLED.
  void Cancel() { own_->Cancel(); }

 private:
  struct Call {
    Call(Cancellation* outer, Cancellation* own)
        : by_outer(outer, &context), by_own(own, &context) {}
    grpc::ClientContext context;
    Cancellation::During by_outer;
    Cancellation::During by_own;
    Reader reader;
    std::optional<absl::Status> ended;
  };

  void Begin() {
    call_ = std::make_unique<Call>(outer_, own_.get());
    call_->reader = begin_(&call_->context, token_);
  }

  // Whether a token that was refused at the start has been replaced. One that ends later ends the
  // stream: what was read must not come twice.
  bool BegunAnew() {
    if (began_ || !absl::IsUnauthenticated(*call_->ended)) return false;
    std::optional<std::string> other = connection_->RenewedToken(token_);
    if (!other.has_value()) return false;
    token_ = std::move(other);
    Begin();
    return true;
  }

  std::shared_ptr<Connection> connection_;
  std::function<Reader(grpc::ClientContext*, const std::optional<std::string>&)> begin_;
  std::function<void(const Response&)> note_;
  Cancellation* outer_;
  std::unique_ptr<Cancellation> own_;
  std::optional<std::string> token_;
  bool began_ = false;
  std::unique_ptr<Call> call_;
};

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_STREAM_H_
