#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"
#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

absl::Status Fault(const std::string& what) {
  return MakeError(absl::StatusCode::kDataLoss,
                   absl::StrCat("verifying the store: ", what, "; restore a backup"),
                   {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
}

std::string NameOf(EntityId id) {
  return absl::StrCat(id.kind == EntityKind::kNode ? "node " : "edge ", id.ordinal);
}

// A record against its hot copy: both or neither, and equal.
absl::Status CheckHotCopy(EntityId id, const StoredRecord& record,
                          const std::optional<std::string>& hot) {
  if (hot.has_value() == record.deleted) {
    return Fault(absl::StrCat(NameOf(id), " and its hot record disagree about a deletion"));
  }
  if (record.deleted) return absl::OkStatus();
  std::string expected;
  EncodeHot(id.kind, record.hot, &expected);
  if (*hot != expected) return Fault(absl::StrCat("the hot record of ", NameOf(id), " differs"));
  return absl::OkStatus();
}

// The body names something whose name leads back to this ordinal.
absl::StatusOr<std::string> NameInBody(EntityId id, const StoredRecord& record) {
  if (id.kind == EntityKind::kNode) {
    v1::Node node;
    if (!node.ParseFromString(record.body)) {
      return Fault(absl::StrCat("the body of ", NameOf(id), " cannot be read"));
    }
    return node.name();
  }
  v1::Edge edge;
  if (!edge.ParseFromString(record.body)) {
    return Fault(absl::StrCat("the body of ", NameOf(id), " cannot be read"));
  }
  return edge.name();
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
      return Fault(absl::StrCat(NameOf(id), " is of revision ", record.revision,
                                ", later than the last, ", head.revision));
    }
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<std::string> hot, impl_->Get(kHot, EntityKey(id)));
    ATTLAS_RETURN_IF_ERROR(CheckHotCopy(id, record, hot));
    if (record.deleted) continue;
    ++live;
    ATTLAS_ASSIGN_OR_RETURN(const std::string name, NameInBody(id, record));
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<EntityId> named, FindName(name));
    if (named != id) return Fault(absl::StrCat("the name ", name, " leads elsewhere"));
  }
  ATTLAS_RETURN_IF_ERROR(FromRocks(it->status(), "verifying the store"));
  size_t hot_count = 0;
  ATTLAS_RETURN_IF_ERROR(ForEachHot([&](EntityId, const HotRecord&) { ++hot_count; }));
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
