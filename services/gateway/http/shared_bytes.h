// Bytes that many share and nobody changes, wherever they lie: in a string, or in a slice of gRPC.
//
// What: an answer that goes on as it is goes on without a copy. Complexity: O(1) but for what is
// said to copy.
// Threads: a plain value; copies share the bytes, from any threads.
//
// Example:
//   const SharedBytes text(std::make_shared<const std::string>("good day"));
//   const auto slice = std::make_shared<const grpc::Slice>(...);
//   const SharedBytes whole({reinterpret_cast<const char*>(slice->begin()), slice->size()}, slice);
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_SHARED_BYTES_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_SHARED_BYTES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace attlas::gateway {

class SharedBytes {
 public:
  // None, which is not the same as no bytes.
  SharedBytes() = default;
  // A string, shared or taken; none for null. Without a copy.
  SharedBytes(std::shared_ptr<const std::string> text)  // NOLINT(google-explicit-constructor)
      : bytes_(text != nullptr ? std::string_view(*text) : std::string_view()),
        owner_(std::move(text)) {}
  SharedBytes(std::string text)  // NOLINT(google-explicit-constructor)
      : SharedBytes(std::make_shared<const std::string>(std::move(text))) {}
  // REQUIRES: `bytes` stay where and what they are while `owner` lives, which is not null.
  SharedBytes(std::string_view bytes, std::shared_ptr<const void> owner)
      : bytes_(bytes), owner_(std::move(owner)) {}

  bool has_value() const { return owner_ != nullptr; }
  std::string_view view() const { return bytes_; }
  size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_SHARED_BYTES_H_
