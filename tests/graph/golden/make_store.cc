// Makes a golden store: make_golden_store DIRECTORY. See tests/data/stores/README.md.
#include <cstdio>
#include <utility>

#include "graph/graph.h"
#include "tests/graph/golden/golden_commits.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

int Run(const char* directory) {
  graph::GraphOptions options;
  options.path = directory;
  options.ontology = TestOntology();
  const auto graph = graph::Graph::Open(options);
  if (!graph.ok()) {
    std::fprintf(stderr, "%s\n", graph.status().ToString().c_str());
    return 1;
  }
  for (graph::CommitInput& commit : GoldenCommits()) {
    const auto made = (*graph)->Commit(std::move(commit));
    if (made.ok()) continue;
    std::fprintf(stderr, "%s\n", made.status().ToString().c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace attlas::testing

int main(int argc, char** argv) { return argc == 2 ? attlas::testing::Run(argv[1]) : 2; }
