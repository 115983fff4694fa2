// The paths whose instructions are counted: script/instructions. Each does the same work every
// time.
//
//   hot_paths hop | traverse | commit | csv | records
//
// callgrind counts only inside the function `counted_...`, so that setting up costs nothing.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/ingest/csv.h"
#include "graph/query/traverse.h"
#include "tests/bench/rmat.h"
#include "tests/bench/rmat_statements.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

constexpr uint64_t kEdges = 100'000;
constexpr int kQuestions = 300;
constexpr int kCommits = 100;
constexpr int kRows = 3000;
constexpr int kReadings = 100;

}  // namespace

namespace {

// Visits through a filter. The number of nodes met.
uint64_t VisitEach(const graph::View& view, const std::vector<graph::NodeOrdinal>& starts,
                   int hops) {
  const graph::TypeSet types({0, 1, 2, 3});
  graph::TraverseSpec spec;
  spec.edge_types = &types;
  spec.max_depth = hops;
  spec.starts.resize(1);
  uint64_t met = 0;
  for (const graph::NodeOrdinal start : starts) {
    spec.starts[0] = start;
    graph::Budget budget{graph::QueryLimits()};
    graph::Traverse(view, spec, budget, [&met](const graph::Visit&) {
      ++met;
      return true;
    });
  }
  return met;
}

}  // namespace

[[gnu::noinline]] uint64_t counted_traverse(const graph::View& view,
                                            const std::vector<graph::NodeOrdinal>& starts) {
  return VisitEach(view, starts, 2);
}

// One hop: mostly what beginning and ending a visit costs.
[[gnu::noinline]] uint64_t counted_hop(const graph::View& view,
                                       const std::vector<graph::NodeOrdinal>& starts) {
  return VisitEach(view, starts, 1);
}

// Commits of one edge each: checks, staging, encoding, the hand-over to RocksDB and the snapshot.
[[gnu::noinline]] bool counted_commit(graph::Graph& graph,
                                      std::vector<graph::v1::Mutation> mutations) {
  bool done = true;
  for (graph::v1::Mutation& mutation : mutations) {
    graph::CommitInput input;
    input.mutations.push_back(std::move(mutation));
    done = graph.Commit(std::move(input)).ok() && done;
  }
  return done;
}

// Readings of records that were read before: what stands between a question and what is kept.
[[gnu::noinline]] size_t counted_records(const graph::Graph& graph, const graph::View& view,
                                         const std::vector<graph::EdgeOrdinal>& edges) {
  size_t citations = 0;
  for (int i = 0; i < kReadings; ++i) {
    const auto records = graph.ReadEdges(view, edges);
    if (!records.ok()) return 0;
    for (const graph::SharedEdge& edge : *records) {
      citations += static_cast<size_t>(edge->citations_size());
    }
  }
  return citations;
}

// The cells of a file, some of them quoted.
[[gnu::noinline]] size_t counted_csv(std::string_view text) {
  size_t cells = 0;
  graph::ParseCsv(
      text, [&cells](graph::CsvRow&& row) { cells += row.cells.size(); },
      [](int, const std::string&) { std::abort(); });
  return cells;
}

namespace {

int Traverse(std::string_view path) {
  const graph::NodeOrdinal nodes = RmatNodes(kEdges);
  const graph::SnapshotPtr snapshot = MakeRmatSnapshot(MakeRmat(kEdges, 42), nodes);
  graph::ReadRequest request;
  request.as_of = 10'000;
  request.clearance.level = graph::v1::TRAFFIC_LIGHT_GREEN;
  const graph::View view(snapshot, graph::ReadFilter(request, *snapshot));
  std::mt19937 random(7);
  std::vector<graph::NodeOrdinal> starts;
  for (int i = 0; i < kQuestions; ++i) {
    starts.push_back(static_cast<graph::NodeOrdinal>(random() % nodes));
  }
  // The first visit of a thread makes room for its marks.
  VisitEach(view, {starts[0]}, 1);
  const auto visit = path == "hop" ? counted_hop : counted_traverse;
  return visit(view, starts) > kQuestions ? 0 : 1;
}

int Commit() {
  const attlas::testing::TemporaryDirectory directory;
  auto graph = graph::Graph::Open({.path = directory.file("store"), .ontology = RmatOntology()});
  if (!graph.ok()) return 1;
  const std::vector<graph::NumberedLink> links = MakeRmat(kCommits, 42);
  auto nodes = (*graph)->Commit({.mutations = RmatNodeMutations(RmatNodes(kCommits))});
  return nodes.ok() && counted_commit(**graph, RmatEdgeMutations(links)) ? 0 : 1;
}

int Records() {
  const attlas::testing::TemporaryDirectory directory;
  auto graph = graph::Graph::Open({.path = directory.file("store"), .ontology = RmatOntology()});
  if (!graph.ok()) return 1;
  const graph::NodeOrdinal nodes = RmatNodes(kCommits);
  const std::vector<graph::NumberedLink> links = MakeRmat(kCommits, 42);
  if (!(*graph)->Commit({.mutations = RmatNodeMutations(nodes)}).ok() ||
      !(*graph)->Commit({.mutations = RmatEdgeMutations(links)}).ok()) {
    return 1;
  }
  const auto view = (*graph)->Read({}, graph::Clearance::Operator());
  if (!view.ok()) return 1;
  std::vector<graph::EdgeOrdinal> edges;
  for (graph::NodeOrdinal node = 0; node < nodes; ++node) {
    view->ForEachEdge(node, graph::v1::DIRECTION_FORWARD, nullptr, [&](const auto& edge) {
      edges.push_back(edge.edge);
      return true;
    });
  }
  if (!(*graph)->ReadEdges(*view, edges).ok()) return 1;
  return counted_records(**graph, *view, edges) > 0 ? 0 : 1;
}

int Csv() {
  std::string text;
  for (int row = 0; row < kRows; ++row) {
    graph::AppendCsvRow({std::to_string(row), "a plain cell", "a cell, with a comma", "a \"quote\"",
                         "2014-12-24", ""},
                        &text);
  }
  return counted_csv(text) == size_t{kRows} * 6 ? 0 : 1;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) {
  const std::string_view path = argc == 2 ? argv[1] : "";
  if (path == "hop" || path == "traverse") return attlas::bench::Traverse(path);
  if (path == "commit") return attlas::bench::Commit();
  if (path == "csv") return attlas::bench::Csv();
  if (path == "records") return attlas::bench::Records();
  std::fprintf(stderr, "usage: hot_paths hop | traverse | commit | csv | records\n");
  return 2;
}
