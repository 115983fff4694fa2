#include "services/gateway/json/json_writer.h"

#include "absl/strings/str_cat.h"
#include "graph/base/escape.h"
#include "graph/base/utf8.h"

namespace attlas::gateway {
namespace {

constexpr char kReplacement[] = "\xef\xbf\xbd";  // U+FFFD.

}  // namespace

JsonWriter& JsonWriter::Key(std::string_view name) {
  Separate();
  AppendQuoted(name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view text) {
  Separate();
  AppendQuoted(text);
  return *this;
}

JsonWriter& JsonWriter::Number(int64_t number) {
  Separate();
  absl::StrAppend(&text_, number);
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) { return Raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  text_ += json;
  return *this;
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  text_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::Separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

void JsonWriter::AppendQuoted(std::string_view text) {
  text_ += '"';
  while (!text.empty()) {
    const size_t valid = graph::ValidUtf8Prefix(text);
    graph::AppendEscaped(text.substr(0, valid), &text_);
    text.remove_prefix(valid);
    if (text.empty()) break;
    text_ += kReplacement;
    text.remove_prefix(1);
  }
  text_ += '"';
}

}  // namespace attlas::gateway
