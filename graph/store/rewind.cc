#include "graph/store/rewind.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/raw_store.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr char kAction[] = "rewinding the store";
// How many changes are written at once.
constexpr uint32_t kBatch = 10'000;

class Rewinder {
 public:
  Rewinder(RawStore& store, uint64_t revision) : store_(store), revision_(revision) {}

  absl::Status Run() {
    ATTLAS_RETURN_IF_ERROR(TakeRecordsBack());
    ATTLAS_RETURN_IF_ERROR(DropHistory());
    ATTLAS_RETURN_IF_ERROR(DropNames());
    ATTLAS_RETURN_IF_ERROR(DropCommits());
    ATTLAS_RETURN_IF_ERROR(DropRequests());
    ATTLAS_RETURN_IF_ERROR(TakeMetaBack());
    return DropCitations();
  }

 private:
  absl::Status Put(ColumnFamily which, std::string_view key, std::string_view value) {
    batch_.Put(store_.family(which), ToSlice(key), ToSlice(value)).PermitUncheckedError();
    return WriteIfLarge();
  }
  absl::Status Delete(ColumnFamily which, std::string_view key) {
    batch_.Delete(store_.family(which), ToSlice(key)).PermitUncheckedError();
    return WriteIfLarge();
  }
  absl::Status WriteIfLarge() { return batch_.Count() < kBatch ? absl::OkStatus() : Write(); }
  absl::Status Write() {
    const rocksdb::Status status = store_.db().Write(rocksdb::WriteOptions(), &batch_);
    batch_.Clear();
    return FromRocks(status, kAction);
  }

  uint32_t& next(EntityKind kind) { return next_[kind == EntityKind::kNode ? 0 : 1]; }

  // The version in force at the revision becomes the current one.
  absl::Status TakeRecordsBack() {
    return store_.ForEach(
        kRecords, "", [&](std::string_view key, std::string_view value) -> absl::Status {
          ATTLAS_ASSIGN_OR_RETURN(const EntityId id, DecodeEntityKey(key));
          ATTLAS_ASSIGN_OR_RETURN(StoredRecord record, DecodeRecord(id.kind, value));
          if (record.revision > revision_) {
            ATTLAS_ASSIGN_OR_RETURN(const auto earlier,
                                    store_.First(kHistory, HistoryKey(id, revision_), key));
            if (!earlier.has_value()) {
              ATTLAS_RETURN_IF_ERROR(Delete(kRecords, key));
              return Delete(kHot, key);
            }
            ATTLAS_ASSIGN_OR_RETURN(record, DecodeRecord(id.kind, earlier->second));
            ATTLAS_RETURN_IF_ERROR(Put(kRecords, key, earlier->second));
            ATTLAS_RETURN_IF_ERROR(Delete(kHistory, earlier->first));
            ATTLAS_RETURN_IF_ERROR(PutHot(id, record));
          }
          next(id.kind) = std::max(next(id.kind), id.ordinal + 1);
          last_space_ = std::max(last_space_, record.hot.space);
          return absl::OkStatus();
        });
  }

  absl::Status PutHot(EntityId id, const StoredRecord& record) {
    if (record.deleted) return Delete(kHot, EntityKey(id));
    std::string hot;
    EncodeHot(id.kind, record.hot, &hot);
    return Put(kHot, EntityKey(id), hot);
  }

  absl::Status DropHistory() {
    return store_.ForEach(
        kHistory, "", [&](std::string_view key, std::string_view value) -> absl::Status {
          ATTLAS_ASSIGN_OR_RETURN(const uint64_t revision, DecodeHistoryRevision(key));
          if (revision > revision_) return Delete(kHistory, key);
          ATTLAS_ASSIGN_OR_RETURN(const EntityId id, DecodeEntityKey(key));
          ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record, DecodeRecord(id.kind, value));
          last_space_ = std::max(last_space_, record.hot.space);
          return absl::OkStatus();
        });
  }

  // Ordinals are given in the order of creation, so what came later is what is numbered higher.
  absl::Status DropNames() {
    return store_.ForEach(kNames, "",
                          [&](std::string_view name, std::string_view value) -> absl::Status {
                            ATTLAS_ASSIGN_OR_RETURN(const EntityId id, DecodeEntity(value));
                            if (id.ordinal < next(id.kind)) return absl::OkStatus();
                            return Delete(kNames, name);
                          });
  }

  absl::Status DropCommits() {
    return store_.ForEach(
        kCommits, "", [&](std::string_view key, std::string_view value) -> absl::Status {
          if (DecodeRevisionKey(key) > revision_) return Delete(kCommits, key);
          storage::v1::CommitRecord commit;
          if (!commit.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return FromRocks(rocksdb::Status::Corruption("commit record"), kAction);
          }
          if (commit.redacted_by() <= revision_) return absl::OkStatus();
          // Its content stays out, while the redaction is no revision of this store any more.
          commit.set_redacted_by(revision_);
          return Put(kCommits, key, SerializeDeterministic(commit));
        });
  }

  absl::Status DropRequests() {
    return store_.ForEach(
        kRequests, "", [&](std::string_view key, std::string_view value) -> absl::Status {
          storage::v1::RequestRecord request;
          if (!request.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            return FromRocks(rocksdb::Status::Corruption("request record"), kAction);
          }
          return request.revision() > revision_ ? Delete(kRequests, key) : absl::OkStatus();
        });
  }

  absl::Status TakeMetaBack() {
    for (const std::string_view prefix : {kOntologyPrefix, kSpacePrefix}) {
      const uint64_t last = prefix == kOntologyPrefix ? revision_ : uint64_t{last_space_};
      ATTLAS_RETURN_IF_ERROR(store_.ForEach(
          kMeta, prefix, [&](std::string_view key, std::string_view) -> absl::Status {
            if (DecodeRevisionKey(key.substr(prefix.size())) <= last) return absl::OkStatus();
            return Delete(kMeta, key);
          }));
    }
    return Put(kMeta, kHeadKey, EncodeHead({revision_, next_[0], next_[1]}));
  }

  // They are made anew from what is left, as for a store that never had them.
  absl::Status DropCitations() {
    if (store_.family(kCitations) != nullptr) {
      ATTLAS_RETURN_IF_ERROR(store_.ForEach(
          kCitations, "",
          [&](std::string_view key, std::string_view) { return Delete(kCitations, key); }));
    }
    ATTLAS_RETURN_IF_ERROR(Put(kMeta, kFormatKey, kFormatWithoutCitations));
    return Write();
  }

  RawStore& store_;
  const uint64_t revision_;
  rocksdb::WriteBatch batch_;
  std::array<uint32_t, 2> next_{};  // Of nodes and of edges.
  SpaceId last_space_ = 0;
};

}  // namespace

absl::Status RewindStore(const std::string& path, uint64_t revision) {
  {
    ATTLAS_ASSIGN_OR_RETURN(const auto store, RawStore::Open(path, /*read_only=*/false));
    ATTLAS_ASSIGN_OR_RETURN(const StoreHead head, store->Head());
    if (revision > head.revision) {
      return absl::OutOfRangeError(absl::StrCat(
          "revision ", revision, " is not in the store, whose last is ", head.revision));
    }
    if (revision == head.revision) return absl::OkStatus();
    ATTLAS_RETURN_IF_ERROR(Rewinder(*store, revision).Run());
  }
  return Store::Open({.path = path, .create_if_missing = false}).status();
}

absl::Status RenewStoreId(const std::string& path) {
  ATTLAS_ASSIGN_OR_RETURN(const auto store, RawStore::Open(path, /*read_only=*/false));
  ATTLAS_ASSIGN_OR_RETURN(const std::string id, NewStoreId());
  rocksdb::WriteOptions sync;
  sync.sync = true;
  return FromRocks(store->db().Put(sync, ToSlice(kStoreIdKey), id), "naming the store");
}

absl::StatusOr<uint64_t> RevisionAtTime(const std::string& path, int64_t time_us) {
  ATTLAS_ASSIGN_OR_RETURN(const auto store, RawStore::Open(path, /*read_only=*/true));
  uint64_t found = 0;
  ATTLAS_RETURN_IF_ERROR(store->ForEach(
      kCommits, "", [&](std::string_view key, std::string_view value) -> absl::Status {
        storage::v1::CommitRecord commit;
        if (!commit.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          return FromRocks(rocksdb::Status::Corruption("commit record"), "reading the store");
        }
        if (commit.commit_time_us() <= time_us) found = DecodeRevisionKey(key);
        return absl::OkStatus();
      }));
  return found;
}

}  // namespace attlas::graph
