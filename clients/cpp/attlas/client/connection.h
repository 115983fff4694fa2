// How a daemon is reached, and who calls.
//
// Threads: Connection is thread-safe; the others are plain values.
#ifndef ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CONNECTION_H_
#define ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CONNECTION_H_

#include <grpcpp/channel.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <typeindex>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attlas::client {

// What TLS needs beyond the authorities that gRPC trusts already. All are PEM texts.
struct Tls {
  std::string authorities;  // Who vouches for the daemon; empty for those of gRPC.
  std::string certificate;  // The client's own, where the daemon knows callers by theirs.
  std::string key;          // The key of that certificate.
  std::string server_name;  // The name in the daemon's certificate; empty for that of the address.
};

struct Options {
  // None for a channel without TLS.
  std::optional<Tls> tls = std::nullopt;
  // Returns the bearer token that shows who calls. It is called before the first call, and again
  // whenever a token was refused, by the thread that calls. None for a caller without a token.
  std::function<std::string()> token = nullptr;
  // How long an answer may take, unless a call says otherwise. Streams have no limit of their own.
  absl::Duration timeout = absl::Seconds(30);
  // Whether calls wait, within their time, for a daemon that is not there yet. If not, they fail
  // with UNAVAILABLE after a few tries.
  bool wait_for_ready = false;
};

// A channel and the token in use; shared by all views of a client.
class Connection {
 public:
  // Does not connect yet. Errors: INVALID_ARGUMENT where a token would leave this machine without
  // TLS.
  static absl::StatusOr<std::shared_ptr<Connection>> Make(const std::string& address,
                                                          const Options& options);

  Connection(std::shared_ptr<grpc::Channel> channel, std::function<std::string()> token);

  // The stub of a service, made when it is first asked for. It lives as long as the connection.
  template <typename Stub>
  Stub& stub() {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<void>& stub = stubs_[typeid(Stub)];
    if (stub == nullptr) stub = std::make_shared<Stub>(channel_);
    return *static_cast<Stub*>(stub.get());
  }

  // The token in use; none for a caller without one.
  std::optional<std::string> Token();
  // A token to try instead of one that was refused; none where there is no other.
  std::optional<std::string> RenewedToken(const std::optional<std::string>& refused);

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const std::function<std::string()> ask_;
  std::mutex mutex_;
  std::map<std::type_index, std::shared_ptr<void>> stubs_;
  std::mutex token_mutex_;
  std::optional<std::string> token_;
};

}  // namespace attlas::client

#endif  // ATTLAS_CLIENTS_CPP_ATTLAS_CLIENT_CONNECTION_H_
