// gzip, with a bound on what comes out of it.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_COMPRESSION_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_COMPRESSION_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace attlas::gateway {

// The codings that are understood, as `accept-encoding` lists them.
inline constexpr char kGzip[] = "gzip";
inline constexpr char kIdentity[] = "identity";

// Shorter answers gain nothing.
inline constexpr size_t kWorthCompressing = 1'024;

enum class Effort { kQuick, kBest };  // For one answer; for a file that is sent many times.

std::string Gzip(std::string_view bytes, Effort effort);

// INVALID_ARGUMENT for what is no gzip, RESOURCE_EXHAUSTED where more than `max_bytes` come out.
absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t max_bytes);

// Whether a list such as `gzip, br;q=0.5` takes gzip. A weight of 0 refuses it.
bool AcceptsGzip(std::string_view accept_encoding);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_COMPRESSION_H_
