// The public keys of one token issuer: a JSON Web Key Set (RFC 7517).
//
// What: keys for RS256 (RSA of 2,048 bits or more), ES256 (P-256) and EdDSA (Ed25519). A file that
// holds a private or a symmetric key is refused: neither belongs on a server that only verifies,
// and a symmetric one is what a forger would sign HS256 with.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_ACCESS_KEY_SET_H_
#define ATTLAS_SERVICES_ACCESS_KEY_SET_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace attlas::services {

class KeySet {
 public:
  // INVALID_ARGUMENT that says which key is at fault, without its contents.
  static absl::StatusOr<std::shared_ptr<const KeySet>> Parse(const std::string& json);
  ~KeySet();

  // Whether one of the keys signed the compact token with the algorithm `alg`: the key named `kid`,
  // or, where it is empty, the only key for the algorithm.
  // REQUIRES: `token` has the shape of a signed token, and its header names `alg` and `kid`.
  bool Signed(const std::string& token, std::string_view alg, std::string_view kid) const;

  size_t size() const;

 private:
  struct Impl;
  explicit KeySet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Whether tokens may be signed with this algorithm.
bool IsAcceptedAlgorithm(std::string_view alg);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_KEY_SET_H_
