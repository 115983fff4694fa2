// Commits until it is killed. Arguments: the store, and how many pairs a commit adds (default 1): a
// node instruments/n<n> and an edge SIGNED states/IDN -> instruments/n<n>. Commits of more than one
// pair go to disk as files. Once a commit is acknowledged, its revision goes to standard output as
// 8 bytes. Two threads write, so that kills also meet groups of commits.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "tests/testing/mutations.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using graph::v1::Mutation;

[[noreturn]] void Fail(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

std::vector<Mutation> Pairs(uint64_t commit, uint64_t pairs) {
  std::vector<Mutation> mutations;
  for (uint64_t n = commit * pairs; n < (commit + 1) * pairs; ++n) {
    const std::string name = "instruments/n" + std::to_string(n);
    mutations.push_back(Put(MakeNode(name)));
    mutations.push_back(Put(MakeEdge("SIGNED", "states/IDN", name)));
  }
  return mutations;
}

void WriteForEver(Graph& graph, uint64_t pairs, std::atomic<uint64_t>& next) {
  for (;;) {
    const auto output = graph.Commit({.mutations = Pairs(next++, pairs)});
    if (!output.ok()) Fail(output.status());
    const uint64_t revision = output->revision;
    if (write(STDOUT_FILENO, &revision, sizeof(revision)) != sizeof(revision)) return;
  }
}

int Run(const std::string& path, uint64_t pairs) {
  auto graph = Graph::Open({.path = path,
                            .ontology = TestOntology(),
                            .bulk_mutations = pairs > 1 ? size_t{2} : size_t{10'000}});
  if (!graph.ok()) Fail(graph.status());
  const auto first =
      (*graph)->Commit({.mutations = {Put(MakeNode("sources/test")), Put(MakeNode("states/IDN"))}});
  if (!first.ok()) Fail(first.status());
  std::atomic<uint64_t> next = (*graph)->LatestRevision();
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { WriteForEver(**graph, pairs, next); });
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace attlas::testing

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) return 2;
  return attlas::testing::Run(argv[1], argc == 3 ? std::stoull(argv[2]) : 1);
}
