// Writes the JSON of a message straight from its bytes.
//
// What: the proto3 JSON mapping, without making a message in between; some ten times as fast as
// protobuf's own way over resolved types, which is what large answers are made of.
// When not: for messages with maps or with types of google.protobuf other than Timestamp, and for
// bytes that no serializer in C++ writes (fields out of their order, or one of them twice): it says
// so, and message_json.h takes protobuf's way.
// Threads: thread-safe; plans of types are made once and kept.
#ifndef ATTLAS_SERVICES_GATEWAY_JSON_WIRE_JSON_H_
#define ATTLAS_SERVICES_GATEWAY_JSON_WIRE_JSON_H_

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace attlas::gateway {

// Nothing where the bytes, or the type, are none of those that this writes.
std::optional<std::string> WireToJson(const google::protobuf::Descriptor& type,
                                      std::string_view bytes);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_JSON_WIRE_JSON_H_
