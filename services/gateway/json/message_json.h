// Messages between their bytes and their JSON, by descriptors alone.
//
// What: the proto3 JSON mapping. Fields without a value are left out, as are enum values' numbers
// where they have a name; unknown fields of a request are an error, so that a misspelt name is
// told.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_JSON_MESSAGE_JSON_H_
#define ATTLAS_SERVICES_GATEWAY_JSON_MESSAGE_JSON_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace attlas::gateway {

// The bytes of the message of `type` that `json` describes. INVALID_ARGUMENT (INVALID_FIELD), with
// the place, where it does not fit.
absl::StatusOr<std::string> JsonToBytes(const google::protobuf::Descriptor& type,
                                        std::string_view json);

// The inverse. INTERNAL for bytes that are no message of `type`.
absl::StatusOr<std::string> BytesToJson(const google::protobuf::Descriptor& type,
                                        std::string_view bytes);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_JSON_MESSAGE_JSON_H_
