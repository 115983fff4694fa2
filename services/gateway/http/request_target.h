// The target of a request: a path and the parameters of its query.
//
// Threads: a plain value and functions; safe from any thread.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_TARGET_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_TARGET_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attlas::gateway {

struct RequestTarget {
  std::string path;                                        // Decoded; starts with '/'.
  std::vector<std::pair<std::string, std::string>> query;  // Decoded, in its order.

  // The first value of a parameter; null where there is none.
  const std::string* Find(std::string_view name) const;
};

// Reads `/path?name=value&name=value`, or the same after `http://host`. Nothing for another form,
// for a broken percent sign, and for a path with a NUL or a segment `.` or `..`.
std::optional<RequestTarget> ParseTarget(std::string_view target);

// Undoes percent signs; `plus_is_blank` in queries, where blanks are written so. Nothing for a
// percent sign without two digits.
std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_blank);

// Writes what is not visible ASCII, and the percent sign, as `%XX`: the form of `grpc-message`.
std::string PercentEncode(std::string_view text);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_REQUEST_TARGET_H_
