#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

// Whether a batch is ever asked about what it put into the family.
bool IsReadBack(ColumnFamily which) {
  return which == kNames || which == kRecords || which == kRequests;
}

std::string WrittenKey(ColumnFamily which, std::string_view key) {
  std::string result(1, static_cast<char>(which));
  result.append(key);
  return result;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> StoreBatch::Impl::Get(ColumnFamily which,
                                                                 std::string_view key) const {
  if (written.has_value()) {
    const auto own = written->find(WrittenKey(which, key));
    if (own != written->end()) return own->second;
  }
  return store.Get(which, key);
}

void StoreBatch::Impl::Put(ColumnFamily which, std::string_view key, std::string_view value) {
  if (bulk.has_value()) return bulk->Put(which, key, value);
  plain.Put(store.family(which), ToSlice(key), ToSlice(value)).PermitUncheckedError();
  if (written.has_value() && IsReadBack(which)) {
    written->insert_or_assign(WrittenKey(which, key), std::string(value));
  }
}

void StoreBatch::Impl::Delete(ColumnFamily which, std::string_view key) {
  if (bulk.has_value()) return bulk->Delete(which, key);
  plain.Delete(store.family(which), ToSlice(key)).PermitUncheckedError();
  if (written.has_value() && IsReadBack(which)) {
    written->insert_or_assign(WrittenKey(which, key), std::nullopt);
  }
}

StoreBatch::StoreBatch(const Store& store, BatchKind kind)
    : impl_(std::make_unique<Impl>(*store.impl_, kind)) {}
StoreBatch::~StoreBatch() = default;

void StoreBatch::PutName(std::string_view name, EntityId id) {
  impl_->Put(kNames, name, EncodeEntity(id));
}

void StoreBatch::PutRecord(EntityId id, const StoredRecord& record, const StoredRecord* before) {
  const std::string key = EntityKey(id);
  if (before != nullptr) {
    if (impl_->bulk.has_value()) impl_->bulk->NoteSuperseded();
    impl_->Put(kHistory, HistoryKey(id, before->revision), EncodeRecord(id.kind, *before));
  }
  impl_->Put(kRecords, key, EncodeRecord(id.kind, record));
  if (record.deleted) {
    impl_->Delete(kHot, key);
  } else {
    std::string hot;
    EncodeHot(id.kind, record.hot, &hot);
    impl_->Put(kHot, key, hot);
  }
}

void StoreBatch::PutCitation(uint32_t source, EntityId id) {
  impl_->Put(kCitations, CitationKey(source, id), "");
}

void StoreBatch::PutCommit(uint64_t revision, const storage::v1::CommitRecord& commit) {
  impl_->Put(kCommits, RevisionKey(revision), SerializeDeterministic(commit));
}

void StoreBatch::PutRequest(std::string_view request_id,
                            const storage::v1::RequestRecord& request) {
  impl_->Put(kRequests, request_id, SerializeDeterministic(request));
}

void StoreBatch::PutOntology(uint64_t revision, const v1::Ontology& ontology) {
  impl_->Put(kMeta, std::string(kOntologyPrefix) + RevisionKey(revision),
             SerializeDeterministic(ontology));
}

void StoreBatch::PutSpace(SpaceId id, std::string_view space) {
  impl_->Put(kMeta, std::string(kSpacePrefix) + RevisionKey(id), space);
}

void StoreBatch::PutHead(const StoreHead& head) { impl_->Put(kMeta, kHeadKey, EncodeHead(head)); }

absl::StatusOr<std::optional<EntityId>> StoreBatch::FindName(std::string_view name) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, impl_->Get(kNames, name));
  if (!bytes.has_value()) return std::nullopt;
  return DecodeEntity(*bytes);
}

absl::StatusOr<std::optional<StoredRecord>> StoreBatch::GetRecord(EntityId id) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          impl_->Get(kRecords, EntityKey(id)));
  if (!bytes.has_value()) return std::nullopt;
  return DecodeRecord(id.kind, *bytes);
}

absl::StatusOr<std::optional<storage::v1::RequestRecord>> StoreBatch::GetRequest(
    std::string_view request_id) const {
  ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                          impl_->Get(kRequests, request_id));
  if (!bytes.has_value()) return std::nullopt;
  storage::v1::RequestRecord request;
  if (!request.ParseFromString(*bytes)) {
    return FromRocks(rocksdb::Status::Corruption("request record"), "reading the store");
  }
  return request;
}

absl::Status Store::Write(StoreBatch& batch) {
  if (batch.impl_->bulk.has_value()) {
    return batch.impl_->bulk->Write(*impl_->db, impl_->families, impl_->options, impl_->path);
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return FromRocks(impl_->db->Write(options, &batch.impl_->plain), "writing to the store");
}

}  // namespace attlas::graph
