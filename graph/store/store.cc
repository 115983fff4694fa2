#include "graph/store/store.h"

#include <openssl/rand.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_options.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_copy.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

rocksdb::Options MakeOptions(const StoreOptions& options) {
  rocksdb::Options result = MakeRocksOptions(options.block_cache_bytes, options.log);
  result.create_if_missing = options.create_if_missing && !options.read_only;
  // A store of an older format has fewer.
  result.create_missing_column_families = !options.read_only;
  return result;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const rocksdb::Options& options) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(kColumnFamilyNames.size());
  for (const char* name : kColumnFamilyNames) {
    families.emplace_back(name, rocksdb::ColumnFamilyOptions(options));
  }
  return families;
}

absl::Status CheckDirectory(const StoreOptions& options) {
  std::error_code error;
  const bool there =
      std::filesystem::exists(std::filesystem::path(options.path) / "CURRENT", error);
  if (!there && (!options.create_if_missing || options.read_only)) {
    return absl::NotFoundError(absl::StrCat(
        "no store in '", options.path, "'; load a dataset there first, or allow it to be made"));
  }
  return absl::OkStatus();
}

// What a process that died in the middle of a bulk commit left; nothing refers to it.
void RemoveUnfinishedFiles(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(std::filesystem::path(path) / BulkFiles::kDirectory, ignored);
  // And of a backup.
  std::filesystem::remove_all(std::filesystem::path(path) / kCopyDirectory, ignored);
}

absl::Status OlderFormat(const std::string& action) {
  return absl::FailedPreconditionError(absl::StrCat(
      action, ": it has an older format; open it once for writing, which brings it to ", "format ",
      std::string(kFormatVersion)));
}

// A read-only opening cannot make the column families that an older format lacks.
absl::Status CheckFamilies(const rocksdb::Options& rocks, const std::string& path,
                           const std::string& action) {
  std::vector<std::string> there;
  // What is wrong with the store in other ways, the opening tells.
  if (!rocksdb::DB::ListColumnFamilies(rocks, path, &there).ok()) return absl::OkStatus();
  for (const char* name : kColumnFamilyNames) {
    if (std::find(there.begin(), there.end(), name) != there.end()) continue;
    return OlderFormat(action);
  }
  return absl::OkStatus();
}

absl::Status WriteIdentity(rocksdb::DB& db, std::string* id) {
  ATTLAS_ASSIGN_OR_RETURN(*id, NewStoreId());
  rocksdb::WriteBatch batch;
  batch.Put(ToSlice(kFormatKey), ToSlice(kFormatVersion)).PermitUncheckedError();
  batch.Put(ToSlice(kStoreIdKey), *id).PermitUncheckedError();
  rocksdb::WriteOptions sync;
  sync.sync = true;
  return FromRocks(db.Write(sync, &batch), "making the store");
}

}  // namespace

absl::StatusOr<std::string> NewStoreId() {
  std::string id(16, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(id.data()), 16) != 1) {
    return absl::InternalError("the system gives no random bytes");
  }
  return id;
}

absl::StatusOr<StoreHead> DecodeHead(std::string_view bytes) {
  if (bytes.size() != 18) {
    return FromRocks(rocksdb::Status::Corruption("head record"), "reading the store");
  }
  StoreHead head;
  for (const char c : bytes.substr(0, 8)) {
    head.revision = (head.revision << 8) | static_cast<uint8_t>(c);
  }
  ATTLAS_ASSIGN_OR_RETURN(const EntityId node, DecodeEntity(bytes.substr(8, 5)));
  ATTLAS_ASSIGN_OR_RETURN(const EntityId edge, DecodeEntity(bytes.substr(13, 5)));
  head.next_node = node.ordinal;
  head.next_edge = edge.ordinal;
  return head;
}

std::string EncodeHead(const StoreHead& head) {
  return RevisionKey(head.revision) + EncodeEntity({EntityKind::kNode, head.next_node}) +
         EncodeEntity({EntityKind::kEdge, head.next_edge});
}

Store::Impl::~Impl() {
  if (db == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* family : families) {
    db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  db->Close().PermitUncheckedError();
}

absl::StatusOr<std::optional<std::string>> Store::Impl::Get(ColumnFamily which,
                                                            std::string_view key) const {
  std::string value;
  const rocksdb::Status status =
      db->Get(rocksdb::ReadOptions(), family(which), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  ATTLAS_RETURN_IF_ERROR(FromRocks(status, "reading the store"));
  return value;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const StoreOptions& options) {
  ATTLAS_RETURN_IF_ERROR(CheckDirectory(options));
  const std::string action = absl::StrCat("opening the store in '", options.path, "'");
  const rocksdb::Options rocks = MakeOptions(options);
  auto impl = std::make_unique<Impl>();
  impl->options = rocks;
  impl->path = options.path;
  impl->read_only = options.read_only;
  rocksdb::DB* db = nullptr;
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = MakeFamilies(rocks);
  if (!options.read_only) {
    std::error_code error;
    std::filesystem::create_directories(options.path, error);
    if (error) {
      return FromRocks(rocksdb::Status::IOError(options.path, error.message()), action);
    }
  }
  if (options.read_only) ATTLAS_RETURN_IF_ERROR(CheckFamilies(rocks, options.path, action));
  const rocksdb::Status status =
      options.read_only
          ? rocksdb::DB::OpenForReadOnly(rocks, options.path, families, &impl->families, &db)
          : rocksdb::DB::Open(rocks, options.path, families, &impl->families, &db);
  ATTLAS_RETURN_IF_ERROR(FromRocks(status, action));
  impl->db.reset(db);
  if (!options.read_only) RemoveUnfinishedFiles(options.path);
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> format, impl->Get(kMeta, kFormatKey));
  if (!format.has_value()) {
    ATTLAS_RETURN_IF_ERROR(WriteIdentity(*db, &impl->id));
  } else if (*format != kFormatVersion && *format != kFormatWithoutCitations) {
    return absl::FailedPreconditionError(
        absl::StrCat(action, ": it has format ", *format, " and this program reads format ",
                     std::string(kFormatVersion), "; use a newer program"));
  } else {
    ATTLAS_ASSIGN_OR_RETURN(std::optional<std::string> id, impl->Get(kMeta, kStoreIdKey));
    impl->id = std::move(id).value_or("");
    if (*format != kFormatVersion) {
      if (options.read_only) return OlderFormat(action);
      ATTLAS_RETURN_IF_ERROR(impl->AddCitations());
    }
  }
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

const std::string& Store::id() const { return impl_->id; }

absl::StatusOr<StoreHead> Store::Head() const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, impl_->Get(kMeta, kHeadKey));
  if (!bytes.has_value()) return StoreHead();
  return DecodeHead(*bytes);
}

absl::Status Store::Checkpoint(const std::string& directory) const {
  rocksdb::Checkpoint* made = nullptr;
  const std::string action = absl::StrCat("writing a checkpoint to '", directory, "'");
  ATTLAS_RETURN_IF_ERROR(FromRocks(rocksdb::Checkpoint::Create(impl_->db.get(), &made), action));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  return FromRocks(checkpoint->CreateCheckpoint(directory), action);
}

}  // namespace attlas::graph
