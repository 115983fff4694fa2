// Bearer tokens: JSON Web Tokens (RFC 7519) signed by a known issuer.
//
// What: the token's own header decides nothing but which key of the issuer is tried. `alg: none`,
// HMAC, encrypted and nested tokens, compressed ones, keys or addresses of keys in the header and
// critical extensions are refused before the signature is looked at (RFC 8725).
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_ACCESS_TOKEN_VERIFIER_H_
#define ATTLAS_SERVICES_ACCESS_TOKEN_VERIFIER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/key_set.h"

namespace attlas::services {

// The longest token that is looked at, in bytes.
inline constexpr size_t kMaxTokenBytes = 8'192;

struct TokenIssuer {
  std::string issuer;
  std::string audience;
  absl::Duration clock_skew;
  std::shared_ptr<const KeySet> keys;
};

// What a good token says.
struct TokenClaims {
  std::string issuer;
  std::string subject;
  absl::Time expires;  // The claim `exp` and the clock skew: bad from then on.
};

class TokenVerifier {
 public:
  explicit TokenVerifier(std::vector<TokenIssuer> issuers) : issuers_(std::move(issuers)) {}

  // UNAUTHENTICATED (CREDENTIALS_REJECTED) for all that is wrong with a token, in words that hold
  // nothing of it. O(token), and one signature.
  absl::StatusOr<TokenClaims> Verify(std::string_view token, absl::Time now) const;

 private:
  std::vector<TokenIssuer> issuers_;
};

// UNAUTHENTICATED (CREDENTIALS_REJECTED): `what` is said of the credentials.
absl::Status CredentialsRejected(std::string_view what);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_TOKEN_VERIFIER_H_
