// Writes the wire format of protobuf, field by field, where an answer is too large to be made as a
// message first and written as bytes after.
//
// What: writes what a message with these fields would be written as. Fields are to be written in
// the order of their numbers; then the bytes are those that protobuf itself writes, and what was
// written once can be put in again as it is. When not: for anything small. A message is checked by
// the compiler, this is not; whoever writes this way has a test that parses the bytes, writes the
// message and finds the same bytes. Complexity: O(bytes). Threads: single-thread.
//
// Example:
//   WireWriter writer;
//   const size_t begin = writer.Begin(Commitment::kThemeFieldNumber);
//   writer.Text(NamedNode::kNameFieldNumber, name);
//   writer.End(begin);
//   return std::move(writer).Take();
#ifndef ATTLAS_SERVICES_COMMON_WIRE_WRITER_H_
#define ATTLAS_SERVICES_COMMON_WIRE_WRITER_H_

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "google/protobuf/message_lite.h"

namespace attlas::services {

// Bytes of one owner, who may hand them on without a copy.
struct OwnedBytes {
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<char, Free> data;
  size_t size = 0;

  std::string_view view() const { return {data.get(), size}; }
};

class WireWriter {
 public:
  // With room for so many bytes, where that is known.
  explicit WireWriter(size_t expected_bytes = 0) { Grow(expected_bytes); }

  // A number, an enum or a boolean, none of them negative; nothing for 0, which is not written.
  void Number(int field, uint64_t value) {
    if (value == 0) return;
    char* to = Tag(field, kVarint, Room(2 * kMaxVarint));
    SetEnd(Varint(value, to));
  }

  // A double; nothing for 0.
  void Double(int field, double value) {
    const auto bits = std::bit_cast<uint64_t>(value);
    if (bits == 0) return;
    char* to = Tag(field, kFixed64, Room(kMaxVarint + sizeof(bits)));
    for (size_t i = 0; i < sizeof(bits); ++i) *to++ = static_cast<char>(bits >> 8 * i);
    SetEnd(to);
  }

  // A text; nothing where it is empty.
  void Text(int field, std::string_view text) {
    if (!text.empty()) Item(field, text);
  }

  // One of a list of texts, or a message that was written before; also where it is empty.
  void Item(int field, std::string_view bytes) {
    char* to = Tag(field, kDelimited, Room(2 * kMaxVarint + bytes.size()));
    SetEnd(Copy(bytes, Varint(bytes.size(), to)));
  }

  // A message, and the fields of one.
  void Message(int field, const google::protobuf::MessageLite& message) {
    const size_t size = message.ByteSizeLong();
    char* to = Tag(field, kDelimited, Room(2 * kMaxVarint + size));
    SetEnd(Write(message, Varint(size, to)));
  }
  void Fields(const google::protobuf::MessageLite& message) {
    SetEnd(Write(message, Room(message.ByteSizeLong())));
  }

  // Begins a message or a text whose parts follow; what is returned is given to End.
  size_t Begin(int field) {
    // Room for the length, which is not known yet: two bytes are right for all but few.
    SetEnd(Tag(field, kDelimited, Room(kMaxVarint + kUsualLength)) + kUsualLength);
    return size_;
  }
  void End(size_t begin) {
    const size_t length = size_ - begin;
    char written[kMaxVarint];
    const auto size = static_cast<size_t>(Varint(length, written) - written);
    if (size != kUsualLength) {
      Room(kMaxVarint);
      std::memmove(data_.get() + begin - kUsualLength + size, data_.get() + begin, length);
      size_ = begin - kUsualLength + size + length;
    }
    std::memcpy(data_.get() + begin - kUsualLength, written, size);
  }

  // Fields that were written before, or the parts of a text that was begun.
  void Append(std::string_view bytes) { SetEnd(Copy(bytes, Room(bytes.size()))); }
  void Append(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) Append(part);
  }
  // A number that is not negative, in decimal, as a part of a text.
  void AppendDecimal(uint64_t value) {
    char* const to = Room(kMaxDigits);
    SetEnd(std::to_chars(to, to + kMaxDigits, value).ptr);
  }

  // What was written so far; good until more is.
  std::string_view view() const { return {data_.get(), size_}; }

  // All that was written, in not much more room than it needs.
  OwnedBytes Take() && {
    if (capacity_ - size_ > size_ / 2) Resize(std::max<size_t>(size_, 1));
    return {.data = std::move(data_), .size = size_};
  }

 private:
  static constexpr uint32_t kVarint = 0;
  static constexpr uint32_t kFixed64 = 1;
  static constexpr uint32_t kDelimited = 2;
  static constexpr size_t kUsualLength = 2;
  static constexpr size_t kMaxVarint = 10;
  static constexpr size_t kMaxDigits = 20;
  static constexpr size_t kSmallest = 256;

  // The end, with room for so many bytes behind it.
  char* Room(size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return data_.get() + size_;
  }
  void Grow(size_t bytes) { Resize(std::max({kSmallest, 2 * size_, size_ + bytes})); }
  void Resize(size_t capacity) {
    char* const moved = static_cast<char*>(std::realloc(data_.get(), capacity));
    if (moved == nullptr) throw std::bad_alloc();
    (void)data_.release();
    data_.reset(moved);
    capacity_ = capacity;
  }
  void SetEnd(const char* end) { size_ = static_cast<size_t>(end - data_.get()); }

  static char* Varint(uint64_t value, char* to) {
    for (; value >= 0x80; value >>= 7) *to++ = static_cast<char>(value | 0x80);
    *to++ = static_cast<char>(value);
    return to;
  }
  static char* Tag(int field, uint32_t type, char* to) {
    return Varint(static_cast<uint32_t>(field) << 3 | type, to);
  }
  static char* Copy(std::string_view bytes, char* to) {
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    return to + bytes.size();
  }
  // REQUIRES: ByteSizeLong was called since the message was last changed.
  static char* Write(const google::protobuf::MessageLite& message, char* to) {
    return reinterpret_cast<char*>(
        message.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(to)));
  }

  std::unique_ptr<char, OwnedBytes::Free> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_WIRE_WRITER_H_
