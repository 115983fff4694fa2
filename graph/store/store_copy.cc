#include "graph/store/store_copy.h"

#include <rocksdb/env.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/raw_store.h"
#include "graph/store/rocks_options.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

// What the store says of itself.
absl::StatusOr<StoreCopy> Describe(const RawStore& store) {
  StoreCopy copy;
  ATTLAS_ASSIGN_OR_RETURN(auto format, store.Get(kMeta, kFormatKey));
  copy.format = std::move(format).value_or("");
  ATTLAS_ASSIGN_OR_RETURN(auto id, store.Get(kMeta, kStoreIdKey));
  copy.store_id = std::move(id).value_or("");
  ATTLAS_ASSIGN_OR_RETURN(const StoreHead head, store.Head());
  copy.revision = head.revision;
  ATTLAS_ASSIGN_OR_RETURN(const auto bytes, store.Get(kCommits, RevisionKey(head.revision)));
  storage::v1::CommitRecord commit;
  if (bytes.has_value() && commit.ParseFromString(*bytes)) {
    copy.commit_time_us = commit.commit_time_us();
  }
  ATTLAS_RETURN_IF_ERROR(store.ForEach(
      kMeta, kOntologyPrefix, [&](std::string_view key, std::string_view value) -> absl::Status {
        v1::Ontology ontology;
        if (!ontology.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          return FromRocks(rocksdb::Status::Corruption("ontology"), "reading the store");
        }
        copy.ontology_version = ontology.version();
        copy.ontology_revision = DecodeRevisionKey(key.substr(kOntologyPrefix.size()));
        return absl::OkStatus();
      }));
  return copy;
}

template <typename Engine>
std::vector<uint32_t> NumbersOf(const Engine& engine) {
  std::vector<rocksdb::BackupInfo> infos;
  engine.GetBackupInfo(&infos);
  std::vector<uint32_t> numbers;
  numbers.reserve(infos.size());
  for (const rocksdb::BackupInfo& info : infos) numbers.push_back(info.backup_id);
  return numbers;
}

// The engine that changes what is there, and the one that only reads it.
template <typename Engine>
class EngineCopies : public StoreCopies {
 public:
  EngineCopies(std::string directory, std::shared_ptr<rocksdb::Logger> logger,
               std::unique_ptr<Engine> engine)
      : directory_(std::move(directory)), logger_(std::move(logger)), engine_(std::move(engine)) {}

  std::vector<uint32_t> Numbers() const override { return NumbersOf(*engine_); }

  absl::Status Verify(uint32_t number) const override {
    return FromRocks(engine_->VerifyBackup(number, /*verify_with_checksum=*/true),
                     absl::StrCat("verifying the copy in '", directory_, "'"));
  }

  absl::Status Restore(uint32_t number, const std::string& path) const override {
    absl::Status restored = FromRocks(engine_->RestoreDBFromBackup(number, path, path),
                                      absl::StrCat("restoring into '", path, "'"));
    // The engine does not say here which file it is.
    if (absl::IsDataLoss(restored)) restored = Verify(number);
    return restored;
  }

  absl::StatusOr<StoreCopy> Create(const std::string&, const Accept&) override {
    return ReadOnly();
  }
  absl::Status Delete(uint32_t) override { return ReadOnly(); }

 protected:
  absl::Status ReadOnly() const {
    return absl::FailedPreconditionError(
        absl::StrCat("the copies in '", directory_, "' are open for reading only"));
  }

  const std::string directory_;
  const std::shared_ptr<rocksdb::Logger> logger_;  // The engine has no share in it.
  const std::unique_ptr<Engine> engine_;
};

class WritableCopies final : public EngineCopies<rocksdb::BackupEngine> {
 public:
  using EngineCopies::EngineCopies;

  absl::StatusOr<StoreCopy> Create(const std::string& path, const Accept& accept) override {
    const std::string action = absl::StrCat("backing the store up to '", directory_, "'");
    ATTLAS_ASSIGN_OR_RETURN(const auto store, RawStore::Open(path, /*read_only=*/false));
    ATTLAS_ASSIGN_OR_RETURN(StoreCopy copy, Describe(*store));
    ATTLAS_RETURN_IF_ERROR(accept(copy));
    rocksdb::CreateBackupOptions options;
    // So that a copy has little of its own log, which no other shares.
    options.flush_before_backup = true;
    ATTLAS_RETURN_IF_ERROR(
        FromRocks(engine_->CreateNewBackup(options, &store->db(), &copy.number), action));
    rocksdb::BackupInfo info;
    ATTLAS_RETURN_IF_ERROR(FromRocks(engine_->GetBackupInfo(copy.number, &info), action));
    copy.bytes = info.size;
    return copy;
  }

  absl::Status Delete(uint32_t number) override {
    return FromRocks(engine_->DeleteBackup(number),
                     absl::StrCat("removing a backup from '", directory_, "'"));
  }
};

template <typename Engine, typename Copies>
absl::StatusOr<std::unique_ptr<StoreCopies>> OpenEngine(const std::string& directory) {
  std::shared_ptr<rocksdb::Logger> logger = MakeRocksOptions(0, nullptr).info_log;
  const rocksdb::BackupEngineOptions options(directory, nullptr, /*_share_table_files=*/true,
                                             logger.get());
  Engine* engine = nullptr;
  ATTLAS_RETURN_IF_ERROR(FromRocks(Engine::Open(rocksdb::Env::Default(), options, &engine),
                                   absl::StrCat("opening the backups in '", directory, "'")));
  return std::make_unique<Copies>(directory, std::move(logger), std::unique_ptr<Engine>(engine));
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoreCopies>> StoreCopies::Open(const std::string& directory,
                                                               bool read_only) {
  if (read_only) {
    return OpenEngine<rocksdb::BackupEngineReadOnly, EngineCopies<rocksdb::BackupEngineReadOnly>>(
        directory);
  }
  return OpenEngine<rocksdb::BackupEngine, WritableCopies>(directory);
}

}  // namespace attlas::graph
