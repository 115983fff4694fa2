// The contracts with their comments, as they were when this program was built.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_SITE_EMBEDDED_PROTOS_H_
#define ATTLAS_SERVICES_GATEWAY_SITE_EMBEDDED_PROTOS_H_

#include <string_view>

namespace attlas::gateway {

// A serialized google.protobuf.FileDescriptorSet with source locations.
std::string_view EmbeddedProtos();

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_SITE_EMBEDDED_PROTOS_H_
