// Policies: one with a fault is none, its faults have places, and nobody is granted by accident.
#include "services/access/policy.h"

#include "graph/base/error.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

// Where there is no file, so that key sets cannot be read.
constexpr char kPath[] = "/nowhere/policy.textproto";

}  // namespace

void Fuzz(std::string_view input) {
  const auto policy = services::Policy::FromText(std::string(input), kPath);
  if (!policy.ok()) {
    Require(absl::IsInvalidArgument(policy.status()) || absl::IsNotFound(policy.status()),
            "a bad policy is another sort of error");
    const auto detail = graph::GetErrorDetail(policy.status());
    Require(!detail.has_value() || !detail->violations.empty(), "a fault has no place");
    return;
  }
  Require((*policy)->size() > 0, "a policy grants nothing");
  Require((*policy)->Find("") == nullptr, "a caller without a name is granted something");
  Require((*policy)->Find("token:https://nobody.example#nobody") == nullptr,
          "a token of an unknown issuer is granted something");
}

std::vector<std::string> Seeds() {
  return {
      R"(grants {
  identities { certificate_uri: "spiffe://attlas.example/ana" }
  role: ROLE_EDITOR
  clearance: TRAFFIC_LIGHT_AMBER
  spaces: "spaces/round-table"
  quota { calls_per_second: 0.5 burst: 3 concurrent_calls: 1 }
})",
      R"(default_quota { calls_per_second: 5 concurrent_calls: 2 }
grants { identities { anyone: true } role: ROLE_READER clearance: TRAFFIC_LIGHT_CLEAR })",
      R"(token_issuers { issuer: "https://login.example" audience: "attlas" keys_file: "k.json" }
grants {
  identities { token { issuer: "https://login.example" subject: "ben" } }
  role: ROLE_OPERATOR clearance: TRAFFIC_LIGHT_RED all_spaces: true
})",
      "grants { role: ROLE_KING }", ""};
}

}  // namespace attlas::fuzz
