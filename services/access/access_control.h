// Who a caller is: certificates and tokens checked against a policy that may change at any time.
//
// What: without a policy everyone is the local operator. With one, whoever it does not name is
// refused. The policy and its key sets are read again when their files change; a new state that has
// a fault is not taken, and the old one stays in force.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_ACCESS_ACCESS_CONTROL_H_
#define ATTLAS_SERVICES_ACCESS_ACCESS_CONTROL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/access/policy.h"
#include "services/access/principal.h"

namespace attlas::services {

// What a caller shows. Views the call's own metadata.
struct Credentials {
  std::string_view authorization;             // The header of this name; empty for none.
  bool has_certificate = false;               // A client certificate that TLS has checked.
  std::vector<std::string> certificate_uris;  // The URIs among its subject alternative names.
};

// A caller, as long as a call needs it. Good after the policy has changed, too.
using PrincipalPtr = std::shared_ptr<const Principal>;

class AccessControl {
 public:
  // How often files are looked at.
  static constexpr absl::Duration kReloadInterval = absl::Seconds(1);
  // Told of every reload: OK for a new policy, the fault of one that was not taken otherwise.
  using OnReload = std::function<void(const absl::Status&)>;

  // Everyone is the local operator and sees what `clearance` does.
  explicit AccessControl(graph::Clearance clearance);
  // By the policy in a file. Errors as Policy::FromFile.
  static absl::StatusOr<std::unique_ptr<AccessControl>> FromPolicyFile(
      const std::string& path, OnReload on_reload, absl::Duration interval = kReloadInterval);
  ~AccessControl();
  AccessControl(const AccessControl&) = delete;
  AccessControl& operator=(const AccessControl&) = delete;

  // Whether callers must be named by a policy.
  bool has_policy() const { return !path_.empty(); }

  // Who calls. A token counts before a certificate, and a bad one is never made up for. Errors:
  // UNAUTHENTICATED (CREDENTIALS_MISSING, CREDENTIALS_REJECTED).
  absl::StatusOr<PrincipalPtr> Authenticate(const Credentials& credentials, absl::Time now) const;

  // The highest role in which calls that a peer with this certificate passes on count;
  // ROLE_UNSPECIFIED for a peer that may pass on none, and without a policy.
  Role ForwardedRole(std::string_view certificate_uri) const ABSL_LOCKS_EXCLUDED(mutex_);
  // The caller of this name, as such a peer tells it. UNAUTHENTICATED (CREDENTIALS_REJECTED) where
  // the policy grants it nothing.
  absl::StatusOr<PrincipalPtr> FindNamed(std::string_view name) const ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether the policy in force grants the same to a caller that Authenticate once returned. Says
  // nothing of its token, which a call in hand may outlive by no more than its own deadline.
  bool StillGranted(const Principal& principal) const ABSL_LOCKS_EXCLUDED(mutex_);

  // Looks at the files now. Returns whether any has changed since they were read.
  bool ReloadIfChanged() ABSL_LOCKS_EXCLUDED(reload_mutex_);

  // New policies taken, and refused, since the start.
  uint64_t reloads() const ABSL_LOCKS_EXCLUDED(mutex_);
  uint64_t refused_reloads() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether the files hold a policy with a fault, so that an older one is in force.
  bool is_stale() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What tells one state of a file from another, without reading it.
  struct FileState {
    int64_t changed_nanoseconds = -1;  // -1 for a file that is not there.
    int64_t size = 0;
    uint64_t inode = 0;
    friend bool operator==(const FileState&, const FileState&) = default;
  };
  // A token that was checked before.
  struct KnownToken {
    PrincipalPtr principal;
    absl::Time expires;
  };

  AccessControl(std::string path, OnReload on_reload);
  static FileState StateOf(const std::string& path);
  absl::Status Load() ABSL_EXCLUSIVE_LOCKS_REQUIRED(reload_mutex_) ABSL_LOCKS_EXCLUDED(mutex_);
  void Watch(absl::Duration interval);
  std::shared_ptr<const Policy> policy() const ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<PrincipalPtr> FindToken(std::string_view token, absl::Time now) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string path_;  // Empty without a policy.
  const OnReload on_reload_;
  const PrincipalPtr local_;

  absl::Mutex reload_mutex_;
  std::vector<std::pair<std::string, FileState>> files_ ABSL_GUARDED_BY(reload_mutex_);

  mutable absl::Mutex mutex_;
  std::shared_ptr<const Policy> policy_ ABSL_GUARDED_BY(mutex_);
  // By SHA-256, so that no token lies about in memory. Emptied by every reload.
  mutable absl::flat_hash_map<std::string, KnownToken> known_tokens_ ABSL_GUARDED_BY(mutex_);
  uint64_t reloads_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stale_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread watcher_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ACCESS_ACCESS_CONTROL_H_
