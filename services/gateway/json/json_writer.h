// Writes JSON, one token after the other, in the order that it is told.
//
// When not: for messages, whose JSON is protobuf's (message_json.h).
// Threads: single-thread.
//
// Example:
//   JsonWriter json;
//   json.BeginObject().Key("code").String("not_found").EndObject();
//   json.text();  // {"code":"not_found"}
#ifndef ATTLAS_SERVICES_GATEWAY_JSON_JSON_WRITER_H_
#define ATTLAS_SERVICES_GATEWAY_JSON_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace attlas::gateway {

class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(std::string_view name);
  // Bytes that are no UTF-8 become U+FFFD.
  JsonWriter& String(std::string_view text);
  JsonWriter& Number(int64_t number);
  JsonWriter& Bool(bool value);
  // What is JSON already.
  JsonWriter& Raw(std::string_view json);

  const std::string& text() const { return text_; }
  std::string Take() { return std::move(text_); }

 private:
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  void Separate();
  void AppendQuoted(std::string_view text);

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_JSON_JSON_WRITER_H_
