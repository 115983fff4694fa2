#include "services/gateway/rpc/rpc_error.h"

#include <array>
#include <optional>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/rpc/status.pb.h"
#include "graph/base/error.h"
#include "services/common/error_info.h"
#include "services/common/status.h"
#include "services/gateway/json/message_json.h"
#include "services/gateway/rpc/metadata.h"

namespace attlas::gateway {
namespace {

struct Code {
  std::string_view name;
  int http_status;
};

// By the numbers of gRPC's codes; what is OK is no error.
constexpr std::array<Code, 17> kCodes = {{{"unknown", 500},
                                          {"canceled", 499},
                                          {"unknown", 500},
                                          {"invalid_argument", 400},
                                          {"deadline_exceeded", 504},
                                          {"not_found", 404},
                                          {"already_exists", 409},
                                          {"permission_denied", 403},
                                          {"resource_exhausted", 429},
                                          {"failed_precondition", 400},
                                          {"aborted", 409},
                                          {"out_of_range", 400},
                                          {"unimplemented", 501},
                                          {"internal", 500},
                                          {"unavailable", 503},
                                          {"data_loss", 500},
                                          {"unauthenticated", 401}}};

const Code& CodeOf(grpc::StatusCode code) {
  const auto number = static_cast<size_t>(code);
  return number < kCodes.size() ? kCodes[number] : kCodes[grpc::StatusCode::UNKNOWN];
}

std::string_view TypeName(const google::protobuf::Any& any) {
  const std::string_view url = any.type_url();
  return url.substr(url.rfind('/') + 1);
}

// google.rpc.ErrorInfo is not among the descriptors (services/common/error_info.h).
std::string ErrorInfoJson(const services::ErrorInfo& info) {
  JsonWriter json;
  json.BeginObject().Key("reason").String(info.reason).Key("domain").String(info.domain);
  if (!info.metadata.empty()) {
    json.Key("metadata").BeginObject();
    for (const auto& [key, value] : info.metadata) json.Key(key).String(value);
    json.EndObject();
  }
  return json.EndObject().Take();
}

std::optional<std::string> DetailJson(const google::protobuf::Any& any, std::string_view type) {
  if (const auto info = services::ErrorInfo::Unpack(any)) return ErrorInfoJson(*info);
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
  if (descriptor == nullptr) return std::nullopt;
  absl::StatusOr<std::string> json = BytesToJson(*descriptor, any.value());
  if (!json.ok()) return std::nullopt;
  return *std::move(json);
}

void WriteDetail(const google::protobuf::Any& any, JsonWriter* json) {
  const std::string_view type = TypeName(any);
  json->BeginObject().Key("type").String(type).Key("value").String(Base64Encode(any.value()));
  if (const auto debug = DetailJson(any, type)) json->Key("debug").Raw(*debug);
  json->EndObject();
}

}  // namespace

std::string_view CodeName(grpc::StatusCode code) { return CodeOf(code).name; }

int HttpStatusOf(grpc::StatusCode code) { return CodeOf(code).http_status; }

grpc::Status ToRpcStatus(const absl::Status& status) {
  // What breaks the protocol is told as any server of it tells it: details are of the services. And
  // what the gateway finds tells of the request alone, so that nothing of it is a secret.
  if (!graph::GetErrorDetail(status).has_value() || services::HidesItsCause(status)) {
    return {static_cast<grpc::StatusCode>(status.code()), std::string(status.message())};
  }
  return services::ToGrpcStatus(status, "");
}

void WriteError(const grpc::Status& status, JsonWriter* json) {
  json->BeginObject().Key("code").String(CodeName(status.error_code()));
  if (!status.error_message().empty()) json->Key("message").String(status.error_message());
  google::rpc::Status rpc;
  if (rpc.ParseFromString(status.error_details()) && rpc.details_size() > 0) {
    json->Key("details").BeginArray();
    for (const google::protobuf::Any& any : rpc.details()) WriteDetail(any, json);
    json->EndArray();
  }
  json->EndObject();
}

}  // namespace attlas::gateway
