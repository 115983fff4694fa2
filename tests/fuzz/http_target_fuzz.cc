// Targets of requests of HTTP: what is read stays within the path that was asked for.
#include <string>

#include "services/gateway/http/request_target.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {

void Fuzz(std::string_view input) {
  const auto target = gateway::ParseTarget(input);
  if (!target.has_value()) return;
  Require(target->path.starts_with('/'), "a path is not absolute");
  Require(target->path.find('\0') == std::string::npos, "a path has a NUL");
  const std::string around = target->path + "/";
  Require(around.find("/../") == std::string::npos, "a path leads upwards");
  Require(around.find("/./") == std::string::npos, "a path has a dot");
  // Written anew, it is read the same.
  std::string again;
  for (const char c : target->path) {
    again += c == '?' ? "%3F" : c == '#' ? "%23" : gateway::PercentEncode({&c, 1});
  }
  const auto second = gateway::ParseTarget(again);
  Require(second.has_value() && second->path == target->path, "a path is read differently");
  const auto decoded =
      gateway::PercentDecode(gateway::PercentEncode(input), /*plus_is_blank=*/false);
  Require(decoded == input, "encoding loses something");
}

std::vector<std::string> Seeds() {
  return {
      "/attlas.graph.v1.GraphService/GetNode?connect=v1&encoding=json&message=%7B%22a%22%3A1%7D",
      "/x?base64=1&message=_w%3D%3D&compression=gzip",
      "http://host:80/a%2fb/..%2f?x=+#f",
      "/%2e%2e/",
      "/a?=&&=b&c",
      "*"};
}

}  // namespace attlas::fuzz
