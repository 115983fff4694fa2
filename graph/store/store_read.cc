#include <algorithm>
#include <limits>

#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

constexpr std::string_view kReading = "reading the store";
// For a walk from one end to the other.
constexpr size_t kReadAheadBytes = size_t{2} << 20;

absl::Status Damaged(const char* what) {
  return FromRocks(rocksdb::Status::Corruption(what), kReading);
}

template <typename Message>
absl::StatusOr<std::optional<Message>> Parse(absl::StatusOr<std::optional<std::string>> bytes,
                                             const char* what) {
  ATTLAS_RETURN_IF_ERROR(bytes.status());
  if (!bytes->has_value()) return std::nullopt;
  Message message;
  if (!message.ParseFromString(**bytes)) return Damaged(what);
  return message;
}

// Walks every key that starts with `prefix`.
absl::Status Scan(
    rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, std::string_view prefix,
    const std::function<absl::StatusOr<bool>(std::string_view, std::string_view)>& take) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(db.NewIterator(options, family));
  for (it->Seek(ToSlice(prefix)); it->Valid(); it->Next()) {
    if (!it->key().starts_with(ToSlice(prefix))) break;
    const std::string_view key(it->key().data(), it->key().size());
    ATTLAS_ASSIGN_OR_RETURN(const bool more, take(key, {it->value().data(), it->value().size()}));
    if (!more) break;
  }
  return FromRocks(it->status(), kReading);
}

}  // namespace

absl::StatusOr<std::vector<std::pair<uint64_t, v1::Ontology>>> Store::Ontologies() const {
  std::vector<std::pair<uint64_t, v1::Ontology>> result;
  ATTLAS_RETURN_IF_ERROR(
      Scan(*impl_->db, impl_->family(kMeta), kOntologyPrefix,
           [&](std::string_view key, std::string_view value) -> absl::StatusOr<bool> {
             const uint64_t revision = DecodeRevisionKey(key.substr(kOntologyPrefix.size()));
             v1::Ontology ontology;
             if (!ontology.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
               return Damaged("ontology");
             }
             result.emplace_back(revision, std::move(ontology));
             return true;
           }));
  return result;
}

absl::StatusOr<std::vector<std::string>> Store::Spaces() const {
  std::vector<std::string> spaces = {""};
  ATTLAS_RETURN_IF_ERROR(
      Scan(*impl_->db, impl_->family(kMeta), kSpacePrefix,
           [&](std::string_view, std::string_view value) -> absl::StatusOr<bool> {
             spaces.emplace_back(value);
             return true;
           }));
  return spaces;
}

absl::StatusOr<std::optional<EntityId>> Store::FindName(std::string_view name) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, impl_->Get(kNames, name));
  if (!bytes.has_value()) return std::nullopt;
  return DecodeEntity(*bytes);
}

absl::StatusOr<std::optional<StoredRecord>> Store::GetRecord(EntityId id) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          impl_->Get(kRecords, EntityKey(id)));
  if (!bytes.has_value()) return std::nullopt;
  return DecodeRecord(id.kind, *bytes);
}

absl::StatusOr<std::optional<StoredRecord>> Store::GetRecordAt(EntityId id,
                                                               uint64_t revision) const {
  ATTLAS_ASSIGN_OR_RETURN(std::optional<StoredRecord> current, GetRecord(id));
  if (!current.has_value() || current->revision <= revision) return current;
  std::optional<StoredRecord> found;
  ATTLAS_RETURN_IF_ERROR(ForEachVersion(id, revision, [&](StoredRecord&& record) {
    found = std::move(record);
    return false;
  }));
  return found;
}

absl::Status Store::GetRecordsAt(
    EntityKind kind, std::span<const uint32_t> ordinals, uint64_t revision,
    const std::function<absl::Status(size_t, std::optional<StoredRecord>&&)>& take) const {
  // In slices, so that the pinned values of a large read do not pile up.
  constexpr size_t kSlice = 512;
  std::vector<std::string> keys;
  std::vector<rocksdb::Slice> slices;
  std::vector<rocksdb::PinnableSlice> values;
  std::vector<rocksdb::Status> statuses;
  for (size_t start = 0; start < ordinals.size(); start += kSlice) {
    const size_t count = std::min(kSlice, ordinals.size() - start);
    keys.clear();
    slices.clear();
    for (size_t i = 0; i < count; ++i) keys.push_back(EntityKey({kind, ordinals[start + i]}));
    for (const std::string& key : keys) slices.emplace_back(key);
    values = std::vector<rocksdb::PinnableSlice>(count);
    statuses.assign(count, rocksdb::Status());
    impl_->db->MultiGet(rocksdb::ReadOptions(), impl_->family(kRecords), count, slices.data(),
                        values.data(), statuses.data());
    for (size_t i = 0; i < count; ++i) {
      std::optional<StoredRecord> record;
      if (!statuses[i].IsNotFound()) {
        ATTLAS_RETURN_IF_ERROR(FromRocks(statuses[i], kReading));
        ATTLAS_ASSIGN_OR_RETURN(record, DecodeRecord(kind, {values[i].data(), values[i].size()}));
        if (record->revision > revision) {
          ATTLAS_ASSIGN_OR_RETURN(record, GetRecordAt({kind, ordinals[start + i]}, revision));
        }
      }
      ATTLAS_RETURN_IF_ERROR(take(start + i, std::move(record)));
    }
  }
  return absl::OkStatus();
}

absl::Status Store::ForEachVersion(EntityId id, uint64_t revision,
                                   const std::function<bool(StoredRecord&&)>& take) const {
  ATTLAS_ASSIGN_OR_RETURN(std::optional<StoredRecord> current, GetRecord(id));
  if (!current.has_value()) return absl::OkStatus();
  if (current->revision <= revision && !take(std::move(*current))) return absl::OkStatus();
  const std::string prefix = EntityKey(id);
  const std::string start = HistoryKey(id, revision);
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      impl_->db->NewIterator(options, impl_->family(kHistory)));
  for (it->Seek(start); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(StoredRecord record,
                            DecodeRecord(id.kind, {it->value().data(), it->value().size()}));
    record.superseded = true;
    if (!take(std::move(record))) break;
  }
  return FromRocks(it->status(), kReading);
}

absl::StatusOr<std::optional<storage::v1::CommitRecord>> Store::GetCommit(uint64_t revision) const {
  return Parse<storage::v1::CommitRecord>(impl_->Get(kCommits, RevisionKey(revision)),
                                          "commit record");
}

absl::StatusOr<std::optional<storage::v1::RequestRecord>> Store::GetRequest(
    std::string_view request_id) const {
  return Parse<storage::v1::RequestRecord>(impl_->Get(kRequests, request_id), "request record");
}

absl::Status Store::ForEachHot(EntityKind kind, uint32_t first, uint32_t last,
                               absl::FunctionRef<void(uint32_t, const HotRecord&)> take) const {
  const std::string start = EntityKey({kind, first});
  const std::string end = EntityKey({kind, last});
  const rocksdb::Slice bound = ToSlice(end);
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.iterate_upper_bound = &bound;
  options.fill_cache = false;
  options.readahead_size = kReadAheadBytes;
  const std::unique_ptr<rocksdb::Iterator> it(impl_->db->NewIterator(options, impl_->family(kHot)));
  for (it->Seek(ToSlice(start)); it->Valid(); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(const EntityId id,
                            DecodeEntityKey({it->key().data(), it->key().size()}));
    ATTLAS_ASSIGN_OR_RETURN(const HotRecord hot,
                            DecodeHot(kind, {it->value().data(), it->value().size()}));
    take(id.ordinal, hot);
  }
  return FromRocks(it->status(), kReading);
}

absl::Status Store::ForEachName(std::string_view prefix,
                                const std::function<bool(std::string_view, EntityId)>& take) const {
  return Scan(*impl_->db, impl_->family(kNames), prefix,
              [&](std::string_view key, std::string_view value) -> absl::StatusOr<bool> {
                ATTLAS_ASSIGN_OR_RETURN(const EntityId id, DecodeEntity(value));
                return take(key, id);
              });
}

absl::Status Store::ForEachCiting(uint32_t source, EntityKind kind, uint32_t first,
                                  const std::function<bool(uint32_t)>& take) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      impl_->db->NewIterator(options, impl_->family(kCitations)));
  const std::string start = CitationKey(source, {kind, first});
  const std::string prefix = start.substr(0, start.size() - sizeof(first));
  for (it->Seek(start); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(const EntityId id,
                            DecodeCitationKey({it->key().data(), it->key().size()}));
    if (!take(id.ordinal)) break;
  }
  return FromRocks(it->status(), kReading);
}

absl::Status Store::ForEachCitingAny(const std::function<bool(uint32_t)>& is_wanted,
                                     EntityKind kind,
                                     const std::function<void(uint32_t)>& take) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      impl_->db->NewIterator(options, impl_->family(kCitations)));
  uint64_t next = 0;
  while (next <= std::numeric_limits<uint32_t>::max()) {
    it->Seek(CitationKey(static_cast<uint32_t>(next), {EntityKind::kNode, 0}));
    if (!it->Valid()) break;
    ATTLAS_ASSIGN_OR_RETURN(const uint32_t source,
                            DecodeCitedSource({it->key().data(), it->key().size()}));
    if (is_wanted(source)) {
      ATTLAS_RETURN_IF_ERROR(ForEachCiting(source, kind, 0, [&](uint32_t ordinal) {
        take(ordinal);
        return true;
      }));
    }
    next = uint64_t{source} + 1;
  }
  return FromRocks(it->status(), kReading);
}

}  // namespace attlas::graph
