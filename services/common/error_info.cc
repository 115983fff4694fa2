#include "services/common/error_info.h"

#include <cstdint>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace attlas::services {
namespace {

using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

constexpr char kTypeUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

// Tags of length-delimited fields: reason = 1, domain = 2, metadata = 3; in an entry of the map,
// key = 1 and value = 2.
constexpr uint32_t Tag(uint32_t field) { return field << 3 | 2; }

void WriteField(uint32_t field, const std::string& value, CodedOutputStream* out) {
  out->WriteTag(Tag(field));
  out->WriteVarint32(static_cast<uint32_t>(value.size()));
  out->WriteString(value);
}

bool ReadField(CodedInputStream* in, std::string* value) {
  uint32_t size = 0;
  return in->ReadVarint32(&size) && in->ReadString(value, static_cast<int>(size));
}

std::string SerializeEntry(const std::string& key, const std::string& value) {
  std::string bytes;
  StringOutputStream stream(&bytes);
  CodedOutputStream out(&stream);
  WriteField(1, key, &out);
  WriteField(2, value, &out);
  out.Trim();
  return bytes;
}

// Reads fields 1, 2 and 3 into the strings given; `more` takes each field 3. False where the bytes
// are no such message.
template <typename More>
bool ReadMessage(const std::string& bytes, std::string* first, std::string* second, More more) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  while (const uint32_t tag = in.ReadTag()) {
    std::string value;
    if ((tag & 7) != 2 || !ReadField(&in, &value)) return false;
    if (tag == Tag(1)) *first = value;
    if (tag == Tag(2)) *second = value;
    if (tag == Tag(3) && !more(value)) return false;
  }
  return in.ConsumedEntireMessage();
}

}  // namespace

google::protobuf::Any ErrorInfo::Pack() const {
  google::protobuf::Any any;
  any.set_type_url(kTypeUrl);
  StringOutputStream stream(any.mutable_value());
  CodedOutputStream out(&stream);
  WriteField(1, reason, &out);
  WriteField(2, domain, &out);
  for (const auto& [key, value] : metadata) WriteField(3, SerializeEntry(key, value), &out);
  out.Trim();
  return any;
}

std::optional<ErrorInfo> ErrorInfo::Unpack(const google::protobuf::Any& any) {
  if (any.type_url() != kTypeUrl) return std::nullopt;
  ErrorInfo info;
  const auto take_entry = [&](const std::string& bytes) {
    std::string key;
    std::string value;
    if (!ReadMessage(bytes, &key, &value, [](const std::string&) { return true; })) return false;
    info.metadata[key] = value;
    return true;
  };
  if (!ReadMessage(any.value(), &info.reason, &info.domain, take_entry)) return std::nullopt;
  return info;
}

}  // namespace attlas::services
