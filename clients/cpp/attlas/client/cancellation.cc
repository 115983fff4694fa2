#include "attlas/client/cancellation.h"

namespace attlas::client {

void Cancellation::Cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  for (grpc::ClientContext* call : calls_) call->TryCancel();
}

bool Cancellation::cancelled() const {
  const std::lock_guard lock(mutex_);
  return cancelled_;
}

Cancellation::During::During(Cancellation* cancellation, grpc::ClientContext* call)
    : cancellation_(cancellation), call_(call) {
  if (cancellation_ == nullptr) return;
  const std::lock_guard lock(cancellation_->mutex_);
  cancellation_->calls_.insert(call_);
  // gRPC keeps this for a call that has not begun.
  if (cancellation_->cancelled_) call_->TryCancel();
}

Cancellation::During::~During() {
  if (cancellation_ == nullptr) return;
  const std::lock_guard lock(cancellation_->mutex_);
  cancellation_->calls_.erase(call_);
}

}  // namespace attlas::client
