// Damage to a store, to be planted on purpose: each changes the bytes of one store, which
// StoreCheckTest::MakeStore makes.
#ifndef ATTLAS_TESTS_GRAPH_STORE_STORE_DAMAGE_H_
#define ATTLAS_TESTS_GRAPH_STORE_STORE_DAMAGE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graph/store/raw_store.h"
#include "graph/store/store_check.h"
#include "graph/store/store_impl.h"
#include "tests/testing/status_matchers.h"

namespace attlas::testing {

using graph::ColumnFamily;
using graph::EntityId;
using graph::EntityKey;
using graph::EntityKind;
using graph::HistoryKey;
using graph::HotRecord;
using graph::ProblemKind;
using graph::RawStore;
using graph::RevisionKey;
using graph::StoredRecord;

inline constexpr char kRequest[] = "2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";

// What MakeStore numbers: sources/test 0, states/IDN 1, instruments/att 2, states/BRN 3.
inline constexpr EntityId kIndonesia = {EntityKind::kNode, 1};
inline constexpr EntityId kTreaty = {EntityKind::kNode, 2};
inline constexpr EntityId kBrunei = {EntityKind::kNode, 3};
inline constexpr EntityId kSigned = {EntityKind::kEdge, 0};
inline constexpr uint64_t kLast = 4;

// The name of the one edge.
std::string SignedName();

// Changes to the bytes of a store, of which each is one kind of damage.
class Planter {
 public:
  explicit Planter(const RawStore& store) : store_(store) {}

  void Write(ColumnFamily which, const std::string& key, const std::string& value) const {
    EXPECT_TRUE(store_.db().Put(rocksdb::WriteOptions(), store_.family(which), key, value).ok());
  }
  void Remove(ColumnFamily which, const std::string& key) const {
    EXPECT_TRUE(Get(which, key).has_value()) << "what is to be removed is not there";
    EXPECT_TRUE(store_.db().Delete(rocksdb::WriteOptions(), store_.family(which), key).ok());
  }
  std::optional<std::string> Get(ColumnFamily which, const std::string& key) const {
    auto value = store_.Get(which, key);
    EXPECT_OK(value);
    return value.ok() ? *value : std::nullopt;
  }

  // The current version of something, changed, with its hot record where `with_hot`.
  void Change(EntityId id, const std::function<void(StoredRecord*)>& change, bool with_hot) const {
    auto record = graph::DecodeRecord(id.kind, *Get(graph::kRecords, EntityKey(id)));
    ASSERT_OK(record);
    change(&*record);
    Write(graph::kRecords, EntityKey(id), EncodeRecord(id.kind, *record));
    if (!with_hot) return;
    std::string hot;
    EncodeHot(id.kind, record->hot, &hot);
    Write(graph::kHot, EntityKey(id), hot);
  }
  // What the current version says, changed.
  template <typename Message>
  void Say(EntityId id, const std::function<void(Message*, HotRecord*)>& change) const {
    Change(
        id,
        [&](StoredRecord* record) {
          Message message;
          ASSERT_TRUE(message.ParseFromString(record->body));
          change(&message, &record->hot);
          record->body = graph::SerializeDeterministic(message);
        },
        /*with_hot=*/true);
  }
  template <typename Message>
  void ChangeMessage(ColumnFamily which, const std::string& key,
                     const std::function<void(Message*)>& change) const {
    Message message;
    ASSERT_TRUE(message.ParseFromString(*Get(which, key)));
    change(&message);
    Write(which, key, graph::SerializeDeterministic(message));
  }
  void ChangeCommit(uint64_t revision,
                    const std::function<void(storage::v1::CommitRecord*)>& change) const {
    ChangeMessage<storage::v1::CommitRecord>(graph::kCommits, RevisionKey(revision), change);
  }

 private:
  const RawStore& store_;
};

struct Damage {
  std::string name;
  ProblemKind kind;
  std::string said;  // In the report.
  std::function<void(const Planter&)> plant;
};

// What is damaged: records and what stands over them, indexes of records, versions and revisions.
std::vector<Damage> DamageOfRecords();
std::vector<Damage> DamageOfIndexes();
std::vector<Damage> DamageOfHistory();

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_STORE_STORE_DAMAGE_H_
