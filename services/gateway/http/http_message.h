// A request and a response of HTTP/1.1, as the parts of the gateway pass them on.
//
// What: plain values without a socket or a parser in sight, so that whatever answers requests is
// tested without either.
// Threads: plain values.
#ifndef ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_MESSAGE_H_
#define ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_MESSAGE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/gateway/http/shared_bytes.h"

namespace attlas::gateway {

// Header fields in their order; names are kept in lower case.
class Headers {
 public:
  using Entry = std::pair<std::string, std::string>;

  // Adds a field beside those of the same name.
  void Add(std::string_view name, std::string_view value);
  // Replaces all fields of this name by one.
  void Set(std::string_view name, std::string_view value);
  // The first value of a name in lower case; empty where there is none.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  size_t Count(std::string_view name) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// Who is at the other end of a connection.
struct Peer {
  std::string address;  // `203.0.113.7` or `::1`.
  std::string name;     // As gRPC writes it: `ipv4:203.0.113.7:52118`.
  bool loopback = false;
  // A client certificate that TLS has checked, and the URIs among its subject alternative names.
  bool has_certificate = false;
  std::vector<std::string> certificate_uris;
};

struct HttpRequest {
  std::string method;
  std::string target;  // As sent: path and query.
  bool is_http_1_0 = false;
  Headers headers;
  std::string body;
  // The body was longer than the server takes; `body` is empty then.
  bool body_too_large = false;
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;
  // What is sent instead of `body` where it is set: bytes that many responses share.
  SharedBytes shared_body;

  std::string_view content() const { return shared_body.has_value() ? shared_body.view() : body; }
};

// A response of plain text, for what is no answer of an RPC.
HttpResponse TextResponse(int status, std::string_view text);

// `Not Found` for 404; empty for a status that has no name here.
std::string_view ReasonPhrase(int status);

// Whether a text may stand in a header field: visible ASCII and blanks.
bool IsHeaderValue(std::string_view text);

// The first line and the fields of a response, without its body. Fields whose value may not stand
// in a header are left out.
std::string FormatHead(const HttpResponse& response);

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_HTTP_HTTP_MESSAGE_H_
