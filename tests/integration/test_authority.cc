#include "tests/integration/test_authority.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdlib>

namespace attlas::testing {
namespace {

void Require(bool done) {
  if (!done) std::abort();
}

template <typename Write>
std::string ToPem(Write write) {
  BIO* memory = BIO_new(BIO_s_mem());
  Require(write(memory) == 1);
  char* text = nullptr;
  const auto size = static_cast<size_t>(BIO_get_mem_data(memory, &text));
  std::string pem(text, size);
  BIO_free(memory);
  return pem;
}

std::string CertificatePem(X509* certificate) {
  return ToPem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

void AddExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// A certificate without names and signature.
X509* MakeCertificate(EVP_PKEY* key, const std::string& subject, const X509_NAME* issuer,
                      long begins) {
  static std::atomic<long> serial{1};
  constexpr long kDay = 24L * 3600;
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), begins);
  X509_gmtime_adj(X509_getm_notAfter(certificate), begins + kDay);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, issuer == nullptr ? name : issuer);
  return certificate;
}

}  // namespace

struct TestAuthority::Keys {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = nullptr;
  ~Keys() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
};

TestAuthority::TestAuthority(const std::string& name) : keys_(std::make_unique<Keys>()) {
  keys_->certificate = MakeCertificate(keys_->key, name, nullptr, -3600);
  AddExtension(keys_->certificate, keys_->certificate, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(keys_->certificate, keys_->certificate, NID_key_usage, "critical,keyCertSign");
  Require(X509_sign(keys_->certificate, keys_->key, EVP_sha256()) > 0);
  certificate_ = CertificatePem(keys_->certificate);
}

TestAuthority::~TestAuthority() = default;

Identity TestAuthority::Issue(const std::string& names, long begins) const {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate =
      MakeCertificate(key, "test", X509_get_subject_name(keys_->certificate), begins);
  AddExtension(certificate, keys_->certificate, NID_subject_alt_name, names);
  Require(X509_sign(certificate, keys_->key, EVP_sha256()) > 0);
  Identity identity;
  identity.certificate = CertificatePem(certificate);
  identity.key = ToPem([&](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  X509_free(certificate);
  EVP_PKEY_free(key);
  return identity;
}

}  // namespace attlas::testing
