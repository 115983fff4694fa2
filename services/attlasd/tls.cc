#include "services/attlasd/tls.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"

namespace attlas::services {
namespace {

// How often the files are looked at.
constexpr unsigned int kReloadSeconds = 1;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using File = std::unique_ptr<BIO, FreeBio>;
using Certificate = std::unique_ptr<X509, FreeCertificate>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

// Instead of asking at the terminal.
int NoPassphrase(char*, int, int, void*) { return 0; }

absl::Status Fault(const char* flag, const std::string& path, const char* what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat(flag, " ", path, " ", what));
}

absl::StatusOr<Certificate> ReadCertificate(const char* flag, const std::string& path) {
  const File file(BIO_new_file(path.c_str(), "r"));
  if (file == nullptr) return Fault(flag, path, "cannot be read");
  Certificate certificate(PEM_read_bio_X509(file.get(), nullptr, &NoPassphrase, nullptr));
  if (certificate == nullptr) return Fault(flag, path, "holds no certificate in PEM");
  return certificate;
}

absl::StatusOr<Key> ReadKey(const char* flag, const std::string& path) {
  const File file(BIO_new_file(path.c_str(), "r"));
  if (file == nullptr) return Fault(flag, path, "cannot be read");
  Key key(PEM_read_bio_PrivateKey(file.get(), nullptr, &NoPassphrase, nullptr));
  if (key == nullptr) return Fault(flag, path, "holds no private key in PEM without a passphrase");
  return key;
}

}  // namespace

absl::Status CheckTlsFiles(const TlsFiles& files) {
  if (files.empty()) {
    if (files.upstream_authorities.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "--upstream_ca needs --tls_cert and --tls_key, by which other daemons know this one");
  }
  if (files.certificate.empty() || files.key.empty()) {
    return absl::InvalidArgumentError("TLS needs both --tls_cert and --tls_key");
  }
  ATTLAS_ASSIGN_OR_RETURN(const Certificate certificate,
                          ReadCertificate("--tls_cert", files.certificate));
  ATTLAS_ASSIGN_OR_RETURN(const Key key, ReadKey("--tls_key", files.key));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Fault("--tls_key", files.key, "is not the key of --tls_cert");
  }
  if (!files.client_authorities.empty()) {
    ATTLAS_RETURN_IF_ERROR(ReadCertificate("--tls_client_ca", files.client_authorities).status());
  }
  if (files.upstream_authorities.empty()) return absl::OkStatus();
  return ReadCertificate("--upstream_ca", files.upstream_authorities).status();
}

std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files) {
  using grpc::experimental::FileWatcherCertificateProvider;
  if (files.empty()) return grpc::InsecureServerCredentials();
  grpc::experimental::TlsServerCredentialsOptions options(
      std::make_shared<FileWatcherCertificateProvider>(files.key, files.certificate,
                                                       files.client_authorities, kReloadSeconds));
  options.watch_identity_key_cert_pairs();
  if (files.client_authorities.empty()) {
    options.set_cert_request_type(GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  } else {
    options.watch_root_certs();
    // Not required: who has no certificate may have a token.
    options.set_cert_request_type(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> MakeUpstreamCredentials(const TlsFiles& files) {
  using grpc::experimental::FileWatcherCertificateProvider;
  if (files.upstream_authorities.empty()) return grpc::InsecureChannelCredentials();
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<FileWatcherCertificateProvider>(
      files.key, files.certificate, files.upstream_authorities, kReloadSeconds));
  options.watch_identity_key_cert_pairs();
  options.watch_root_certs();
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace attlas::services
