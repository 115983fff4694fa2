#include "services/gateway/json/wire_json.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "graph/base/escape.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "services/gateway/json/wire_plan.h"

namespace attlas::gateway {
namespace {

constexpr int kMostDepth = 100;
enum WireType : uint32_t { kVarint = 0, kWire64 = 1, kLengthDelimited = 2, kWire32 = 5 };

// What is left of the bytes of one message.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return bytes_.empty(); }
  bool Varint(uint64_t* value) {
    *value = 0;
    for (int shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      *value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }
  template <typename Number>
  bool Fixed(Number* value) {
    static_assert(std::endian::native == std::endian::little);
    if (bytes_.size() < sizeof(Number)) return false;
    std::memcpy(value, bytes_.data(), sizeof(Number));
    bytes_.remove_prefix(sizeof(Number));
    return true;
  }
  bool Delimited(std::string_view* value) {
    uint64_t length = 0;
    if (!Varint(&length) || length > bytes_.size()) return false;
    *value = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
    return true;
  }
  bool Skip(uint32_t wire_type) {
    uint64_t number = 0;
    uint32_t small = 0;
    std::string_view text;
    switch (wire_type) {
      case kVarint:
        return Varint(&number);
      case kWire64:
        return Fixed(&number);
      case kLengthDelimited:
        return Delimited(&text);
      case kWire32:
        return Fixed(&small);
      default:
        return false;
    }
  }

 private:
  std::string_view bytes_;
};

uint32_t WireTypeOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kFixed64:
    case ValueKind::kSfixed64:
    case ValueKind::kDouble:
      return kWire64;
    case ValueKind::kFixed32:
    case ValueKind::kSfixed32:
    case ValueKind::kFloat:
      return kWire32;
    case ValueKind::kString:
    case ValueKind::kBytes:
    case ValueKind::kMessage:
    case ValueKind::kTimestamp:
      return kLengthDelimited;
    default:
      return kVarint;
  }
}

// False for what is no UTF-8.
bool AppendText(std::string_view text, std::string* out) {
  *out += '"';
  const bool ascii = graph::AppendEscaped(text, out);
  *out += '"';
  return ascii || graph::IsValidUtf8(text);
}

// The fewest digits, of two numbers of digits, that are read as the same number.
template <typename Number>
void AppendReal(Number number, int digits, int all_digits, std::string* out) {
  if (std::isnan(number)) return void(*out += "\"NaN\"");
  if (std::isinf(number)) return void(*out += number > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  char text[40];
  int length = std::snprintf(text, sizeof(text), "%.*g", digits, static_cast<double>(number));
  if (static_cast<Number>(std::strtod(text, nullptr)) != number) {
    length = std::snprintf(text, sizeof(text), "%.*g", all_digits, static_cast<double>(number));
  }
  out->append(text, static_cast<size_t>(length));
}

int64_t Unzigzag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

bool AppendTimestamp(std::string_view bytes, std::string* out) {
  WireReader reader(bytes);
  uint64_t seconds = 0;
  uint64_t nanos = 0;
  while (!reader.at_end()) {
    uint64_t tag = 0;
    if (!reader.Varint(&tag)) return false;
    const bool read = tag == 8    ? reader.Varint(&seconds)
                      : tag == 16 ? reader.Varint(&nanos)
                                  : reader.Skip(static_cast<uint32_t>(tag & 7));
    if (!read) return false;
  }
  const auto whole = static_cast<int64_t>(seconds);
  constexpr int64_t kFirst = -62'135'596'800;  // 0001-01-01.
  constexpr int64_t kLast = 253'402'300'799;   // 9999-12-31.
  if (whole < kFirst || whole > kLast || nanos >= 1'000'000'000) return false;
  absl::StrAppend(
      out, "\"",
      absl::FormatTime("%Y-%m-%dT%H:%M:%S", absl::FromUnixSeconds(whole), absl::UTCTimeZone()));
  if (nanos != 0) {
    const int digits = nanos % 1'000'000 == 0 ? 3 : nanos % 1'000 == 0 ? 6 : 9;
    char fraction[16];
    std::snprintf(fraction, sizeof(fraction), "%09u", static_cast<unsigned>(nanos));
    absl::StrAppend(out, ".", absl::string_view(fraction, static_cast<size_t>(digits)));
  }
  *out += "Z\"";
  return true;
}

class Transcoder {
 public:
  explicit Transcoder(std::string* out) : out_(out) {}

  // False where the bytes are none that this writes.
  bool Message(const MessagePlan& plan, std::string_view bytes, int depth) {
    if (depth > kMostDepth) return false;
    WireReader reader(bytes);
    *out_ += '{';
    const FieldPlan* list = nullptr;  // The repeated field whose brackets are open.
    uint64_t last = 0;
    bool first = true;
    while (!reader.at_end()) {
      uint64_t tag = 0;
      if (!reader.Varint(&tag)) return false;
      const uint64_t number = tag >> 3;
      const auto wire_type = static_cast<uint32_t>(tag & 7);
      const FieldPlan* field = plan.Find(number);
      if (field == nullptr) {
        if (!reader.Skip(wire_type)) return false;
        continue;
      }
      if (number < last || (number == last && !field->repeated)) return false;
      last = number;
      if (list != nullptr && list != field) {
        *out_ += ']';
        list = nullptr;
      }
      const bool opens = field->repeated && list == nullptr;
      const size_t before = out_->size();
      if (!field->repeated || opens) {
        if (!first) *out_ += ',';
        *out_ += field->key;
        if (opens) *out_ += '[';
      } else {
        *out_ += ',';
      }
      written_default_ = false;
      if (!Field(*field, wire_type, &reader, depth)) return false;
      if (!field->repeated && !field->has_presence && written_default_) {
        out_->resize(before);
        continue;
      }
      first = false;
      if (field->repeated) list = field;
    }
    if (list != nullptr) *out_ += ']';
    *out_ += '}';
    return true;
  }

 private:
  bool Field(const FieldPlan& field, uint32_t wire_type, WireReader* reader, int depth) {
    const uint32_t own = WireTypeOf(field.kind);
    if (wire_type == own) return Value(field, reader, depth);
    if (wire_type != kLengthDelimited || !field.repeated) return false;
    std::string_view packed;
    if (!reader->Delimited(&packed) || packed.empty()) return false;
    WireReader values(packed);
    for (bool is_first = true; !values.at_end(); is_first = false) {
      if (!is_first) *out_ += ',';
      if (!Value(field, &values, depth)) return false;
    }
    return true;
  }

  bool Value(const FieldPlan& field, WireReader* reader, int depth) {
    switch (WireTypeOf(field.kind)) {
      case kVarint:
        return VarintValue(field, reader);
      case kLengthDelimited:
        return DelimitedValue(field, reader, depth);
      default:
        return FixedValue(field.kind, reader);
    }
  }

  bool VarintValue(const FieldPlan& field, WireReader* reader) {
    uint64_t value = 0;
    if (!reader->Varint(&value)) return false;
    written_default_ = value == 0;
    const auto low = static_cast<uint32_t>(value);
    switch (field.kind) {
      case ValueKind::kBool:
        *out_ += value != 0 ? "true" : "false";
        return true;
      case ValueKind::kInt32:
        return Number(static_cast<int32_t>(low));
      case ValueKind::kUint32:
        return Number(low);
      case ValueKind::kSint32:
        return Number(static_cast<int32_t>(Unzigzag(low)));
      case ValueKind::kInt64:
        return Quoted(static_cast<int64_t>(value));
      case ValueKind::kUint64:
        return Quoted(value);
      case ValueKind::kSint64:
        return Quoted(Unzigzag(value));
      default:
        break;
    }
    const auto name = field.enum_names.find(static_cast<int32_t>(low));
    if (name == field.enum_names.end()) return Number(static_cast<int32_t>(low));
    *out_ += name->second;
    return true;
  }

  bool DelimitedValue(const FieldPlan& field, WireReader* reader, int depth) {
    std::string_view value;
    if (!reader->Delimited(&value)) return false;
    switch (field.kind) {
      case ValueKind::kString:
        written_default_ = value.empty();
        return AppendText(value, out_);
      case ValueKind::kBytes:
        written_default_ = value.empty();
        absl::StrAppend(out_, "\"", absl::Base64Escape(graph::ToAbsl(value)), "\"");
        return true;
      case ValueKind::kTimestamp:
        return AppendTimestamp(value, out_);
      default:
        return Message(*field.message, value, depth + 1);
    }
  }

  bool FixedValue(ValueKind kind, WireReader* reader) {
    uint32_t small = 0;
    uint64_t large = 0;
    const bool is_small = WireTypeOf(kind) == kWire32;
    if (is_small ? !reader->Fixed(&small) : !reader->Fixed(&large)) return false;
    written_default_ = is_small ? small == 0 : large == 0;
    switch (kind) {
      case ValueKind::kFixed32:
        return Number(small);
      case ValueKind::kSfixed32:
        return Number(static_cast<int32_t>(small));
      case ValueKind::kFixed64:
        return Quoted(large);
      case ValueKind::kSfixed64:
        return Quoted(static_cast<int64_t>(large));
      case ValueKind::kFloat:
        AppendReal(std::bit_cast<float>(small), 6, 9, out_);
        return true;
      default:
        AppendReal(std::bit_cast<double>(large), 15, 17, out_);
        return true;
    }
  }

  template <typename Integer>
  bool Number(Integer number) {
    absl::StrAppend(out_, number);
    return true;
  }
  template <typename Integer>
  bool Quoted(Integer number) {
    absl::StrAppend(out_, "\"", number, "\"");
    return true;
  }

  std::string* const out_;
  bool written_default_ = false;  // The last value that was written is the default of its kind.
};

}  // namespace

std::optional<std::string> WireToJson(const google::protobuf::Descriptor& type,
                                      std::string_view bytes) {
  const MessagePlan& plan = PlanOf(type);
  if (!plan.supported) return std::nullopt;
  std::string json;
  json.reserve(bytes.size() * 2 + 16);
  if (!Transcoder(&json).Message(plan, bytes, 0)) return std::nullopt;
  return json;
}

}  // namespace attlas::gateway
