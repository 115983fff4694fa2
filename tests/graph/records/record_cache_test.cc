// What is kept of the store is the current version or nothing, and never too much.
#include "graph/records/record_cache.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::EntityId;
using graph::EntityKind;
using graph::Node;
using graph::RecordCache;
using graph::SharedNode;

constexpr size_t kPlenty = size_t{16} << 20;
constexpr uint64_t kLater = 100;

using NodeRecord = graph::RefPtr<const graph::Record<Node>>;

NodeRecord MakeRecord(uint32_t ordinal, uint64_t revision, std::string_view display_name = "A") {
  return graph::MakeRef<const graph::Record<Node>>(ordinal, revision, graph::HotRecord(),
                                                   MakeNode("states/IDN", display_name));
}

void Insert(RecordCache& cache, NodeRecord record) {
  const uint64_t generation = cache.Generation<Node>(record->ordinal());
  cache.Insert<Node>(std::move(record), generation);
}

TEST(RecordCacheTest, SharesOneMessageAmongReaders) {
  RecordCache cache(kPlenty);
  EXPECT_FALSE(cache.Find<Node>(7, kLater));
  Insert(cache, MakeRecord(7, 3));
  const SharedNode first = cache.Find<Node>(7, kLater);
  const SharedNode second = cache.Find<Node>(7, 3);
  ASSERT_TRUE(first);
  EXPECT_EQ(first.get(), second.get());
  EXPECT_EQ(first->display_name(), "A");
  // Edges count for themselves.
  EXPECT_FALSE(cache.Find<graph::Edge>(7, kLater));
}

TEST(RecordCacheTest, ServesNoReaderOfAnEarlierRevision) {
  RecordCache cache(kPlenty);
  Insert(cache, MakeRecord(7, 3));
  EXPECT_FALSE(cache.Find<Node>(7, 2));
}

TEST(RecordCacheTest, AVersionThatWasReadBeforeItWasSupersededIsNotKept) {
  RecordCache cache(kPlenty);
  const uint64_t generation = cache.Generation<Node>(7);
  cache.Erase(std::vector<EntityId>{{EntityKind::kNode, 7}});
  cache.Insert<Node>(MakeRecord(7, 3), generation);
  EXPECT_FALSE(cache.Find<Node>(7, kLater));
  // What is read after it is.
  Insert(cache, MakeRecord(7, 4, "B"));
  EXPECT_EQ(cache.Find<Node>(7, kLater)->display_name(), "B");
}

TEST(RecordCacheTest, ErasesThatRecordAlone) {
  RecordCache cache(kPlenty);
  Insert(cache, MakeRecord(7, 3));
  Insert(cache, MakeRecord(8, 3));
  cache.Erase(std::vector<EntityId>{{EntityKind::kEdge, 7}, {EntityKind::kNode, 8}});
  EXPECT_TRUE(cache.Find<Node>(7, kLater));
  EXPECT_FALSE(cache.Find<Node>(8, kLater));
}

TEST(RecordCacheTest, ClearDropsAllAndWhatIsBeingRead) {
  RecordCache cache(kPlenty);
  Insert(cache, MakeRecord(7, 3));
  cache.InsertName("states/IDN", {EntityKind::kNode, 7}, cache.NameGeneration("states/IDN"));
  ASSERT_TRUE(cache.FindName("states/IDN").has_value());
  const uint64_t generation = cache.Generation<Node>(9);
  const uint64_t name_generation = cache.NameGeneration("states/PHL");
  cache.Clear();
  cache.Insert<Node>(MakeRecord(9, 3), generation);
  cache.InsertName("states/PHL", {EntityKind::kNode, 9}, name_generation);
  EXPECT_FALSE(cache.Find<Node>(7, kLater));
  EXPECT_FALSE(cache.Find<Node>(9, kLater));
  EXPECT_FALSE(cache.FindName("states/IDN").has_value());
  EXPECT_FALSE(cache.FindName("states/PHL").has_value());
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(RecordCacheTest, AReaderKeepsWhatItHas) {
  RecordCache cache(kPlenty);
  Insert(cache, MakeRecord(7, 3));
  const SharedNode held = cache.Find<Node>(7, kLater);
  cache.Clear();
  EXPECT_EQ(held->display_name(), "A");
}

TEST(RecordCacheTest, KeepsToItsBytes) {
  constexpr size_t kBytes = size_t{1} << 20;
  RecordCache cache(kBytes);
  const std::string text(2'000, 'x');
  for (uint32_t ordinal = 0; ordinal < 2'000; ++ordinal) {
    Insert(cache, MakeRecord(ordinal, 3, text));
    const std::string name = absl::StrCat("states/", ordinal, text);
    cache.InsertName(name, {EntityKind::kNode, ordinal}, cache.NameGeneration(name));
    ASSERT_LE(cache.bytes(), kBytes);
  }
  EXPECT_GT(cache.bytes(), kBytes / 8);
  // What is larger than all of it is not kept.
  cache.Clear();
  Insert(cache, MakeRecord(7, 3, std::string(kBytes, 'x')));
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(RecordCacheTest, WhatIsOfUseStaysLonger) {
  RecordCache cache(size_t{1} << 20);
  const std::string text(2'000, 'x');
  Insert(cache, MakeRecord(0, 3, text));
  for (uint32_t ordinal = 1; ordinal < 1'000; ++ordinal) {
    ASSERT_TRUE(cache.Find<Node>(0, kLater)) << ordinal;
    Insert(cache, MakeRecord(ordinal, 3, text));
  }
}

TEST(RecordCacheTest, NothingIsKeptWhereThereIsNoRoom) {
  RecordCache cache(0);
  Insert(cache, MakeRecord(7, 3));
  cache.InsertName("states/IDN", {EntityKind::kNode, 7}, cache.NameGeneration("states/IDN"));
  cache.Erase(std::vector<EntityId>{{EntityKind::kNode, 7}});
  cache.Clear();
  EXPECT_FALSE(cache.Find<Node>(7, kLater));
  EXPECT_FALSE(cache.FindName("states/IDN").has_value());
}

TEST(RecordCacheTest, TheBareFormHasNoCitationsAndIsMadeOnce) {
  const SharedNode node = SharedNode::Of(MakeNode("states/IDN", "A"));
  ASSERT_FALSE(node->citations().empty());
  const SharedNode bare = node.WithoutCitations();
  EXPECT_TRUE(bare->citations().empty());
  EXPECT_EQ(bare->display_name(), "A");
  EXPECT_EQ(bare.get(), node.WithoutCitations().get());
  EXPECT_FALSE(node->citations().empty());
}

// A store of two nodes that a writer goes on changing, as Graph does: the store first, then the
// cache, and only then the revision that readers may ask for. What both nodes say of a revision is
// its number.
class ChangingStore {
 public:
  static constexpr uint32_t kNodes = 2;

  explicit ChangingStore(RecordCache* cache) : cache_(cache) { Commit(); }

  uint64_t latest() const { return latest_.load(); }
  // Makes the next revision.
  void Commit() {
    std::vector<EntityId> superseded;
    const uint64_t revision = latest_.load() + 1;
    for (uint32_t node = 0; node < kNodes; ++node) superseded.push_back({EntityKind::kNode, node});
    {
      graph::MutexLock lock(mutex_);
      current_ = revision;
    }
    cache_->Erase(superseded);
    latest_.store(revision);
  }
  // The same, for a redaction.
  void Redact() {
    const uint64_t revision = latest_.load() + 1;
    {
      graph::MutexLock lock(mutex_);
      current_ = revision;
    }
    cache_->Clear();
    latest_.store(revision);
  }
  // What the node says at `revision`, which is not before the one that was the latest when the
  // caller asked.
  std::string Read(uint32_t node, uint64_t revision) {
    if (const SharedNode kept = cache_->Find<Node>(node, revision)) return kept->display_name();
    const uint64_t generation = cache_->Generation<Node>(node);
    const uint64_t current = Current();
    // A later version stands: this reader's own is in the history, and not kept.
    if (current > revision) return absl::StrCat(revision);
    NodeRecord record = MakeRecord(node, current, absl::StrCat(current));
    const SharedNode read(record);
    cache_->Insert<Node>(std::move(record), generation);
    return read->display_name();
  }

 private:
  uint64_t Current() {
    graph::MutexLock lock(mutex_);
    return current_;
  }

  RecordCache* const cache_;
  std::atomic<uint64_t> latest_{0};
  graph::Mutex mutex_;
  uint64_t current_ ATTLAS_GUARDED_BY(mutex_) = 0;
};

TEST(RecordCacheRaceTest, NoReaderFindsWhatWasSuperseded) {
  RecordCache cache(kPlenty);
  ChangingStore store(&cache);
  std::vector<std::jthread> readers;  // Told to stop, and waited for, when the test ends.
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        const uint64_t revision = store.latest();
        for (uint32_t node = 0; node < ChangingStore::kNodes; ++node) {
          EXPECT_EQ(store.Read(node, revision), absl::StrCat(revision));
        }
      }
    });
  }
  for (int round = 0; round < 5'000; ++round) {
    round % 100 == 0 ? store.Redact() : store.Commit();
    EXPECT_EQ(store.Read(0, store.latest()), absl::StrCat(store.latest()));
  }
}

}  // namespace
}  // namespace attlas::testing
