#include "attlas/client/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service_config.h"

namespace attlas::client {
namespace {

// Whether what is sent to the address stays on this machine.
bool IsLocal(const std::string& address) {
  for (const char* local : {"unix:", "localhost:", "127.", "[::1]:", "dns:///localhost:"}) {
    if (absl::StartsWith(address, local)) return true;
  }
  return false;
}

grpc::ChannelArguments ArgumentsOf(const std::string& address, const Options& options) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  // Answers are bounded by the service's own limits, exports by their batches.
  arguments.SetMaxReceiveMessageSize(-1);
  // Error details travel in headers.
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 64 << 10);
  // A daemon that starts again is found soon.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5'000);
  arguments.SetUserAgentPrefix("attlas-cpp");
  // A proxy of the environment has no business between this machine and its daemon.
  if (IsLocal(address)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (options.tls.has_value() && !options.tls->server_name.empty()) {
    arguments.SetSslTargetNameOverride(options.tls->server_name);
  }
  return arguments;
}

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const Options& options) {
  if (!options.tls.has_value()) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials({.pem_root_certs = options.tls->authorities,
                               .pem_private_key = options.tls->key,
                               .pem_cert_chain = options.tls->certificate});
}

}  // namespace

absl::StatusOr<std::shared_ptr<Connection>> Connection::Make(const std::string& address,
                                                             const Options& options) {
  if (options.token != nullptr && !options.tls.has_value() && !IsLocal(address)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a token goes to ", address, " only over TLS; set Options::tls"));
  }
  return std::make_shared<Connection>(
      grpc::CreateCustomChannel(address, CredentialsOf(options), ArgumentsOf(address, options)),
      options.token);
}

Connection::Connection(std::shared_ptr<grpc::Channel> channel, std::function<std::string()> token)
    : channel_(std::move(channel)), ask_(std::move(token)) {}

std::optional<std::string> Connection::Token() {
  const std::lock_guard lock(token_mutex_);
  if (!token_.has_value() && ask_ != nullptr) token_ = ask_();
  return token_;
}

std::optional<std::string> Connection::RenewedToken(const std::optional<std::string>& refused) {
  const std::lock_guard lock(token_mutex_);
  if (ask_ == nullptr) return std::nullopt;
  // Another thread may have asked already.
  if (token_ == refused) token_ = ask_();
  return token_ == refused ? std::nullopt : token_;
}

}  // namespace attlas::client
