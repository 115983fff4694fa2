// A client of HTTP/1.1 that sends exactly the bytes it is told, for tests of the gateway.
//
// Threads: single-thread. Waits at most a minute for anything.
#ifndef ATTLAS_TESTS_INTEGRATION_HTTP_CLIENT_H_
#define ATTLAS_TESTS_INTEGRATION_HTTP_CLIENT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/integration/test_authority.h"

namespace attlas::testing {

struct HttpAnswer {
  int status = 0;                                   // 0 where the server ended the connection.
  std::multimap<std::string, std::string> headers;  // Names in lower case.
  std::string body;

  // The first value of a header; empty where there is none.
  std::string Header(const std::string& name) const;
};

using HttpFields = std::vector<std::pair<std::string, std::string>>;

// The bytes of a request with a host, and with a length where there is a body.
std::string FormatRequest(std::string_view method, std::string_view target,
                          const HttpFields& fields = {}, std::string_view body = "");

class HttpClient {
 public:
  // Connects to this port of this machine, in plain text.
  explicit HttpClient(int port);
  // Under TLS, trusting `authority`, with a certificate unless `identity` is empty.
  HttpClient(int port, const std::string& authority, const Identity& identity);
  // The same to another address than 127.0.0.1, where nobody need listen: then it is not connected.
  HttpClient(const std::string& address, int port, const std::string& authority,
             const Identity& identity);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Whether somebody listens and TLS agreed; true in plain text.
  bool connected() const { return connected_; }

  // False where the server takes no more.
  bool Send(std::string_view bytes);
  // The next answer, whole. `is_head` for one without a body.
  HttpAnswer Read(bool is_head = false);
  // Sends a request and reads its answer.
  HttpAnswer Ask(std::string_view method, std::string_view target, const HttpFields& fields = {},
                 std::string_view body = "");

  // The parts of an answer whose body is a stream: first the head, then chunk by chunk; nothing at
  // the end of the body, or of the connection.
  HttpAnswer ReadHead();
  std::optional<std::string> ReadChunk();

  // Reads and drops so many bytes of a body.
  void Skip(size_t count);

  // Whether the server ends the connection, without sending anything more.
  bool AtEnd();
  // Ends the sending half.
  void EndSending();

 private:
  struct Tls;
  size_t ReceiveSome();
  std::optional<std::string> ReadLine();
  std::optional<std::string> ReadBytes(size_t count);

  int socket_ = -1;
  bool connected_ = false;
  std::unique_ptr<Tls> tls_;
  std::string buffer_;
};

// The envelopes of a body: flags and message.
std::vector<std::pair<uint8_t, std::string>> SplitEnvelopes(std::string_view body);
std::string Enveloped(uint8_t flags, std::string_view message);

// The port at the end of `http://127.0.0.1:40123`.
int PortOf(const std::string& address);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_HTTP_CLIENT_H_
