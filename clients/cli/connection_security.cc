#include "clients/cli/connection_security.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

constexpr char kAuthority[] = "ATTLAS_TLS_CA";
constexpr char kCertificate[] = "ATTLAS_TLS_CERT";
constexpr char kKey[] = "ATTLAS_TLS_KEY";

bool IsSet(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// What the file that a variable names holds; empty where it names none.
absl::StatusOr<std::string> FileOf(const char* variable) {
  if (!IsSet(variable)) return std::string();
  const std::ifstream file(std::getenv(variable), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (file && !text.str().empty()) return text.str();
  return absl::InvalidArgumentError(
      absl::StrCat(variable, ": cannot read ", std::getenv(variable)));
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOfEnvironment() {
  if (IsSet(kCertificate) != IsSet(kKey)) {
    return absl::InvalidArgumentError(
        absl::StrCat(kCertificate, " and ", kKey, " belong together; set both or none"));
  }
  if (!IsSet(kAuthority)) {
    if (!IsSet(kCertificate)) return grpc::InsecureChannelCredentials();
    return absl::InvalidArgumentError(
        absl::StrCat(kCertificate, " needs ", kAuthority, ", by which the daemon is checked"));
  }
  grpc::SslCredentialsOptions options;
  ATTLAS_ASSIGN_OR_RETURN(options.pem_root_certs, FileOf(kAuthority));
  ATTLAS_ASSIGN_OR_RETURN(options.pem_cert_chain, FileOf(kCertificate));
  ATTLAS_ASSIGN_OR_RETURN(options.pem_private_key, FileOf(kKey));
  return grpc::SslCredentials(options);
}

}  // namespace attlas::cli
