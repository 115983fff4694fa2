// What a store that is written to holds in memory and not yet in files.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;

// Of nodes that are written over: what they are now and what they were goes to different columns of
// the engine, each with a buffer of its own.
TEST(StoreMemoryTest, WhatIsNotYetInFilesIsBounded) {
  constexpr uint64_t kBound = uint64_t{64} << 20;
  constexpr size_t kText = size_t{16} << 10;
  constexpr int kNodes = 32;
  TemporaryDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto graph,
                       Graph::Open({.path = directory.file("store"), .ontology = TestOntology()}));
  uint64_t most = 0;
  for (uint64_t written = 0; written < 4 * kBound; written += kNodes * kText) {
    graph::CommitInput commit;
    for (int i = 0; i < kNodes; ++i) {
      *commit.mutations.emplace_back().mutable_put_node() =
          MakeNode("sources/s" + std::to_string(i),
                   std::string(kText, static_cast<char>('a' + written / kText / kNodes % 26)));
    }
    ASSERT_OK(graph->Commit(std::move(commit)).status());
    most = std::max(most, graph->Statistics().store.memtable_bytes);
  }
  EXPECT_GT(most, kBound / 2);
  // What is on its way to a file still counts, and so does the commit that went beyond.
  EXPECT_LT(most, kBound + kBound / 2);
}

}  // namespace
}  // namespace attlas::testing
