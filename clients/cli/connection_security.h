// How the connection to a daemon is secured: by files that the environment names.
//
// What: without them plain text, for a daemon of this machine. With ATTLAS_TLS_CA (PEM) the daemon
// must show a certificate of that authority and of the name in the address; with ATTLAS_TLS_CERT
// and ATTLAS_TLS_KEY the caller shows one, too. Threads: functions only.
#ifndef ATTLAS_CLIENTS_CLI_CONNECTION_SECURITY_H_
#define ATTLAS_CLIENTS_CLI_CONNECTION_SECURITY_H_

#include <grpcpp/security/credentials.h>

#include <memory>

#include "absl/status/statusor.h"

namespace attlas::cli {

// INVALID_ARGUMENT, naming the variable, for a file that cannot be read and for one without those
// that it needs.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOfEnvironment();

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_CONNECTION_SECURITY_H_
