// JSON values with their members in the order in which they were set.
//
// What: owns a value of the jansson library. When not: messages have a JSON of their own
// (google/protobuf/util/json_util.h).
// Threads: thread-compatible.
//
// Example:
//   JsonValue entity = JsonValue::Object();
//   entity.Set("id", JsonValue::Text("states.IDN"));
//   std::string line = entity.Format();
#ifndef ATTLAS_CLIENTS_EXCHANGE_JSON_VALUE_H_
#define ATTLAS_CLIENTS_EXCHANGE_JSON_VALUE_H_

#include <jansson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attlas::exchange {

class JsonValue {
 public:
  static JsonValue Object() { return JsonValue(json_object()); }
  static JsonValue Array() { return JsonValue(json_array()); }
  // `text` must be UTF-8, as all texts of the graph are.
  static JsonValue Text(std::string_view text) {
    return JsonValue(json_stringn(text.data(), text.size()));
  }
  static JsonValue Integer(int64_t number) { return JsonValue(json_integer(number)); }
  static JsonValue Decimal(double number) { return JsonValue(json_real(number)); }
  static JsonValue Boolean(bool truth) { return JsonValue(json_boolean(truth)); }
  static JsonValue Texts(const std::vector<std::string>& texts) {
    JsonValue array = Array();
    for (const std::string& text : texts) array.Add(Text(text));
    return array;
  }

  JsonValue(JsonValue&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
  JsonValue& operator=(JsonValue&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  JsonValue(const JsonValue&) = delete;
  JsonValue& operator=(const JsonValue&) = delete;
  ~JsonValue() { json_decref(value_); }

  // Sets a member of an object, in place of one of that name.
  void Set(const std::string& name, JsonValue member) {
    json_object_set_new(value_, name.c_str(), std::exchange(member.value_, nullptr));
  }
  // Adds an item to an array.
  void Add(JsonValue item) { json_array_append_new(value_, std::exchange(item.value_, nullptr)); }
  // Adds an item to the array that is a member of an object, made with the first one.
  void AddTo(const std::string& name, JsonValue item) {
    json_t* array = json_object_get(value_, name.c_str());
    if (array == nullptr) {
      array = json_array();
      json_object_set_new(value_, name.c_str(), array);
    }
    json_array_append_new(array, std::exchange(item.value_, nullptr));
  }

  bool empty() const { return json_object_size(value_) + json_array_size(value_) == 0; }

  // On one line, or indented over several.
  std::string Format(bool indented = false) const {
    std::string text;
    const auto append = [](const char* bytes, size_t size, void* out) {
      static_cast<std::string*>(out)->append(bytes, size);
      return 0;
    };
    json_dump_callback(value_, append, &text, indented ? JSON_INDENT(1) : JSON_COMPACT);
    return text;
  }

 private:
  explicit JsonValue(json_t* value) : value_(value) {}

  json_t* value_;
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_JSON_VALUE_H_
