// Calls of any method, described by descriptors alone.
//
// What: the methods built into this program, and for all others those that the server describes by
// reflection; requests and answers are JSON, those of a stream one in a line.
// When not: for what has a command of its own.
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_DYNAMIC_CALL_H_
#define ATTLAS_CLIENTS_CLI_DYNAMIC_CALL_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace attlas::cli {

// The methods built in, in the order of their services.
std::vector<const google::protobuf::MethodDescriptor*> BuiltInMethods();

// `attlas.graph.v1.GraphService/GetNode`.
std::string MethodName(const google::protobuf::MethodDescriptor& method);

// `unary`, `server stream`, `client stream` or `both streams`.
std::string_view MethodKind(const google::protobuf::MethodDescriptor& method);

// A method with the descriptors that it needs.
struct FoundMethod {
  const google::protobuf::MethodDescriptor* method = nullptr;
  // Owns the descriptors that a server sent; null for what is built in.
  std::shared_ptr<const google::protobuf::DescriptorPool> pool;
};

// Finds `Service/Method` or `package.Service/Method` (also with a dot before the method). NOT_FOUND
// with the nearest names where neither this program nor the server knows it; INVALID_ARGUMENT for
// what is no such name.
absl::StatusOr<FoundMethod> FindMethod(const Connection& connection, std::string_view name);

// Sends the request, or each line of `json` as one where the method takes a stream, and gives each
// answer to `take`. INVALID_ARGUMENT, naming the line, where the JSON does not fit; nothing is sent
// then.
absl::Status CallMethod(const Connection& connection, const FoundMethod& found,
                        std::string_view json,
                        const std::function<absl::Status(const google::protobuf::Message&)>& take);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_DYNAMIC_CALL_H_
