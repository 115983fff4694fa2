// The policy: what is granted to whom (attlas/policy/v1/policy.proto).
//
// What: read from a file and checked as a whole; a policy with one fault is none. What it does not
// grant is denied.
// Threads: an immutable value; thread-safe.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const auto policy, Policy::FromFile("policy.textproto"));
//   ATTLAS_ASSIGN_OR_RETURN(const auto claims, policy->tokens().Verify(token, absl::Now()));
//   const Principal* caller = policy->Find(TokenName(claims.issuer, claims.subject));
#ifndef ATTLAS_SERVICES_ACCESS_POLICY_H_
#define ATTLAS_SERVICES_ACCESS_POLICY_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/access/principal.h"
#include "services/access/token_verifier.h"

namespace attlas::services {

class Policy {
 public:
  // The policy in a file, with the key sets that it names. NOT_FOUND where it cannot be read;
  // INVALID_ARGUMENT with a violation for every fault, its field being `path:line:column`.
  static absl::StatusOr<std::shared_ptr<const Policy>> FromFile(const std::string& path);
  // The same from its text. Key sets are read relative to the folder of `path`.
  static absl::StatusOr<std::shared_ptr<const Policy>> FromText(const std::string& text,
                                                                const std::string& path);

  // The caller of this name (principal.h); null where the policy grants it nothing.
  const Principal* Find(std::string_view name) const;
  // The highest role in which calls that this peer passes on count; ROLE_UNSPECIFIED for a peer
  // that may pass on none.
  Role ForwardedRole(std::string_view certificate_uri) const;
  const TokenVerifier& tokens() const { return tokens_; }
  size_t size() const { return principals_.size(); }
  // The files that it was made from, itself first.
  const std::vector<std::string>& files() const { return files_; }

 private:
  friend class PolicyBuilder;
  Policy() : tokens_({}) {}

  absl::flat_hash_map<std::string, Principal> principals_;
  absl::flat_hash_map<std::string, Role> forwarders_;
  TokenVerifier tokens_;
  std::vector<std::string> files_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_POLICY_H_
