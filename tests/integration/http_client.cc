#include "tests/integration/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace attlas::testing {
namespace {

constexpr time_t kPatienceSeconds = 60;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Memory = std::unique_ptr<BIO, FreeBio>;

Memory MemoryOf(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void Trust(SSL_CTX* context, const std::string& authority) {
  X509* certificate = PEM_read_bio_X509(MemoryOf(authority).get(), nullptr, nullptr, nullptr);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate);
  X509_free(certificate);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

void Show(SSL_CTX* context, const Identity& identity) {
  if (identity.certificate.empty()) return;
  X509* certificate =
      PEM_read_bio_X509(MemoryOf(identity.certificate).get(), nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(MemoryOf(identity.key).get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// A socket, and whether it is connected.
std::pair<int, bool> TryConnect(const std::string& host, int port) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = kPatienceSeconds, .tv_usec = 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  const int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  const int failed =
      connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  return {connection, failed == 0};
}

int Connect(int port) {
  const auto [connection, connected] = TryConnect("127.0.0.1", port);
  if (!connected) ADD_FAILURE() << "cannot connect to port " << port;
  return connection;
}

}  // namespace

struct HttpClient::Tls {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL* ssl = nullptr;
  ~Tls() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
};

std::string HttpAnswer::Header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string FormatRequest(std::string_view method, std::string_view target,
                          const HttpFields& fields, std::string_view body) {
  std::string request =
      absl::StrCat(std::string(method), " ", std::string(target), " HTTP/1.1\r\n");
  bool has_host = false;
  for (const auto& [name, value] : fields) {
    absl::StrAppend(&request, name, ": ", value, "\r\n");
    has_host = has_host || absl::AsciiStrToLower(name) == "host";
  }
  if (!has_host) request += "host: localhost\r\n";
  if (!body.empty() || method == "POST") {
    absl::StrAppend(&request, "content-length: ", body.size(), "\r\n");
  }
  return absl::StrCat(request, "\r\n", std::string(body));
}

HttpClient::HttpClient(int port) : socket_(Connect(port)), connected_(true) {}

HttpClient::HttpClient(int port, const std::string& authority, const Identity& identity)
    : HttpClient("127.0.0.1", port, authority, identity) {}

HttpClient::HttpClient(const std::string& address, int port, const std::string& authority,
                       const Identity& identity)
    : tls_(std::make_unique<Tls>()) {
  std::tie(socket_, connected_) = TryConnect(address, port);
  Trust(tls_->context, authority);
  Show(tls_->context, identity);
  tls_->ssl = SSL_new(tls_->context);
  SSL_set_fd(tls_->ssl, socket_);
  connected_ = connected_ && SSL_connect(tls_->ssl) == 1;
}

HttpClient::~HttpClient() {
  tls_.reset();
  close(socket_);
}

bool HttpClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = tls_ == nullptr
                             ? send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL)
                             : SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()));
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

size_t HttpClient::ReceiveSome() {
  std::array<char, 1 << 14> piece;
  const ssize_t got = tls_ == nullptr
                          ? recv(socket_, piece.data(), piece.size(), 0)
                          : SSL_read(tls_->ssl, piece.data(), static_cast<int>(piece.size()));
  if (got <= 0) return 0;
  buffer_.append(piece.data(), static_cast<size_t>(got));
  return static_cast<size_t>(got);
}

std::optional<std::string> HttpClient::ReadLine() {
  size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (ReceiveSome() == 0) return std::nullopt;
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::optional<std::string> HttpClient::ReadBytes(size_t count) {
  while (buffer_.size() < count) {
    if (ReceiveSome() == 0) return std::nullopt;
  }
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return bytes;
}

HttpAnswer HttpClient::ReadHead() {
  HttpAnswer answer;
  const std::optional<std::string> first = ReadLine();
  if (!first.has_value()) return answer;
  answer.status = std::atoi(first->substr(first->find(' ') + 1).c_str());
  for (std::optional<std::string> line = ReadLine(); line.has_value() && !line->empty();
       line = ReadLine()) {
    const size_t colon = line->find(':');
    answer.headers.emplace(absl::AsciiStrToLower(line->substr(0, colon)),
                           std::string(absl::StripAsciiWhitespace(line->substr(colon + 1))));
  }
  return answer;
}

std::optional<std::string> HttpClient::ReadChunk() {
  const std::optional<std::string> size = ReadLine();
  if (!size.has_value()) return std::nullopt;
  const size_t count = std::strtoul(size->c_str(), nullptr, 16);
  std::optional<std::string> chunk = ReadBytes(count);
  ReadLine();
  if (count == 0) return std::nullopt;
  return chunk;
}

void HttpClient::Skip(size_t count) {
  EXPECT_TRUE(ReadBytes(count).has_value()) << "the body ends too early";
}

HttpAnswer HttpClient::Read(bool is_head) {
  HttpAnswer answer = ReadHead();
  if (is_head || answer.status == 304 || answer.status == 100) return answer;
  if (answer.Header("transfer-encoding") == "chunked") {
    while (const std::optional<std::string> chunk = ReadChunk()) answer.body += *chunk;
    return answer;
  }
  const size_t length = std::strtoul(answer.Header("content-length").c_str(), nullptr, 10);
  std::optional<std::string> body = ReadBytes(length);
  // A connection that breaks within an answer brought none.
  if (!body.has_value()) return {};
  answer.body = *std::move(body);
  return answer;
}

HttpAnswer HttpClient::Ask(std::string_view method, std::string_view target,
                           const HttpFields& fields, std::string_view body) {
  Send(FormatRequest(method, target, fields, body));
  return Read(method == "HEAD");
}

bool HttpClient::AtEnd() { return buffer_.empty() && ReceiveSome() == 0; }

void HttpClient::EndSending() { shutdown(socket_, SHUT_WR); }

std::vector<std::pair<uint8_t, std::string>> SplitEnvelopes(std::string_view body) {
  std::vector<std::pair<uint8_t, std::string>> envelopes;
  while (body.size() >= 5) {
    size_t length = 0;
    for (size_t i = 1; i < 5; ++i) length = (length << 8) | static_cast<uint8_t>(body[i]);
    envelopes.emplace_back(static_cast<uint8_t>(body[0]), std::string(body.substr(5, length)));
    body.remove_prefix(std::min(body.size(), 5 + length));
  }
  EXPECT_TRUE(body.empty()) << "the body ends within a prefix";
  return envelopes;
}

std::string Enveloped(uint8_t flags, std::string_view message) {
  std::string envelope(1, static_cast<char>(flags));
  for (const int shift : {24, 16, 8, 0}) {
    envelope.push_back(static_cast<char>((message.size() >> shift) & 0xff));
  }
  return envelope.append(message);
}

int PortOf(const std::string& address) {
  return std::atoi(address.substr(address.rfind(':') + 1).c_str());
}

}  // namespace attlas::testing
