// Bytes on a connection of HTTP: whatever comes, the reader goes on or says no, and takes no more
// than its limits.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/http/request_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

constexpr size_t kHeaderBytes = 1'024;
constexpr size_t kBodyBytes = 2'048;
constexpr size_t kMostRequests = 64;

// The requests that `input` is up to its first fault, with their bodies. Fed in pieces of `piece`
// bytes; `in_parts` takes the bodies as they come.
std::vector<std::string> Read(std::string_view input, size_t piece, bool in_parts) {
  gateway::HttpLimits limits;
  limits.header_bytes = kHeaderBytes;
  limits.body_bytes = kBodyBytes;
  gateway::RequestReader reader(limits);
  using Event = gateway::RequestReader::Event;
  std::vector<std::string> requests;
  std::string body;
  while (requests.size() < kMostRequests) {
    const Event event = reader.Next();
    if (event == Event::kNeedMore) {
      if (in_parts && reader.body_size() > 0) body += reader.TakeBody(piece);
      if (input.empty()) return requests;
      reader.Append(input.substr(0, piece));
      input.remove_prefix(std::min(piece, input.size()));
      continue;
    }
    if (event == Event::kHeaderDone) {
      const gateway::HttpRequest request = reader.TakeHead();
      Require(!request.method.empty() && !request.target.empty(), "a request without a first line");
      size_t header = 0;
      for (const auto& [name, value] : request.headers.entries()) {
        header += name.size() + value.size();
      }
      Require(header <= kHeaderBytes, "a header is larger than the limit");
      if (in_parts) reader.ReadInParts();
      continue;
    }
    if (event != Event::kRequest) return requests;
    while (reader.body_size() > 0) body += reader.TakeBody(piece);
    requests.push_back(std::exchange(body, {}));
    reader.EndRequest();
  }
  return requests;
}

}  // namespace

// The first byte says in pieces of which size the rest comes.
void Fuzz(std::string_view input) {
  if (input.empty()) return;
  const size_t piece = static_cast<unsigned char>(input[0]) + size_t{1};
  input.remove_prefix(1);
  const std::vector<std::string> whole = Read(input, piece, false);
  const std::vector<std::string> parts = Read(input, piece, true);
  Require(parts.size() >= whole.size(), "a body in parts is refused");
  for (size_t i = 0; i < whole.size(); ++i) {
    Require(whole[i].size() <= kBodyBytes, "a body is larger than the limit");
    Require(whole[i] == parts[i], "the parts of a body are not the body");
  }
}

std::vector<std::string> Seeds() {
  const std::string get = "GET /a?b=c HTTP/1.1\r\nhost: localhost\r\n\r\n";
  const std::string post = "POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nbody";
  const std::string chunks =
      "POST /a HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
      "2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\ntrailer: x\r\n\r\n";
  return {"\x01" + get, "\xff" + get + post + chunks, "\x07" + chunks + get, "\xff\x16\x03\x01",
          "\xff"
          "GET / HTTP/1.0\r\nexpect: 100-continue\r\nconnection: keep-alive\r\n\r\n"};
}

}  // namespace attlas::fuzz
