// Who calls, what they may do and see, and how much they may ask for.
//
// Threads: plain values.
#ifndef ATTLAS_SERVICES_ACCESS_PRINCIPAL_H_
#define ATTLAS_SERVICES_ACCESS_PRINCIPAL_H_

#include <string>

#include "graph/model/marking.h"
#include "services/access/requirement.h"

namespace attlas::services {

// How much one caller may ask for. Zero is no limit.
struct Quota {
  double calls_per_second = 0;
  double burst = 0;  // Calls at once after a rest; at least 1 where there is a rate.
  int concurrent_calls = 0;
};

struct Principal {
  // `certificate:<URI>`, `token:<issuer>#<subject>` or `anyone`; empty for the local operator. No
  // two callers that the policy tells apart have the same.
  std::string name;
  Role role = access::v1::ROLE_UNSPECIFIED;
  graph::Clearance clearance;
  Quota quota;
};

// Whoever works on this machine, where no policy is set.
inline Principal LocalOperator(graph::Clearance clearance) {
  return {.name = "",
          .role = access::v1::ROLE_OPERATOR,
          .clearance = std::move(clearance),
          .quota = {}};
}

inline std::string CertificateName(const std::string& uri) { return "certificate:" + uri; }
inline std::string TokenName(const std::string& issuer, const std::string& subject) {
  return "token:" + issuer + "#" + subject;
}
inline constexpr char kAnyoneName[] = "anyone";

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_PRINCIPAL_H_
