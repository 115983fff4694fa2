#include "tests/services/access/signing_key.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::testing {
namespace {

using graph::ToAbsl;

void Require(bool done) {
  if (!done) std::abort();
}

std::string BytesOf(const BIGNUM* number, int size) {
  std::string bytes(static_cast<size_t>(size), '\0');
  Require(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size) == size);
  return bytes;
}

std::string Parameter(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  Require(EVP_PKEY_get_bn_param(key, name, &number) == 1);
  const bool coordinate = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC;
  const std::string bytes = BytesOf(number, coordinate ? 32 : BN_num_bytes(number));
  BN_free(number);
  return Base64Url(bytes);
}

// r and s side by side, where OpenSSL has them in DER.
std::string RawSignature(const std::string& der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()));
  Require(signature != nullptr);
  const std::string raw =
      BytesOf(ECDSA_SIG_get0_r(signature), 32) + BytesOf(ECDSA_SIG_get0_s(signature), 32);
  ECDSA_SIG_free(signature);
  return raw;
}

EVP_PKEY* MakeKey(const std::string& alg, unsigned int bits) {
  if (alg == "RS256") return EVP_RSA_gen(bits);
  if (alg == "ES256") return EVP_EC_gen("P-256");
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
}

}  // namespace

SigningKey::SigningKey(std::string alg, std::string kid, unsigned int bits)
    : alg_(std::move(alg)), kid_(std::move(kid)), key_(MakeKey(alg_, bits)) {
  Require(key_ != nullptr);
}

std::string SigningKey::PublicJwk(bool secret) const {
  std::string jwk = absl::StrCat(R"({"kid":")", kid_, R"(","use":"sig","alg":")", alg_, R"(",)");
  if (alg_ == "RS256") {
    absl::StrAppend(&jwk, R"("kty":"RSA","n":")", Parameter(key_.get(), OSSL_PKEY_PARAM_RSA_N),
                    R"(","e":")", Parameter(key_.get(), OSSL_PKEY_PARAM_RSA_E), "\"");
  } else if (alg_ == "ES256") {
    absl::StrAppend(&jwk, R"("kty":"EC","crv":"P-256","x":")",
                    Parameter(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X), R"(","y":")",
                    Parameter(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y), "\"");
  } else {
    std::string raw(32, '\0');
    size_t size = raw.size();
    Require(EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                        &size) == 1);
    absl::StrAppend(&jwk, R"("kty":"OKP","crv":"Ed25519","x":")", Base64Url(raw), "\"");
  }
  if (secret) absl::StrAppend(&jwk, R"(,"d":"AAAA")");
  return jwk + "}";
}

std::string SigningKey::PublicPem() const {
  BIO* memory = BIO_new(BIO_s_mem());
  Require(PEM_write_bio_PUBKEY(memory, key_.get()) == 1);
  char* text = nullptr;
  const auto size = static_cast<size_t>(BIO_get_mem_data(memory, &text));
  std::string pem(text, size);
  BIO_free(memory);
  return pem;
}

std::string SigningKey::Sign(std::string_view header, std::string_view claims) const {
  const std::string input = Base64Url(header) + "." + Base64Url(claims);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const EVP_MD* digest = alg_ == "EdDSA" ? nullptr : EVP_sha256();
  Require(EVP_DigestSignInit(context, nullptr, digest, nullptr, key_.get()) == 1);
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  size_t size = 0;
  Require(EVP_DigestSign(context, nullptr, &size, bytes, input.size()) == 1);
  std::string signature(size, '\0');
  Require(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                         input.size()) == 1);
  signature.resize(size);
  EVP_MD_CTX_free(context);
  return input + "." + Base64Url(alg_ == "ES256" ? RawSignature(signature) : signature);
}

std::string SigningKey::Sign(std::string_view claims) const {
  return Sign(absl::StrCat(R"({"alg":")", alg_, R"(","typ":"JWT","kid":")", kid_, R"("})"), claims);
}

std::string KeySetOf(const std::vector<const SigningKey*>& keys) {
  std::string set = R"({"keys":[)";
  for (const SigningKey* key : keys) {
    if (!set.ends_with('[')) set.push_back(',');
    set += key->PublicJwk();
  }
  return set + "]}";
}

std::string Base64Url(std::string_view bytes) { return absl::WebSafeBase64Escape(ToAbsl(bytes)); }

std::string SignWithSecret(std::string_view header, std::string_view claims,
                           std::string_view secret) {
  const std::string input = Base64Url(header) + "." + Base64Url(claims);
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  Require(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
               reinterpret_cast<const unsigned char*>(input.data()), input.size(),
               reinterpret_cast<unsigned char*>(mac.data()), &size) != nullptr);
  mac.resize(size);
  return input + "." + Base64Url(mac);
}

std::string ClaimsOf(std::string_view issuer, std::string_view subject, std::string_view audience,
                     int64_t now, int64_t seconds) {
  return absl::StrCat(R"({"iss":")", ToAbsl(issuer), R"(","sub":")", ToAbsl(subject),
                      R"(","aud":")", ToAbsl(audience), R"(","nbf":)", now, R"(,"iat":)", now,
                      R"(,"exp":)", now + seconds, "}");
}

}  // namespace attlas::testing
