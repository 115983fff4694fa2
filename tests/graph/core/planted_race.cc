// A race on purpose, among threads that commit: built under ThreadSanitizer alone, where it must be
// reported. It shows that what the sanitizer overlooks (tests/testing/thread_sanitizer.cc) does not
// hide a race of ours.
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

int main() {
  using attlas::graph::Graph;
  const attlas::testing::TemporaryDirectory directory;
  auto graph =
      Graph::Open({.path = directory.file("store"), .ontology = attlas::testing::TestOntology()});
  if (!graph.ok()) return 2;
  int unguarded = 0;
  std::vector<std::thread> threads;
  threads.reserve(2);
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] {
      ++unguarded;
      attlas::graph::v1::Mutation mutation;
      *mutation.mutable_put_node() =
          attlas::testing::MakeNode("sources/s" + std::to_string(i), "A source");
      if (!(*graph)->Commit({.mutations = {mutation}}).ok()) std::fprintf(stderr, "no commit\n");
    });
  }
  for (std::thread& thread : threads) thread.join();
  return unguarded == 0 ? 1 : 0;
}
