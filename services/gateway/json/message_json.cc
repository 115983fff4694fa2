#include "services/gateway/json/message_json.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/util/json_util.h"
#include "graph/base/error.h"
#include "services/gateway/json/json_wire.h"
#include "services/gateway/json/wire_json.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Arena;
using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

Message* NewMessage(const Descriptor& type, Arena* arena) {
  return MessageFactory::generated_factory()->GetPrototype(&type)->New(arena);
}

}  // namespace

absl::StatusOr<std::string> JsonToBytes(const Descriptor& type, std::string_view json) {
  if (std::optional<std::string> bytes = JsonToWire(type, json)) return *std::move(bytes);
  Arena arena;
  Message* const message = NewMessage(type, &arena);
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), message);
  if (!status.ok()) {
    return graph::MakeError(absl::StatusCode::kInvalidArgument,
                            absl::StrCat("the request is no ", type.full_name(),
                                         " in JSON: ", status.message().ToString()),
                            {.reason = "INVALID_FIELD"});
  }
  return message->SerializeAsString();
}

absl::StatusOr<std::string> BytesToJson(const Descriptor& type, std::string_view bytes) {
  if (std::optional<std::string> json = WireToJson(type, bytes)) return *std::move(json);
  Arena arena;
  Message* const message = NewMessage(type, &arena);
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InternalError(absl::StrCat("the answer is no ", type.full_name()));
  }
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(*message, &json);
  if (!status.ok()) {
    return absl::InternalError(
        absl::StrCat("the answer cannot be written as JSON: ", status.message().ToString()));
  }
  return json;
}

}  // namespace attlas::gateway
