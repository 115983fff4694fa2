// SHA-256.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ACCESS_SHA256_H_
#define ATTLAS_SERVICES_ACCESS_SHA256_H_

#include <string>
#include <string_view>

namespace attlas::services {

// The 32 bytes of the hash.
std::string Sha256(std::string_view bytes);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_SHA256_H_
