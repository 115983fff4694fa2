#include "services/access/access_control.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/access/sha256.h"

namespace attlas::services {
namespace {

// Tokens whose check is remembered; past it all are forgotten and checked anew.
constexpr size_t kMaxKnownTokens = 10'000;
constexpr absl::string_view kBearer = "bearer ";

absl::Status CredentialsMissing() {
  return graph::MakeError(
      absl::StatusCode::kUnauthenticated,
      "say who you are: with a client certificate, or with a token in the header authorization",
      {.reason = "CREDENTIALS_MISSING", .metadata = {}, .violations = {}});
}

// The same for every caller that the policy does not name.
absl::Status NotGranted() { return CredentialsRejected("nothing is granted to this caller"); }

bool GrantsTheSame(const Principal& a, const Principal& b) {
  return a.role == b.role && a.clearance.level == b.clearance.level &&
         a.clearance.spaces == b.clearance.spaces &&
         a.clearance.all_spaces == b.clearance.all_spaces;
}

}  // namespace

AccessControl::AccessControl(graph::Clearance clearance)
    : local_(std::make_shared<const Principal>(LocalOperator(std::move(clearance)))) {}

AccessControl::AccessControl(std::string path, OnReload on_reload)
    : path_(std::move(path)), on_reload_(std::move(on_reload)) {}

absl::StatusOr<std::unique_ptr<AccessControl>> AccessControl::FromPolicyFile(
    const std::string& path, OnReload on_reload, absl::Duration interval) {
  std::unique_ptr<AccessControl> control(new AccessControl(path, std::move(on_reload)));
  {
    const absl::MutexLock lock(&control->reload_mutex_);
    ATTLAS_RETURN_IF_ERROR(control->Load());
  }
  if (interval != absl::InfiniteDuration()) {
    control->watcher_ = std::thread([raw = control.get(), interval] { raw->Watch(interval); });
  }
  return control;
}

AccessControl::~AccessControl() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (watcher_.joinable()) watcher_.join();
}

AccessControl::FileState AccessControl::StateOf(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return {};
  constexpr int64_t kNanoseconds = 1'000'000'000;
  return {.changed_nanoseconds = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec,
          .size = status.st_size,
          .inode = status.st_ino};
}

absl::Status AccessControl::Load() {
  // The states are taken first, so that a change while the files are read is seen the next time.
  std::vector<std::pair<std::string, FileState>> files;
  files.emplace_back(path_, StateOf(path_));
  for (const auto& known : files_) {
    if (known.first != path_) files.emplace_back(known.first, StateOf(known.first));
  }
  absl::StatusOr<std::shared_ptr<const Policy>> policy = Policy::FromFile(path_);
  if (policy.ok()) {
    files.resize(1);
    for (size_t i = 1; i < (*policy)->files().size(); ++i) {
      const std::string& name = (*policy)->files()[i];
      files.emplace_back(name, StateOf(name));
    }
  }
  files_ = std::move(files);
  const absl::MutexLock lock(&mutex_);
  stale_ = !policy.ok();
  if (!policy.ok()) return policy.status();
  policy_ = *std::move(policy);
  known_tokens_.clear();
  return absl::OkStatus();
}

bool AccessControl::ReloadIfChanged() {
  absl::Status loaded;
  {
    const absl::MutexLock reload_lock(&reload_mutex_);
    bool changed = false;
    for (const auto& [path, state] : files_) changed = changed || !(StateOf(path) == state);
    if (!changed) return false;
    loaded = Load();
    const absl::MutexLock lock(&mutex_);
    ++(loaded.ok() ? reloads_ : refused_);
  }
  if (on_reload_) on_reload_(loaded);
  return true;
}

void AccessControl::Watch(absl::Duration interval) {
  while (true) {
    {
      const absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&stopping_), interval);
      if (stopping_) return;
    }
    ReloadIfChanged();
  }
}

absl::StatusOr<PrincipalPtr> AccessControl::FindToken(std::string_view token,
                                                      absl::Time now) const {
  if (token.size() > kMaxTokenBytes) return CredentialsRejected("the token is too long");
  const std::string digest = Sha256(token);
  std::shared_ptr<const Policy> policy;
  {
    const absl::MutexLock lock(&mutex_);
    const auto known = known_tokens_.find(digest);
    if (known != known_tokens_.end() && now < known->second.expires) {
      return known->second.principal;
    }
    policy = policy_;
  }
  ATTLAS_ASSIGN_OR_RETURN(const TokenClaims claims, policy->tokens().Verify(token, now));
  const Principal* found = policy->Find(TokenName(claims.issuer, claims.subject));
  if (found == nullptr) return NotGranted();
  const PrincipalPtr principal(policy, found);
  const absl::MutexLock lock(&mutex_);
  // What an older policy says is not remembered.
  if (policy == policy_) {
    if (known_tokens_.size() >= kMaxKnownTokens) known_tokens_.clear();
    known_tokens_[digest] = {principal, claims.expires};
  }
  return principal;
}

absl::StatusOr<PrincipalPtr> AccessControl::Authenticate(const Credentials& credentials,
                                                         absl::Time now) const {
  if (!has_policy()) return local_;
  if (!credentials.authorization.empty()) {
    absl::string_view token = graph::ToAbsl(credentials.authorization);
    if (!absl::StartsWithIgnoreCase(token, kBearer)) {
      return CredentialsRejected("the header authorization holds no bearer token");
    }
    token.remove_prefix(kBearer.size());
    return FindToken(graph::ToStd(absl::StripAsciiWhitespace(token)), now);
  }
  if (credentials.has_certificate) {
    if (credentials.certificate_uris.size() != 1) {
      return CredentialsRejected("the certificate must name its owner by exactly one URI");
    }
    return FindNamed(CertificateName(credentials.certificate_uris[0]));
  }
  absl::StatusOr<PrincipalPtr> anyone = FindNamed(kAnyoneName);
  return anyone.ok() ? anyone : CredentialsMissing();
}

std::shared_ptr<const Policy> AccessControl::policy() const {
  const absl::MutexLock lock(&mutex_);
  return policy_;
}

absl::StatusOr<PrincipalPtr> AccessControl::FindNamed(std::string_view name) const {
  const std::shared_ptr<const Policy> current = policy();
  const Principal* found = current->Find(name);
  if (found == nullptr) return NotGranted();
  return PrincipalPtr(current, found);
}

Role AccessControl::ForwardedRole(std::string_view certificate_uri) const {
  if (!has_policy()) return access::v1::ROLE_UNSPECIFIED;
  return policy()->ForwardedRole(certificate_uri);
}

bool AccessControl::StillGranted(const Principal& principal) const {
  if (!has_policy()) return true;
  const std::shared_ptr<const Policy> current = policy();
  const Principal* now = current->Find(principal.name);
  return now != nullptr && (now == &principal || GrantsTheSame(*now, principal));
}

uint64_t AccessControl::reloads() const {
  const absl::MutexLock lock(&mutex_);
  return reloads_;
}

uint64_t AccessControl::refused_reloads() const {
  const absl::MutexLock lock(&mutex_);
  return refused_;
}

bool AccessControl::is_stale() const {
  const absl::MutexLock lock(&mutex_);
  return stale_;
}

}  // namespace attlas::services
