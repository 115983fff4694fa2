// 1, 2 and 3 hops and shortest paths through a filter: over a view, over a bare array, over RocksDB.
//
//   traversal_bench [--edges=1000000] [Google Benchmark flags]
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "graph/query/paths.h"
#include "graph/query/traverse.h"
#include "tests/bench/baselines.h"
#include "tests/bench/ratios.h"
#include "tests/bench/rmat.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

using graph::Budget;
using graph::NodeOrdinal;
using graph::QueryLimits;
using graph::View;

constexpr int kMaxHops = 6;

struct World {
  explicit World(uint64_t edges)
      : nodes(RmatNodes(edges)),
        links(MakeRmat(edges, 42)),
        snapshot(MakeRmatSnapshot(links, nodes)),
        arrays(links, nodes),
        rocks(links, nodes, directory.file("rocks")) {
    std::mt19937 random(7);
    while (seeds.size() < 1000) {
      const auto node = static_cast<NodeOrdinal>(random() % nodes);
      if (snapshot->out(node) != nullptr) seeds.push_back(node);
    }
    for (graph::TypeId type = 0; type <= filter.max_type; ++type) types.push_back(type);
  }

  View MakeView() const {
    graph::ReadRequest request;
    request.as_of = filter.day;
    request.clearance.level = graph::v1::TRAFFIC_LIGHT_GREEN;
    return {snapshot, graph::ReadFilter(request, *snapshot)};
  }

  attlas::testing::TemporaryDirectory directory;
  Filter filter;
  NodeOrdinal nodes;
  std::vector<graph::NumberedLink> links;
  graph::SnapshotPtr snapshot;
  BareArrays arrays;
  RocksArrays rocks;
  std::vector<NodeOrdinal> seeds;
  std::vector<graph::TypeId> types;
};

World* world = nullptr;

uint64_t CountInView(const View& view, const graph::TypeSet& types, NodeOrdinal start, int hops) {
  graph::TraverseSpec spec;
  spec.starts = {start};
  spec.edge_types = &types;
  spec.max_depth = hops;
  Budget budget{QueryLimits()};
  uint64_t count = 0;
  graph::Traverse(view, spec, budget, [&](const graph::Visit&) {
    ++count;
    return true;
  });
  return count;
}

int PathInView(const View& view, const graph::TypeSet& types, NodeOrdinal from, NodeOrdinal to) {
  graph::PathSpec spec;
  spec.from = from;
  spec.to = to;
  spec.edge_types = &types;
  spec.direction = graph::v1::DIRECTION_FORWARD;
  spec.max_hops = kMaxHops;
  Budget budget{QueryLimits()};
  const auto paths = graph::FindPaths(view, spec, budget);
  return paths.empty() ? -1 : static_cast<int>(paths[0].edges.size());
}

// Each iteration is one query; the seeds go round.
void ViewHops(benchmark::State& state) {
  const View view = world->MakeView();
  const graph::TypeSet types(world->types);
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(CountInView(view, types, world->seeds[i++ % world->seeds.size()],
                                         static_cast<int>(state.range(0))));
  }
}

void ArrayHops(benchmark::State& state) {
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(world->arrays.CountWithin(world->seeds[i++ % world->seeds.size()],
                                                       static_cast<int>(state.range(0)),
                                                       world->filter));
  }
}

void RocksHops(benchmark::State& state) {
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(world->rocks.CountWithin(world->seeds[i++ % world->seeds.size()],
                                                      static_cast<int>(state.range(0)),
                                                      world->filter));
  }
}

void ViewPath(benchmark::State& state) {
  const View view = world->MakeView();
  const graph::TypeSet types(world->types);
  size_t i = 0;
  for (auto _ : state) {
    const NodeOrdinal from = world->seeds[i % world->seeds.size()];
    const NodeOrdinal to = world->seeds[(i * 7 + 13) % world->seeds.size()];
    ++i;
    benchmark::DoNotOptimize(PathInView(view, types, from, to));
  }
}

void ArrayPath(benchmark::State& state) {
  size_t i = 0;
  for (auto _ : state) {
    const NodeOrdinal from = world->seeds[i % world->seeds.size()];
    const NodeOrdinal to = world->seeds[(i * 7 + 13) % world->seeds.size()];
    ++i;
    benchmark::DoNotOptimize(world->arrays.ShortestPath(from, to, kMaxHops, world->filter));
  }
}

// A comparison of speeds means something only between equal answers.
void CheckEqualAnswers() {
  const View view = world->MakeView();
  const graph::TypeSet types(world->types);
  for (size_t i = 0; i < 100; ++i) {
    const NodeOrdinal seed = world->seeds[i];
    const uint64_t count = CountInView(view, types, seed, 2);
    const NodeOrdinal to = world->seeds[i * 7 + 13];
    if (count != world->arrays.CountWithin(seed, 2, world->filter) ||
        count != world->rocks.CountWithin(seed, 2, world->filter) ||
        PathInView(view, types, seed, to) !=
            world->arrays.ShortestPath(seed, to, kMaxHops, world->filter)) {
      std::fprintf(stderr, "the variants disagree from node %u\n", seed);
      std::abort();
    }
  }
}

int Main(int argc, char** argv) {
  const uint64_t edges = std::stoull(TakeFlag(&argc, argv, "edges", "1000000"));
  world = new World(edges);
  CheckEqualAnswers();
  std::printf("%llu edges, %u nodes; snapshot %.1f B an edge, all in\n",
              static_cast<unsigned long long>(edges), world->nodes,
              static_cast<double>(world->snapshot->MemoryBytes()) / static_cast<double>(edges));
  std::vector<Ratio> ratios;
  for (const int hops : {1, 2, 3}) {
    benchmark::RegisterBenchmark("view_hops", ViewHops)->Arg(hops);
    benchmark::RegisterBenchmark("array_hops", ArrayHops)->Arg(hops);
    benchmark::RegisterBenchmark("rocks_hops", RocksHops)->Arg(hops);
    const std::string suffix = "/" + std::to_string(hops);
    const std::string label = std::to_string(hops) + " hops, filtered: ";
    ratios.push_back({label + "view / bare array", "view_hops" + suffix, "array_hops" + suffix,
                      "at most 1.5", ""});
    ratios.push_back({label + "RocksDB iterators / view", "rocks_hops" + suffix,
                      "view_hops" + suffix, "10 or more", ""});
  }
  benchmark::RegisterBenchmark("view_path", ViewPath);
  benchmark::RegisterBenchmark("array_path", ArrayPath);
  ratios.push_back({"shortest path, filtered: view / bare array", "view_path", "array_path",
                    "at most 1.5", ""});
  return RunWithRatios(argc, argv, ratios);
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
