#include "graph/snapshot/snapshot_builder.h"

#include <map>
#include <random>
#include <utility>

#include "gtest/gtest.h"
#include "tests/testing/test_ontology.h"

namespace attlas::graph {
namespace {

using Links = std::map<EdgeOrdinal, LinkRecord>;

// The edges of a snapshot, read from one side.
Links ReadBack(const Snapshot& snapshot, bool out) {
  Links links;
  for (NodeOrdinal node = 0; node < snapshot.node_limit(); ++node) {
    const AdjacencyList* list = out ? snapshot.out(node) : snapshot.in(node);
    if (list == nullptr) continue;
    for (size_t i = 0; i < list->edges().size(); ++i) {
      const HotEdge& hot = list->edges()[i];
      if (i > 0) {
        const HotEdge& before = list->edges()[i - 1];
        EXPECT_LE(std::tie(before.type, before.neighbor), std::tie(hot.type, hot.neighbor));
      }
      LinkRecord link{node, hot.neighbor, hot.valid_from, hot.valid_to, hot.type, hot.access};
      if (!out) std::swap(link.from, link.to);
      EXPECT_TRUE(links.emplace(list->ordinals()[i], link).second);
    }
  }
  return links;
}

void ExpectLinks(const Snapshot& snapshot, const Links& expected) {
  for (const bool out : {true, false}) {
    const Links found = ReadBack(snapshot, out);
    ASSERT_EQ(found.size(), expected.size());
    for (const auto& [edge, link] : expected) {
      ASSERT_TRUE(found.contains(edge));
      const LinkRecord& other = found.at(edge);
      EXPECT_EQ(std::tie(link.from, link.to, link.type, link.valid_from),
                std::tie(other.from, other.to, other.type, other.valid_from));
    }
  }
  EXPECT_EQ(snapshot.edge_count(), expected.size());
}

TEST(SnapshotBuilderTest, AgreesWithAMapOverManySnapshotsThatStayAsTheyWere) {
  std::mt19937 random(7);
  const auto below = [&](uint32_t limit) { return static_cast<uint32_t>(random() % limit); };
  SnapshotPtr snapshot;
  Links links;
  std::vector<std::pair<SnapshotPtr, Links>> past;
  EdgeOrdinal next = 0;
  for (int round = 0; round < 60; ++round) {
    SnapshotBuilder builder(snapshot, testing::TestOntology());
    ASSERT_TRUE(builder.access_classes().FindOrAdd({}, v1::CONFIDENCE_SEEN).ok());
    if (round == 0) {
      for (NodeOrdinal node = 0; node < 700; ++node) builder.PutNode(node, 0, 0);
    }
    for (int i = 0; i < 20; ++i) {
      if (below(3) == 0 && !links.empty()) {
        const auto it = std::next(links.begin(), below(static_cast<uint32_t>(links.size())));
        builder.RemoveEdge(it->first, it->second);
        if (below(2) == 0) {
          it->second.valid_from = static_cast<DayNumber>(below(100));
          builder.PutEdge(it->first, it->second);
        } else {
          links.erase(it);
        }
      } else {
        const LinkRecord link{below(700), below(700), 0, kEndOfTime, static_cast<TypeId>(below(3)),
                              0};
        builder.PutEdge(next, link);
        links.emplace(next++, link);
      }
      if (below(10) == 0) builder.Working();
    }
    snapshot = std::move(builder).Build(static_cast<uint64_t>(round) + 1);
    past.emplace_back(snapshot, links);
  }
  for (const auto& [then, expected] : past) ExpectLinks(*then, expected);
}

TEST(SnapshotBuilderTest, BulkAndSingleEditsMakeTheSame) {
  std::mt19937 random(11);
  SnapshotBuilder bulk(nullptr, testing::TestOntology());
  SnapshotBuilder single(nullptr, testing::TestOntology());
  std::vector<NumberedLink> all;
  Links expected;
  for (NodeOrdinal node = 0; node < 600; ++node) {
    bulk.PutNode(node, 0, 0);
    single.PutNode(node, 0, 0);
  }
  for (EdgeOrdinal edge = 0; edge < 3000; ++edge) {
    const LinkRecord link{static_cast<NodeOrdinal>(random() % 600),
                          static_cast<NodeOrdinal>(random() % 600),
                          0,
                          kEndOfTime,
                          static_cast<TypeId>(random() % 3),
                          0};
    all.push_back({edge, link});
    single.PutEdge(edge, link);
    // From here on the graph has an edge, so that the others are edits of it.
    if (edge == 0) single.Working();
    expected.emplace(edge, link);
  }
  // In two parts, as two threads read them.
  const std::vector<NumberedLink> later(all.begin() + 1000, all.end());
  all.resize(1000);
  bulk.PutAllEdges({later, all});
  ExpectLinks(*std::move(bulk).Build(1), expected);
  ExpectLinks(*std::move(single).Build(1), expected);
}

// A graph whose lists fill several blocks, with one list that is too large for a block. Old
// snapshots go before, between and after the edits of later ones.
TEST(SnapshotBuilderTest, ListsOfALargeGraphOutliveTheSnapshotsTheyWereMadeFor) {
  constexpr NodeOrdinal kNodes = 5000;
  constexpr EdgeOrdinal kEdges = 160'000;
  std::mt19937 random(13);
  Links links;
  SnapshotBuilder first(nullptr, testing::TestOntology());
  for (NodeOrdinal node = 0; node < kNodes; ++node) first.PutNode(node, 0, 0);
  for (EdgeOrdinal edge = 0; edge < kEdges; ++edge) {
    const LinkRecord link{edge % 5 == 0 ? 17 : static_cast<NodeOrdinal>(random() % kNodes),
                          static_cast<NodeOrdinal>(random() % kNodes),
                          static_cast<DayNumber>(edge),
                          kEndOfTime,
                          static_cast<TypeId>(random() % 3),
                          0};
    first.PutEdge(edge, link);
    links.emplace(edge, link);
  }
  SnapshotPtr latest = std::move(first).Build(1);
  ExpectLinks(*latest, links);
  SnapshotPtr kept;
  Links kept_links;
  for (uint64_t revision = 2; revision < 20; ++revision) {
    SnapshotBuilder builder(latest, testing::TestOntology());
    for (int i = 0; i < 50; ++i) {
      const auto it = links.lower_bound(static_cast<EdgeOrdinal>(random() % kEdges));
      if (it == links.end()) continue;
      builder.RemoveEdge(it->first, it->second);
      links.erase(it);
    }
    latest = std::move(builder).Build(revision);
    if (revision == 5) {
      kept = latest;
      kept_links = links;
    }
    if (revision == 15) {
      ExpectLinks(*kept, kept_links);
      kept = nullptr;
    }
  }
  ExpectLinks(*latest, links);
}

}  // namespace
}  // namespace attlas::graph
