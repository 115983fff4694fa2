// Commits until it is killed. Argument: the store. Each commit n adds the node instruments/n<n> and
// the edge SIGNED states/IDN -> instruments/n<n>; once it is acknowledged, its revision goes to
// standard output as 8 bytes. Two threads write, so that kills also meet groups of commits.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Graph;
using graph::v1::Mutation;

Mutation Put(graph::Node node) {
  Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

[[noreturn]] void Fail(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

void WriteForEver(Graph& graph, std::atomic<uint64_t>& next) {
  for (;;) {
    const std::string name = "instruments/n" + std::to_string(next++);
    Mutation edge;
    *edge.mutable_put_edge() = MakeEdge("SIGNED", "states/IDN", name);
    const auto output = graph.Commit({.mutations = {Put(MakeNode(name)), edge}});
    if (!output.ok()) Fail(output.status());
    const uint64_t revision = output->revision;
    if (write(STDOUT_FILENO, &revision, sizeof(revision)) != sizeof(revision)) return;
  }
}

int Run(const std::string& path) {
  auto graph = Graph::Open({.path = path, .ontology = TestOntology()});
  if (!graph.ok()) Fail(graph.status());
  const auto first =
      (*graph)->Commit({.mutations = {Put(MakeNode("sources/test")), Put(MakeNode("states/IDN"))}});
  if (!first.ok()) Fail(first.status());
  std::atomic<uint64_t> next = (*graph)->LatestRevision();
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { WriteForEver(**graph, next); });
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace attlas::testing

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  return attlas::testing::Run(argv[1]);
}
