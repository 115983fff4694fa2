#include "graph/store/raw_store.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_options.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr size_t kBlockCacheBytes = size_t{64} << 20;
constexpr char kReading[] = "reading the store";

std::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

absl::StatusOr<std::unique_ptr<RawStore>> RawStore::Open(const std::string& path, bool read_only) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::path(path) / "CURRENT", error)) {
    return absl::NotFoundError(absl::StrCat("no store in '", path, "'"));
  }
  const std::string action = absl::StrCat("opening the store in '", path, "'");
  rocksdb::Options options = MakeRocksOptions(kBlockCacheBytes, nullptr);
  // What is there is copied or read as it is.
  options.disable_auto_compactions = true;
  // A log may end in the middle of a record, as a crash leaves it; any other damage is an error
  // here instead of the end of what is read.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  std::vector<std::string> names;
  ATTLAS_RETURN_IF_ERROR(FromRocks(rocksdb::DB::ListColumnFamilies(options, path, &names), action));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const std::string& name : names) {
    families.emplace_back(name, rocksdb::ColumnFamilyOptions(options));
  }
  std::unique_ptr<RawStore> store(new RawStore());
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      read_only ? rocksdb::DB::OpenForReadOnly(options, path, families, &store->handles_, &db)
                : rocksdb::DB::Open(options, path, families, &store->handles_, &db);
  ATTLAS_RETURN_IF_ERROR(FromRocks(status, action));
  store->db_.reset(db);
  for (rocksdb::ColumnFamilyHandle* const handle : store->handles_) {
    const auto known =
        std::find(kColumnFamilyNames.begin(), kColumnFamilyNames.end(), handle->GetName());
    if (known == kColumnFamilyNames.end()) continue;
    store->by_number_[static_cast<size_t>(known - kColumnFamilyNames.begin())] = handle;
  }
  return store;
}

RawStore::~RawStore() {
  if (db_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* const handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  db_->Close().PermitUncheckedError();
}

absl::StatusOr<std::optional<std::string>> RawStore::Get(ColumnFamily which,
                                                         std::string_view key) const {
  if (family(which) == nullptr) return std::nullopt;
  std::string value;
  const rocksdb::Status status =
      db_->Get(rocksdb::ReadOptions(), family(which), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  ATTLAS_RETURN_IF_ERROR(FromRocks(status, kReading));
  return value;
}

absl::StatusOr<StoreHead> RawStore::Head() const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, Get(kMeta, kHeadKey));
  if (!bytes.has_value()) return StoreHead();
  return DecodeHead(*bytes);
}

absl::Status RawStore::ForEach(ColumnFamily which, std::string_view prefix,
                               const Take& take) const {
  if (family(which) == nullptr) return absl::OkStatus();
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, family(which)));
  for (it->Seek(ToSlice(prefix)); it->Valid() && it->key().starts_with(ToSlice(prefix));
       it->Next()) {
    ATTLAS_RETURN_IF_ERROR(take(View(it->key()), View(it->value())));
  }
  return FromRocks(it->status(), kReading);
}

absl::StatusOr<std::optional<std::pair<std::string, std::string>>> RawStore::First(
    ColumnFamily which, std::string_view from, std::string_view prefix) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, family(which)));
  it->Seek(ToSlice(from));
  ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kReading));
  if (!it->Valid() || !it->key().starts_with(ToSlice(prefix))) return std::nullopt;
  return std::pair(it->key().ToString(), it->value().ToString());
}

}  // namespace attlas::graph
