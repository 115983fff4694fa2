// The credentials of the daemon towards its clients and towards other daemons: none, or TLS from
// files that are read again when they change.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ATTLASD_TLS_H_
#define ATTLAS_SERVICES_ATTLASD_TLS_H_

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace attlas::services {

// Files in PEM; all empty for no TLS.
struct TlsFiles {
  std::string certificate;         // The server's, then those between it and its authority.
  std::string key;                 // Its private key, without a passphrase.
  std::string client_authorities;  // Who may vouch for clients; empty to ask for no certificate.
  // Who may vouch for the daemons that this one calls; empty to call them in plain text.
  std::string upstream_authorities;

  bool empty() const { return certificate.empty() && key.empty() && client_authorities.empty(); }
};

// OK where the files are there and fit one another. INVALID_ARGUMENT that names the flag at fault
// otherwise; never with anything of their contents.
absl::Status CheckTlsFiles(const TlsFiles& files);

// Plain text for no files. Where there are client authorities, a client may show a certificate, and
// one that none of them vouches for ends the connection.
// REQUIRES: CheckTlsFiles is OK.
std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files);

// What this daemon shows to those that it calls, its own certificate, and how it checks theirs:
// names and authority. Plain text without upstream authorities.
// REQUIRES: CheckTlsFiles is OK.
std::shared_ptr<grpc::ChannelCredentials> MakeUpstreamCredentials(const TlsFiles& files);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_TLS_H_
