// Ends calls from another thread.
//
// When not: a stream has a Cancel of its own.
//
// Threads: thread-safe. It outlives the calls that it was given to.
//
// Example:
//   attlas::client::Cancellation stop;
//   std::thread asking([&] { client.Call(method, request, {.cancellation = &stop}); });
//   stop.Cancel();
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CANCELLATION_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CANCELLATION_H_

#include <grpcpp/client_context.h>

#include <mutex>
#include <set>

namespace attlas::client {

class Cancellation {
 public:
  Cancellation() = default;
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  // Ends the calls under way with CANCELLED, and those that are still to begin.
  void Cancel();
  bool cancelled() const;

  // For the code that calls: cancels a call where it is cancelled while this lives, or was before.
  class During {
   public:
    // Without a cancellation it does nothing.
    During(Cancellation* cancellation, grpc::ClientContext* call);
    ~During();
    During(const During&) = delete;
    During& operator=(const During&) = delete;
    bool cancelled() const { return cancellation_ != nullptr && cancellation_->cancelled(); }

   private:
    Cancellation* const cancellation_;
    grpc::ClientContext* const call_;
  };

 private:
  mutable std::mutex mutex_;
  bool cancelled_ = false;
  std::set<grpc::ClientContext*> calls_;
};

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CANCELLATION_H_
