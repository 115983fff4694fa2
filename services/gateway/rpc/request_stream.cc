#include "services/gateway/rpc/request_stream.h"

#include <utility>

namespace attlas::gateway {

RequestStream::RequestStream(std::shared_ptr<Exchange> exchange, const CallShape& shape,
                             const HttpLimits& limits, bool gzip)
    : exchange_(std::move(exchange)), shape_(shape), limits_(limits), gzip_(gzip) {}

void RequestStream::Read(Next next) {
  ++number_;
  exchange_->ReadBody(EnvelopePrefix::kBytes,
                      [this, next = std::move(next)](const std::string& bytes) mutable {
                        OnPrefix(bytes, std::move(next));
                      });
}

void RequestStream::OnPrefix(const std::string& bytes, Next next) {
  if (bytes.empty()) return next(Message());
  if (bytes.size() < EnvelopePrefix::kBytes) return next(PrefixIsCut(number_));
  const EnvelopePrefix prefix = ParsePrefix(bytes);
  if (absl::Status fit = CheckPrefix(prefix, gzip_, limits_); !fit.ok()) {
    return next(std::move(fit));
  }
  exchange_->ReadBody(prefix.length,
                      [this, prefix, next = std::move(next)](const std::string& message) {
                        OnMessage(prefix, message, next);
                      });
}

void RequestStream::OnMessage(const EnvelopePrefix& prefix, const std::string& bytes,
                              const Next& next) {
  if (bytes.size() < prefix.length) return next(MessageIsCut(number_, prefix, bytes.size()));
  absl::StatusOr<std::string> message = ReadMessage(shape_, {prefix.flags, bytes}, limits_);
  if (!message.ok()) return next(message.status());
  next(Message(*std::move(message)));
}

}  // namespace attlas::gateway
