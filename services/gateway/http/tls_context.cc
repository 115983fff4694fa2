#include "services/gateway/http/tls_context.h"

#include <openssl/ssl.h>
#include <sys/stat.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "graph/base/status_macros.h"

namespace attlas::gateway {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr absl::Duration kLookEvery = absl::Seconds(1);
constexpr unsigned char kHttp11[] = "\x08http/1.1";
constexpr unsigned char kSessionContext[] = "attlas";

// Takes HTTP/1.1 where the client offers protocols; one that offers others alone is refused.
int SelectProtocol(SSL*, const unsigned char** chosen, unsigned char* length,
                   const unsigned char* offered, unsigned int offered_length, void*) {
  unsigned char* out = nullptr;
  const int result =
      SSL_select_next_proto(&out, length, kHttp11, sizeof(kHttp11) - 1, offered, offered_length);
  if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = out;
  return SSL_TLSEXT_ERR_OK;
}

absl::Status Fault(const std::string& path, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(path, " ", what));
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsContext>> TlsContext::Load(TlsFileNames files) {
  std::unique_ptr<TlsContext> loaded(new TlsContext(std::move(files)));
  loaded->states_ = loaded->Look();
  loaded->looked_ = absl::Now();
  ATTLAS_ASSIGN_OR_RETURN(loaded->context_, loaded->Make());
  return loaded;
}

TlsContext::Context TlsContext::Current() {
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::Time now = absl::Now();
  if (now < looked_ + kLookEvery) return context_;
  looked_ = now;
  const States states = Look();
  if (states == states_) return context_;
  absl::StatusOr<Context> made = Make();
  if (made.ok()) {
    context_ = *std::move(made);
    states_ = states;
  }
  return context_;
}

TlsContext::States TlsContext::Look() const {
  States states{};
  const std::string* const files[] = {&files_.certificate, &files_.key, &files_.client_authorities};
  for (size_t i = 0; i < states.size(); ++i) {
    struct stat status = {};
    if (files[i]->empty() || stat(files[i]->c_str(), &status) != 0) continue;
    constexpr int64_t kNanoseconds = 1'000'000'000;
    states[i] = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec;
  }
  return states;
}

absl::StatusOr<TlsContext::Context> TlsContext::Make() const {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_alpn_select_cb(native, &SelectProtocol, nullptr);
  SSL_CTX_set_session_id_context(native, kSessionContext, sizeof(kSessionContext) - 1);
  error_code error;
  context->use_certificate_chain_file(files_.certificate, error);
  if (error) return Fault(files_.certificate, "holds no certificate in PEM");
  context->use_private_key_file(files_.key, ssl::context::pem, error);
  if (error) return Fault(files_.key, "is not the private key of the certificate in PEM");
  if (files_.client_authorities.empty()) return context;
  // Not required: who has no certificate may have a token.
  context->set_verify_mode(ssl::verify_peer, error);
  context->load_verify_file(files_.client_authorities, error);
  if (error) return Fault(files_.client_authorities, "holds no certificate in PEM");
  return context;
}

}  // namespace attlas::gateway
