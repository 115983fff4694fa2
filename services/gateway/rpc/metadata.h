// Metadata of gRPC as header fields, and back.
//
// What: every field of a request is passed on, but those that are about HTTP, about this one
// connection, or reserved for a protocol. Values of names that end in `-bin` are base64 in headers
// and bytes in metadata.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_METADATA_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_METADATA_H_

#include <grpcpp/support/string_ref.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/http/http_message.h"

namespace attlas::gateway {

// Names in lower case and values as gRPC has them.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// What of the fields of a request gRPC is told. INVALID_ARGUMENT for a `-bin` field that is no
// base64.
absl::StatusOr<Metadata> MetadataOf(const Headers& headers);

// What a call was answered with, without what gRPC itself adds.
Metadata MetadataOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata);

// The value as a header field has it: base64 without padding where the name ends in `-bin`.
std::string HeaderValue(std::string_view name, std::string_view value);

// Adds each with `prefix` before its name.
void AddToHeaders(const Metadata& metadata, std::string_view prefix, Headers* headers);

// Base64 with or without padding, of either alphabet. False for anything else.
bool Base64Decode(std::string_view text, std::string* bytes);
// The standard alphabet, without padding.
std::string Base64Encode(std::string_view bytes);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_METADATA_H_
