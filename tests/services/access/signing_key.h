// Keys that sign tokens, made for a test with OpenSSL, which is not what verifies them.
#ifndef ATTLAS_TESTS_SERVICES_ACCESS_SIGNING_KEY_H_
#define ATTLAS_TESTS_SERVICES_ACCESS_SIGNING_KEY_H_

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::testing {

class SigningKey {
 public:
  // `alg` is RS256, ES256 or EdDSA. `bits` is for RS256 alone.
  SigningKey(std::string alg, std::string kid, unsigned int bits = 2048);

  const std::string& alg() const { return alg_; }
  const std::string& kid() const { return kid_; }
  // The public key as JSON; with `secret`, a member that only private keys have.
  std::string PublicJwk(bool secret = false) const;
  // The public key as PEM.
  std::string PublicPem() const;

  // A compact token of this header and these claims, both JSON.
  std::string Sign(std::string_view header, std::string_view claims) const;
  // The same with a header that names the algorithm and the key.
  std::string Sign(std::string_view claims) const;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  std::string alg_;
  std::string kid_;
  std::unique_ptr<EVP_PKEY, FreeKey> key_;
};

// A JSON Web Key Set of these keys.
std::string KeySetOf(const std::vector<const SigningKey*>& keys);

// base64url without padding, as tokens use it.
std::string Base64Url(std::string_view bytes);

// A token of these parts whose signature is HMAC-SHA256 under `secret`.
std::string SignWithSecret(std::string_view header, std::string_view claims,
                           std::string_view secret);

// Claims of a good token, as JSON: `seconds` is how long it is good from `now`.
std::string ClaimsOf(std::string_view issuer, std::string_view subject, std::string_view audience,
                     int64_t now, int64_t seconds);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_ACCESS_SIGNING_KEY_H_
