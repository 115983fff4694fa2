#include <limits>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/entity_text.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

absl::Status Fault(const std::string& what) {
  return MakeError(absl::StatusCode::kDataLoss,
                   absl::StrCat("verifying the store: ", what, "; restore a backup"),
                   {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
}

// A record against its hot copy: both or neither, and equal.
absl::Status CheckHotCopy(EntityId id, const StoredRecord& record,
                          const std::optional<std::string>& hot) {
  if (hot.has_value() == record.deleted) {
    return Fault(absl::StrCat(EntityText(id), " and its hot record disagree about a deletion"));
  }
  if (record.deleted) return absl::OkStatus();
  std::string expected;
  EncodeHot(id.kind, record.hot, &expected);
  if (*hot != expected)
    return Fault(absl::StrCat("the hot record of ", EntityText(id), " differs"));
  return absl::OkStatus();
}

// What the body of a record says that is indexed.
struct Indexed {
  std::string name;
  std::vector<std::string> sources;
};

template <typename Message>
absl::StatusOr<Indexed> ParseIndexed(EntityId id, const StoredRecord& record) {
  Message message;
  if (!message.ParseFromString(record.body)) {
    return Fault(absl::StrCat("the body of ", EntityText(id), " cannot be read"));
  }
  Indexed indexed{message.name(), {}};
  for (const Citation& citation : message.citations()) indexed.sources.push_back(citation.source());
  return indexed;
}

absl::StatusOr<Indexed> IndexedIn(EntityId id, const StoredRecord& record) {
  return id.kind == EntityKind::kNode ? ParseIndexed<v1::Node>(id, record)
                                      : ParseIndexed<v1::Edge>(id, record);
}

}  // namespace

absl::Status Store::Verify() const {
  ATTLAS_RETURN_IF_ERROR(FromRocks(impl_->db->VerifyChecksum(), "verifying the store"));
  ATTLAS_ASSIGN_OR_RETURN(const StoreHead head, Head());
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> it(
      impl_->db->NewIterator(options, impl_->family(kRecords)));
  size_t live = 0;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    ATTLAS_ASSIGN_OR_RETURN(const EntityId id,
                            DecodeEntityKey({it->key().data(), it->key().size()}));
    ATTLAS_ASSIGN_OR_RETURN(const StoredRecord record,
                            DecodeRecord(id.kind, {it->value().data(), it->value().size()}));
    if (record.revision > head.revision) {
      return Fault(absl::StrCat(EntityText(id), " is of revision ", record.revision,
                                ", later than the last, ", head.revision));
    }
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> hot, impl_->Get(kHot, EntityKey(id)));
    ATTLAS_RETURN_IF_ERROR(CheckHotCopy(id, record, hot));
    if (record.deleted) continue;
    ++live;
    ATTLAS_ASSIGN_OR_RETURN(const Indexed indexed, IndexedIn(id, record));
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> named, FindName(indexed.name));
    if (named != id) return Fault(absl::StrCat("the name ", indexed.name, " leads elsewhere"));
    for (const std::string& source : indexed.sources) {
      ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> cited, FindName(source));
      if (!cited.has_value()) return Fault(absl::StrCat(EntityText(id), " cites what has no name"));
      ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> entry,
                              impl_->Get(kCitations, CitationKey(cited->ordinal, id)));
      if (!entry.has_value()) {
        return Fault(absl::StrCat("that ", EntityText(id), " cites ", source, " is not indexed"));
      }
    }
  }
  ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), "verifying the store"));
  size_t hot_count = 0;
  for (const EntityKind kind : {EntityKind::kNode, EntityKind::kEdge}) {
    ATTLAS_RETURN_IF_ERROR(ForEachHot(kind, 0, std::numeric_limits<uint32_t>::max(),
                                      [&](uint32_t, const HotRecord&) { ++hot_count; }));
  }
  if (hot_count != live) return Fault("there are hot records without a record");
  for (uint64_t revision = 1; revision <= head.revision; ++revision) {
    ATTLAS_ASSIGN_OR_RETURN(const auto commit, GetCommit(revision));
    if (!commit.has_value()) {
      return Fault(absl::StrCat("revision ", revision, " is missing from the change log"));
    }
  }
  return absl::OkStatus();
}

}  // namespace attlas::graph
