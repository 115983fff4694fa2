// Addresses to listen on, and whether anyone beyond this machine reaches them.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ATTLASD_LISTEN_ADDRESS_H_
#define ATTLAS_SERVICES_ATTLASD_LISTEN_ADDRESS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace attlas::services {

// Whether `address` is `unix:path`, or `host:port` with a host of this machine alone: localhost,
// 127.0.0.0/8 or [::1].
bool IsLocalAddress(std::string_view address);

// OK for a local address, and for any `host:port` where `public_allowed`. INVALID_ARGUMENT
// for what is no address; FAILED_PRECONDITION, naming the flags that allow it, beyond this machine.
// `flag` is the flag that the address came from.
absl::Status CheckListenAddress(std::string_view address, bool public_allowed,
                                std::string_view flag);

// `listen` with the port that was picked in place of a port 0.
std::string WithPort(const std::string& listen, int port);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_LISTEN_ADDRESS_H_
