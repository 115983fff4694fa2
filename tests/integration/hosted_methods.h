// The RPCs of the services that a daemon hosts, so that a new one cannot be forgotten.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_TESTS_INTEGRATION_HOSTED_METHODS_H_
#define ATTLAS_TESTS_INTEGRATION_HOSTED_METHODS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace attlas::testing {

// Those of our own services that the daemon at `address` tells of by reflection. NOT_FOUND for one
// that is not linked into this program.
absl::StatusOr<std::vector<const google::protobuf::MethodDescriptor*>> HostedMethods(
    const std::string& address);

// Whether its proto says that it changes nothing.
bool Reads(const google::protobuf::MethodDescriptor& method);

// An empty message of a type that is linked into this program.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

// `GraphService/GetNode`.
std::string ShortName(const google::protobuf::MethodDescriptor& method);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_HOSTED_METHODS_H_
