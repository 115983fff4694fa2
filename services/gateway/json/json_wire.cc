#include "services/gateway/json/json_wire.h"

#include <cstdint>

#include "services/gateway/json/wire_plan.h"

namespace attlas::gateway {
namespace {

// Deeper requests are none of those that come often.
constexpr int kMostDepth = 16;
// So many digits fit every kind of whole number.
constexpr size_t kMostDigits = 9;
constexpr size_t kMostFields = 64;
enum WireType : uint32_t { kVarint = 0, kLengthDelimited = 2 };

bool IsOneOf(std::string_view characters, char c) {
  return characters.find(c) != std::string_view::npos;
}

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) *out += static_cast<char>(value | 0x80);
  *out += static_cast<char>(value);
}

// What is left of a JSON text. Nothing is taken where it returns false.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  void SkipBlanks() {
    while (!text_.empty() && IsOneOf(" \t\r\n", text_[0])) text_.remove_prefix(1);
  }
  // The next character after blanks.
  bool Take(char c) {
    SkipBlanks();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  // A word, which no letter or digit follows.
  bool Word(std::string_view word) {
    if (!text_.starts_with(word) || !IsEnd(word.size())) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  // The characters between quotation marks; of ASCII, and none that is escaped.
  bool Text(std::string_view* text) {
    if (!text_.starts_with('"')) return false;
    for (size_t i = 1; i < text_.size(); ++i) {
      if (text_[i] == '"') {
        *text = text_.substr(1, i - 1);
        text_.remove_prefix(i + 1);
        return true;
      }
      if (text_[i] < ' ' || text_[i] > '~' || text_[i] == '\\') return false;
    }
    return false;
  }
  // A whole number that is not negative.
  bool Whole(uint64_t* number) {
    size_t digits = 0;
    *number = 0;
    while (digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9') {
      *number = *number * 10 + static_cast<uint64_t>(text_[digits] - '0');
      if (++digits > kMostDigits) return false;
    }
    if (digits == 0 || (digits > 1 && text_[0] == '0') || !IsEnd(digits)) return false;
    text_.remove_prefix(digits);
    return true;
  }

 private:
  // Whether a value may end there.
  bool IsEnd(size_t at) const { return at >= text_.size() || IsOneOf(" \t\r\n,]}", text_[at]); }

  std::string_view text_;
};

// The name in a key of a plan, `"displayName":`.
std::string_view NameOf(const FieldPlan& field) {
  return std::string_view(field.key).substr(1, field.key.size() - 3);
}

class Reader {
 public:
  explicit Reader(std::string_view json) : json_(json) {}

  // False where this is nothing that is read here.
  bool Document(const MessagePlan& plan, std::string* out) {
    if (!Message(plan, 0, out)) return false;
    json_.SkipBlanks();
    return json_.at_end();
  }

 private:
  bool Message(const MessagePlan& plan, int depth, std::string* out) {
    if (depth > kMostDepth || plan.fields.size() > kMostFields || !json_.Take('{')) return false;
    if (json_.Take('}')) return true;
    uint64_t seen = 0;
    bool oneof_seen = false;
    do {
      json_.SkipBlanks();
      std::string_view name;
      if (!json_.Text(&name) || !json_.Take(':')) return false;
      json_.SkipBlanks();
      size_t place = 0;
      while (place < plan.fields.size() && NameOf(plan.fields[place]) != name) ++place;
      if (place == plan.fields.size()) return false;
      const FieldPlan& field = plan.fields[place];
      const bool twice = (seen >> place & 1) != 0 || (field.in_oneof && oneof_seen);
      seen |= uint64_t{1} << place;
      oneof_seen = oneof_seen || field.in_oneof;
      if (twice || !(field.repeated ? List(field, depth, out) : Value(field, depth, out))) {
        return false;
      }
    } while (json_.Take(','));
    return json_.Take('}');
  }

  bool List(const FieldPlan& field, int depth, std::string* out) {
    if (!json_.Take('[')) return false;
    if (json_.Take(']')) return true;
    do {
      json_.SkipBlanks();
      if (!Value(field, depth, out)) return false;
    } while (json_.Take(','));
    return json_.Take(']');
  }

  bool Value(const FieldPlan& field, int depth, std::string* out) {
    uint64_t number = 0;
    std::string_view text;
    switch (field.kind) {
      case ValueKind::kBool:
        number = json_.Word("true") ? 1 : 0;
        return (number == 1 || json_.Word("false")) && Number(field, number, out);
      case ValueKind::kInt32:
      case ValueKind::kUint32:
      case ValueKind::kInt64:
      case ValueKind::kUint64:
        return json_.Whole(&number) && Number(field, number, out);
      case ValueKind::kEnum:
        return json_.Text(&text) && EnumValue(field, text, out);
      case ValueKind::kString:
        if (!json_.Text(&text)) return false;
        if (!text.empty() || IsWrittenEmpty(field)) Delimited(field, text, out);
        return true;
      case ValueKind::kMessage: {
        std::string message;
        if (!Message(*field.message, depth + 1, &message)) return false;
        Delimited(field, message, out);
        return true;
      }
      default:
        return false;
    }
  }

  static bool IsWrittenEmpty(const FieldPlan& field) {
    return field.repeated || field.has_presence;
  }

  static bool EnumValue(const FieldPlan& field, std::string_view name, std::string* out) {
    for (const auto& [number, quoted] : field.enum_names) {
      if (std::string_view(quoted).substr(1, quoted.size() - 2) != name) continue;
      // Negative ones are ten bytes on the wire, as their sign goes on.
      return Number(field, static_cast<uint64_t>(int64_t{number}), out);
    }
    return false;
  }

  static bool Number(const FieldPlan& field, uint64_t number, std::string* out) {
    if (number == 0 && !IsWrittenEmpty(field)) return true;
    Tag(field, kVarint, out);
    AppendVarint(number, out);
    return true;
  }
  static void Delimited(const FieldPlan& field, std::string_view bytes, std::string* out) {
    Tag(field, kLengthDelimited, out);
    AppendVarint(bytes.size(), out);
    *out += bytes;
  }
  static void Tag(const FieldPlan& field, WireType type, std::string* out) {
    AppendVarint(static_cast<uint64_t>(field.number) << 3 | type, out);
  }

  JsonReader json_;
};

}  // namespace

std::optional<std::string> JsonToWire(const google::protobuf::Descriptor& type,
                                      std::string_view json) {
  const MessagePlan& plan = PlanOf(type);
  if (!plan.supported) return std::nullopt;
  std::string bytes;
  if (!Reader(json).Document(plan, &bytes)) return std::nullopt;
  return bytes;
}

}  // namespace attlas::gateway
