// Brings a store of format 1 to format 2.
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr char kAction[] = "bringing the store to format 2";
// How many entries are written at once.
constexpr uint32_t kBatch = 10'000;

// Writes the citations of one record after another.
class CitationWriter {
 public:
  CitationWriter(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* names,
                 rocksdb::ColumnFamilyHandle* citations)
      : db_(db), names_(names), citations_(citations) {}

  absl::Status Add(EntityId id, const StoredRecord& record) {
    if (record.deleted) return absl::OkStatus();
    return id.kind == EntityKind::kNode ? AddBody<v1::Node>(id, record.body)
                                        : AddBody<v1::Edge>(id, record.body);
  }

  // Writes what is left and, in the same step, that the store has its new format.
  absl::Status Finish() {
    batch_.Put(ToSlice(kFormatKey), ToSlice(kFormatVersion)).PermitUncheckedError();
    return Write(/*sync=*/true);
  }

 private:
  template <typename Message>
  absl::Status AddBody(EntityId id, const std::string& body) {
    Message message;
    if (!message.ParseFromString(body)) {
      return FromRocks(rocksdb::Status::Corruption("the body of a record"), kAction);
    }
    for (const Citation& citation : message.citations()) {
      ATTLAS_ASSIGN_OR_RETURN(const std::optional<uint32_t> source, Ordinal(citation.source()));
      if (!source.has_value()) continue;
      batch_.Put(citations_, CitationKey(*source, id), "").PermitUncheckedError();
    }
    return batch_.Count() < kBatch ? absl::OkStatus() : Write(/*sync=*/false);
  }

  absl::StatusOr<std::optional<uint32_t>> Ordinal(const std::string& source) {
    const auto known = ordinals_.find(source);
    if (known != ordinals_.end()) return known->second;
    std::string bytes;
    const rocksdb::Status status = db_.Get(rocksdb::ReadOptions(), names_, source, &bytes);
    std::optional<uint32_t> ordinal;
    if (!status.IsNotFound()) {
      ATTLAS_RETURN_IF_ERROR(FromRocks(status, kAction));
      ATTLAS_ASSIGN_OR_RETURN(const EntityId id, DecodeEntity(bytes));
      if (id.kind == EntityKind::kNode) ordinal = id.ordinal;
    }
    ordinals_.emplace(source, ordinal);
    return ordinal;
  }

  absl::Status Write(bool sync) {
    rocksdb::WriteOptions options;
    options.sync = sync;
    const rocksdb::Status status = db_.Write(options, &batch_);
    batch_.Clear();
    return FromRocks(status, kAction);
  }

  rocksdb::DB& db_;
  rocksdb::ColumnFamilyHandle* const names_;
  rocksdb::ColumnFamilyHandle* const citations_;
  rocksdb::WriteBatch batch_;
  absl::flat_hash_map<std::string, std::optional<uint32_t>> ordinals_;
};

}  // namespace

absl::Status Store::Impl::AddCitations() {
  CitationWriter writer(*db, family(kNames), family(kCitations));
  for (const ColumnFamily records : {kRecords, kHistory}) {
    rocksdb::ReadOptions scan;
    scan.total_order_seek = true;
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(scan, family(records)));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      ATTLAS_ASSIGN_OR_RETURN(const EntityId entity,
                              DecodeEntityKey({it->key().data(), it->key().size()}));
      ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record,
                              DecodeRecord(entity.kind, {it->value().data(), it->value().size()}));
      ATTLAS_RETURN_IF_ERROR(writer.Add(entity, record));
    }
    ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), kAction));
  }
  return writer.Finish();
}

}  // namespace attlas::graph
