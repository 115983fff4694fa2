#include "services/access/policy.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/policy/v1/policy.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "graph/model/text_proto.h"
#include "services/access/space_registry.h"

namespace attlas::services {
namespace {

namespace v1 = policy::v1;

constexpr size_t kMaxPolicyBytes = size_t{4} << 20;
constexpr int kDefaultSkewSeconds = 30;
constexpr int kMaxSkewSeconds = 300;
constexpr double kMaxRate = 1e6;
constexpr double kDefaultBurstSeconds = 10;

bool IsPrintable(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool IsCertificateUri(std::string_view text) {
  return IsPrintable(text) && text.find("://") != std::string_view::npos;
}

}  // namespace

// Reads the messages of a policy, and collects what is wrong with them.
class PolicyBuilder {
 public:
  explicit PolicyBuilder(const std::string& path)
      : folder_(std::filesystem::path(path).parent_path()), policy_(new Policy()) {
    policy_->files_.push_back(path);
  }

  absl::StatusOr<std::shared_ptr<const Policy>> Build(const v1::Policy& proto) {
    default_quota_ = ReadQuota(proto.default_quota(), "default_quota");
    std::vector<TokenIssuer> issuers;
    issuers.reserve(static_cast<size_t>(proto.token_issuers_size()));
    for (int i = 0; i < proto.token_issuers_size(); ++i) {
      issuers.push_back(ReadIssuer(proto.token_issuers(i), absl::StrCat("token_issuers[", i, "]")));
    }
    policy_->tokens_ = TokenVerifier(std::move(issuers));
    for (int i = 0; i < proto.grants_size(); ++i) {
      ReadGrant(proto.grants(i), absl::StrCat("grants[", i, "]"));
    }
    for (int i = 0; i < proto.forwarders_size(); ++i) {
      ReadForwarder(proto.forwarders(i), absl::StrCat("forwarders[", i, "]"));
    }
    if (proto.grants().empty()) Fault("grants", "nobody is granted anything");
    if (!violations_.empty()) return graph::InvalidFields(std::move(violations_));
    return std::shared_ptr<const Policy>(std::move(policy_));
  }

 private:
  void Fault(std::string field, std::string description) {
    violations_.push_back({std::move(field), std::move(description)});
  }

  TokenIssuer ReadIssuer(const v1::TokenIssuer& proto, const std::string& field) {
    // A `#` ends the issuer in the names of callers.
    if (!IsPrintable(proto.issuer()) || proto.issuer().find('#') != std::string::npos) {
      Fault(field + ".issuer", "must be printable, without blanks and `#`");
    } else if (!issuer_names_.insert(proto.issuer()).second) {
      Fault(field + ".issuer", "stands in another entry already");
    }
    if (proto.audience().empty()) Fault(field + ".audience", "must be given");
    const int skew =
        proto.has_clock_skew_seconds() ? proto.clock_skew_seconds() : kDefaultSkewSeconds;
    if (skew < 0 || skew > kMaxSkewSeconds) {
      Fault(field + ".clock_skew_seconds", absl::StrCat("must be 0 to ", kMaxSkewSeconds));
    }
    return {.issuer = proto.issuer(),
            .audience = proto.audience(),
            .clock_skew = absl::Seconds(skew),
            .keys = ReadKeys(proto.keys_file(), field + ".keys_file")};
  }

  std::shared_ptr<const KeySet> ReadKeys(const std::string& name, const std::string& field) {
    if (name.empty()) {
      Fault(field, "must be given");
      return nullptr;
    }
    const std::string path = (folder_ / name).string();
    policy_->files_.push_back(path);
    const absl::StatusOr<std::string> text = graph::ReadTextFile(path, "the keys");
    if (!text.ok()) {
      Fault(field, std::string(text.status().message()));
      return nullptr;
    }
    absl::StatusOr<std::shared_ptr<const KeySet>> keys = KeySet::Parse(*text);
    if (keys.ok()) return *std::move(keys);
    Fault(field, absl::StrCat(path, ": ", keys.status().message()));
    return nullptr;
  }

  Quota ReadQuota(const v1::Quota& proto, const std::string& field) {
    const double rate = proto.calls_per_second();
    if (!(rate >= 0 && rate <= kMaxRate)) {
      Fault(field + ".calls_per_second", absl::StrCat("must be 0 to ", kMaxRate));
    }
    if (proto.burst() < 0) Fault(field + ".burst", "must not be negative");
    if (proto.burst() > 0 && rate == 0) Fault(field + ".burst", "means nothing without a rate");
    if (proto.concurrent_calls() < 0) Fault(field + ".concurrent_calls", "must not be negative");
    const double burst = proto.burst() > 0 ? proto.burst() : rate * kDefaultBurstSeconds;
    return {.calls_per_second = rate,
            .burst = rate == 0 ? 0 : std::max(1.0, burst),
            .concurrent_calls = proto.concurrent_calls()};
  }

  graph::Clearance ReadClearance(const v1::Grant& grant, const std::string& field) {
    if (grant.clearance() == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED ||
        !graph::v1::TrafficLight_IsValid(grant.clearance())) {
      Fault(field + ".clearance", "must be given, as TRAFFIC_LIGHT_GREEN");
    }
    for (int i = 0; i < grant.spaces_size(); ++i) {
      const absl::StatusOr<graph::ResourceName> name = graph::ParseResourceName(grant.spaces(i));
      if (!name.ok() || name->collection != "spaces") {
        Fault(absl::StrCat(field, ".spaces[", i, "]"), "is no space; write spaces/<id>");
      } else if (grant.spaces(i) == kSpaceRegistry) {
        Fault(absl::StrCat(field, ".spaces[", i, "]"), "is kept by EngagementService alone");
      }
    }
    if (grant.all_spaces() && grant.role() != access::v1::ROLE_OPERATOR) {
      Fault(field + ".all_spaces", "is for ROLE_OPERATOR alone; name the spaces");
    }
    return {grant.clearance(), {grant.spaces().begin(), grant.spaces().end()}, grant.all_spaces()};
  }

  // The name of a caller with this proof; empty where it is at fault.
  std::string ReadIdentity(const v1::Identity& identity, const std::string& field) {
    switch (identity.proof_case()) {
      case v1::Identity::kCertificateUri:
        if (IsCertificateUri(identity.certificate_uri())) {
          return CertificateName(identity.certificate_uri());
        }
        Fault(field + ".certificate_uri", "is no URI, such as spiffe://attlas.example/staff/ana");
        return "";
      case v1::Identity::kToken:
        if (!issuer_names_.contains(identity.token().issuer())) {
          Fault(field + ".token.issuer", "is none of the `token_issuers`");
          return "";
        }
        if (!identity.token().subject().empty()) {
          return TokenName(identity.token().issuer(), identity.token().subject());
        }
        Fault(field + ".token.subject", "must be given");
        return "";
      case v1::Identity::kAnyone:
        if (identity.anyone()) return kAnyoneName;
        Fault(field + ".anyone", "must be true, or not there");
        return "";
      case v1::Identity::PROOF_NOT_SET:
        break;
    }
    Fault(field, "says nothing; give certificate_uri, token or anyone");
    return "";
  }

  void ReadGrant(const v1::Grant& grant, const std::string& field) {
    if (grant.role() == access::v1::ROLE_UNSPECIFIED || !access::v1::Role_IsValid(grant.role())) {
      Fault(field + ".role", "must be given, as ROLE_READER");
    }
    Principal principal;
    principal.role = grant.role();
    principal.clearance = ReadClearance(grant, field);
    principal.quota =
        grant.has_quota() ? ReadQuota(grant.quota(), field + ".quota") : default_quota_;
    if (grant.identities().empty()) Fault(field + ".identities", "must be given");
    for (int i = 0; i < grant.identities_size(); ++i) {
      const std::string at = absl::StrCat(field, ".identities[", i, "]");
      principal.name = ReadIdentity(grant.identities(i), at);
      if (principal.name.empty()) continue;
      if (principal.name == kAnyoneName && principal.role != access::v1::ROLE_READER) {
        Fault(at + ".anyone", "may be granted ROLE_READER alone");
      }
      if (!policy_->principals_.emplace(principal.name, principal).second) {
        Fault(at, "stands in a grant already");
      }
    }
  }

  void ReadForwarder(const v1::Forwarder& proto, const std::string& field) {
    if (!IsCertificateUri(proto.certificate_uri())) {
      Fault(field + ".certificate_uri",
            "is no URI, such as spiffe://attlas.example/daemons/gateway");
    }
    if (proto.highest_role() == access::v1::ROLE_UNSPECIFIED ||
        !access::v1::Role_IsValid(proto.highest_role())) {
      Fault(field + ".highest_role", "must be given, as ROLE_READER");
    }
    if (!policy_->forwarders_.emplace(proto.certificate_uri(), proto.highest_role()).second) {
      Fault(field, "stands in another entry already");
    }
  }

  const std::filesystem::path folder_;
  std::unique_ptr<Policy> policy_;
  std::set<std::string> issuer_names_;
  Quota default_quota_;
  std::vector<graph::FieldViolation> violations_;
};

absl::StatusOr<std::shared_ptr<const Policy>> Policy::FromText(const std::string& text,
                                                               const std::string& path) {
  if (text.size() > kMaxPolicyBytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is larger than 4 MiB"));
  }
  graph::TextProto file(path);
  v1::Policy proto;
  ATTLAS_RETURN_IF_ERROR(file.Parse(text, &proto));
  absl::StatusOr<std::shared_ptr<const Policy>> policy = PolicyBuilder(path).Build(proto);
  if (policy.ok()) return policy;
  return file.Locate(policy.status(), *v1::Policy::descriptor());
}

absl::StatusOr<std::shared_ptr<const Policy>> Policy::FromFile(const std::string& path) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string text, graph::ReadTextFile(path, "the policy"));
  return FromText(text, path);
}

const Principal* Policy::Find(std::string_view name) const {
  const auto found = principals_.find(graph::ToAbsl(name));
  return found == principals_.end() ? nullptr : &found->second;
}

Role Policy::ForwardedRole(std::string_view certificate_uri) const {
  const auto found = forwarders_.find(graph::ToAbsl(certificate_uri));
  return found == forwarders_.end() ? access::v1::ROLE_UNSPECIFIED : found->second;
}

}  // namespace attlas::services
