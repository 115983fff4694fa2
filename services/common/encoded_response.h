// A response that was written as bytes at once, without a message of the whole.
//
// What: the bytes, and beside them what those who send them look at. Parse gives the message to who
// wants that.
// When not: for a response of some kilobytes, which a message serves better.
// Threads: a value.
//
// Example:
//   v1::FindSynergiesResponse head;   // with `revision` and `reached_bounds`
//   return EncodedResponse<v1::FindSynergiesResponse>(std::move(writer).Take(), std::move(head));
#ifndef ATTLAS_SERVICES_COMMON_ENCODED_RESPONSE_H_
#define ATTLAS_SERVICES_COMMON_ENCODED_RESPONSE_H_

#include <cstdlib>
#include <string_view>
#include <utility>

#include "services/common/wire_writer.h"

namespace attlas::services {

template <typename Message>
class EncodedResponse {
 public:
  // `head` has the revision and the bounds that were reached, and may have more of the fields.
  EncodedResponse(OwnedBytes bytes, Message head)
      : bytes_(std::move(bytes)), head_(std::move(head)) {}

  const Message& head() const { return head_; }
  std::string_view bytes() const { return bytes_.view(); }
  OwnedBytes TakeBytes() { return std::move(bytes_); }

  // The whole message.
  Message Parse() const {
    Message message;
    // They were written here.
    if (!message.ParseFromArray(bytes_.data.get(), static_cast<int>(bytes_.size))) std::abort();
    return message;
  }

 private:
  OwnedBytes bytes_;
  Message head_;
};

// What those who send an answer look at: its revision and its bounds.
template <typename Message>
const Message& HeadOf(const EncodedResponse<Message>& response) {
  return response.head();
}
template <typename Message>
Message MessageOf(const EncodedResponse<Message>& response) {
  return response.Parse();
}

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_ENCODED_RESPONSE_H_
