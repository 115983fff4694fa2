#include "services/backup/backup_service.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/backup/v1/backup_service.grpc.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/store_copy.h"
#include "services/backup/backup_set.h"
#include "services/common/handler.h"

namespace attlas::services {
namespace {

namespace v1 = backup::v1;

constexpr std::string_view kFullName = "attlas.backup.v1.BackupService";
constexpr int kMostKept = 10'000;

// The latest revision as a store of its own, made of links; gone with its owner.
class Checkpoint {
 public:
  explicit Checkpoint(const std::string& data_dir)
      : path_(absl::StrCat(data_dir, "/", graph::kCopyDirectory)) {}
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;
  ~Checkpoint() { Remove(); }

  absl::Status Make(const graph::Graph& graph) {
    Remove();
    return graph.Checkpoint(path_);
  }
  const std::string& path() const { return path_; }

 private:
  void Remove() const {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string path_;
};

// What the service does.
class Backups {
 public:
  Backups(const graph::Graph* graph, AuditLog* audit, BackupServiceOptions options)
      : graph_(graph), audit_(audit), options_(std::move(options)) {}

  absl::StatusOr<v1::CreateBackupResponse> CreateBackup(
      const CallContext&, const v1::CreateBackupRequest& request) const {
    if (request.keep_count() < 0 || request.keep_count() > kMostKept) {
      return graph::InvalidField("keep_count", absl::StrCat("must be from 0 to ", kMostKept));
    }
    ATTLAS_ASSIGN_OR_RETURN(const auto backups, Open(/*write=*/true));
    ATTLAS_ASSIGN_OR_RETURN(const storage::v1::BackupManifest made, Create(*backups));
    const size_t keep =
        request.keep_count() > 0 ? static_cast<size_t>(request.keep_count()) : options_.keep_count;
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<uint32_t> removed, backups->Keep(keep));
    v1::CreateBackupResponse response;
    *response.mutable_backup() = ToBackup(made);
    response.set_revision(response.backup().revision());
    for (const uint32_t number : removed) response.add_removed_backups(BackupName(number));
    return response;
  }

  absl::StatusOr<v1::ListBackupsResponse> ListBackups(const CallContext&,
                                                      const v1::ListBackupsRequest&) const {
    v1::ListBackupsResponse response;
    const auto backups = Open(/*write=*/false);
    // A directory that no backup was made in yet has none.
    if (absl::IsNotFound(backups.status())) return response;
    ATTLAS_RETURN_IF_ERROR(backups.status());
    ATTLAS_ASSIGN_OR_RETURN(const auto manifests, (*backups)->List());
    for (const auto& manifest : manifests) *response.add_backups() = ToBackup(manifest);
    return response;
  }

  absl::StatusOr<v1::VerifyBackupResponse> VerifyBackup(
      const CallContext&, const v1::VerifyBackupRequest& request) const {
    ATTLAS_ASSIGN_OR_RETURN(const auto backups, Open(/*write=*/false));
    uint32_t number = 0;
    if (request.name().empty()) {
      ATTLAS_ASSIGN_OR_RETURN(number, backups->Newest());
    } else {
      ATTLAS_ASSIGN_OR_RETURN(number, ParseBackupName(request.name()));
    }
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<v1::BackupFault> faults, backups->Verify(number));
    v1::VerifyBackupResponse response;
    response.mutable_faults()->Assign(faults.begin(), faults.end());
    const auto manifest = backups->Find(number);
    response.mutable_backup()->set_name(BackupName(number));
    if (manifest.ok()) *response.mutable_backup() = ToBackup(*manifest);
    return response;
  }

 private:
  absl::StatusOr<std::unique_ptr<BackupSet>> Open(bool write) const {
    if (options_.backup_dir.empty() || graph_ == nullptr) {
      return graph::MakeError(
          absl::StatusCode::kFailedPrecondition,
          "this daemon makes no backups; start the one that has the store with --backup_dir",
          {.reason = "BACKUPS_NOT_CONFIGURED", .metadata = {}, .violations = {}});
    }
    absl::StatusOr<std::unique_ptr<BackupSet>> backups =
        BackupSet::Open(options_.backup_dir, {.write = write});
    const auto detail = graph::GetErrorDetail(backups.status());
    if (!detail.has_value() || detail->reason != "BACKUP_IN_PROGRESS") return backups;
    // The same without the path.
    return graph::MakeError(absl::StatusCode::kFailedPrecondition,
                            "another backup is in progress; try again when it has ended", *detail);
  }

  absl::StatusOr<storage::v1::BackupManifest> Create(BackupSet& backups) const {
    // What was asked before is in the log of the backup.
    if (audit_ != nullptr) audit_->Flush();
    Checkpoint checkpoint(options_.data_dir);
    ATTLAS_RETURN_IF_ERROR(checkpoint.Make(*graph_));
    return backups.Create({.store = checkpoint.path(), .audit_dir = options_.audit_dir});
  }

  const graph::Graph* const graph_;
  AuditLog* const audit_;
  const BackupServiceOptions options_;
};

class BackupService final : public v1::BackupService::CallbackService, public HostedService {
 public:
  BackupService(const graph::Graph* graph, ServiceRuntime* runtime, BackupServiceOptions options)
      : runtime_(runtime), backups_(graph, runtime->audit(), std::move(options)) {}

  std::string_view name() const override { return "backup"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }

  grpc::ServerUnaryReactor* CreateBackup(grpc::CallbackServerContext* context,
                                         const v1::CreateBackupRequest* request,
                                         v1::CreateBackupResponse* response) override {
    return create_backup_.Unary(context, request, response, &backups_, &Backups::CreateBackup);
  }
  grpc::ServerUnaryReactor* ListBackups(grpc::CallbackServerContext* context,
                                        const v1::ListBackupsRequest* request,
                                        v1::ListBackupsResponse* response) override {
    return list_backups_.Unary(context, request, response, &backups_, &Backups::ListBackups);
  }
  grpc::ServerUnaryReactor* VerifyBackup(grpc::CallbackServerContext* context,
                                         const v1::VerifyBackupRequest* request,
                                         v1::VerifyBackupResponse* response) override {
    return verify_backup_.Unary(context, request, response, &backups_, &Backups::VerifyBackup);
  }

 private:
  // They wait for the disk, so that they do not take the place of questions.
  MethodOptions Options() const {
    return {.default_deadline = runtime_->limits().transfer_deadline,
            .dispatch = Dispatch::kWriter};
  }

  ServiceRuntime* const runtime_;
  const Backups backups_;
  Method create_backup_{runtime_, kFullName, "CreateBackup", Options()};
  Method list_backups_{runtime_, kFullName, "ListBackups", Options()};
  Method verify_backup_{runtime_, kFullName, "VerifyBackup", Options()};
};

}  // namespace

std::unique_ptr<HostedService> MakeBackupService(const graph::Graph* graph, ServiceRuntime* runtime,
                                                 BackupServiceOptions options) {
  return std::make_unique<BackupService>(graph, runtime, std::move(options));
}

}  // namespace attlas::services
