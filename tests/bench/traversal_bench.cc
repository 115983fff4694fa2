// 1, 2 and 3 hops and shortest paths through a filter: over a view, over a bare array, over
// RocksDB. And what the filter of markings costs of them.
//
//   traversal_bench [--edges=1000000] [Google Benchmark flags]
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/baselines.h"
#include "tests/bench/marking_cost.h"
#include "tests/bench/ratios.h"
#include "tests/bench/rmat.h"
#include "tests/bench/view_search.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

using graph::NodeOrdinal;
using graph::View;

constexpr int kMaxHops = 6;

// So many seeds that each is cold again when its turn comes round.
constexpr size_t kSeeds = 100'000;
constexpr size_t kCheckedSeeds = 200;

struct World {
  explicit World(uint64_t edges)
      : nodes(RmatNodes(edges)),
        links(MakeRmat(edges, 42)),
        snapshot(MakeRmatSnapshot(links, nodes)),
        arrays(links, nodes),
        rocks(links, directory.file("rocks")),
        array_search(&arrays, nodes, filter),
        rocks_search(&rocks, nodes, filter) {
    std::mt19937 random(7);
    while (seeds.size() < kSeeds) {
      const auto node = static_cast<NodeOrdinal>(random() % nodes);
      if (snapshot->out(node) != nullptr) seeds.push_back(node);
    }
    links = {};
  }

  attlas::testing::TemporaryDirectory directory;
  const Filter filter;
  NodeOrdinal nodes;
  std::vector<graph::NumberedLink> links;
  graph::SnapshotPtr snapshot;
  BareArrays arrays;
  RocksArrays rocks;
  BareSearch<BareArrays> array_search;
  BareSearch<RocksArrays> rocks_search;
  std::vector<NodeOrdinal> seeds;
};

World* world = nullptr;

// Each iteration is one query; the seeds go round.
template <typename Search>
void Hops(benchmark::State& state, Search& search) {
  size_t i = 0;
  for (auto _ : state) {
    const NodeOrdinal seed = world->seeds[i++ % world->seeds.size()];
    benchmark::DoNotOptimize(search.VisitWithin(seed, static_cast<int>(state.range(0))));
  }
}

template <typename Search>
void Path(benchmark::State& state, Search& search) {
  size_t i = 0;
  for (auto _ : state) {
    const NodeOrdinal from = world->seeds[i % world->seeds.size()];
    const NodeOrdinal to = world->seeds[(i * 7 + 13) % world->seeds.size()];
    ++i;
    benchmark::DoNotOptimize(search.ShortestPath(from, to, kMaxHops));
  }
}

// A comparison of speeds means something only between equal answers.
void CheckEqualAnswers(ViewSearch& view) {
  for (size_t i = 0; i < kCheckedSeeds; ++i) {
    const NodeOrdinal from = world->seeds[i];
    const NodeOrdinal to = world->seeds[i * 7 + 13];
    bool equal = true;
    for (const int hops : {1, 2, 3}) {
      if (hops == 3 && i % 20 != 0) continue;
      const Reach reach = view.VisitWithin(from, hops);
      equal = equal && reach == world->array_search.VisitWithin(from, hops) &&
              reach == world->rocks_search.VisitWithin(from, hops);
    }
    const size_t length = view.ShortestPath(from, to, kMaxHops).size();
    equal = equal && length == world->array_search.ShortestPath(from, to, kMaxHops).size() &&
            length == world->rocks_search.ShortestPath(from, to, kMaxHops).size();
    if (!equal) {
      std::fprintf(stderr, "the variants disagree from node %u to node %u\n", from, to);
      std::abort();
    }
  }
}

template <typename Search>
void Register(const std::string& variant, Search& search) {
  const auto hops = [&search](benchmark::State& state) { Hops(state, search); };
  const auto path = [&search](benchmark::State& state) { Path(state, search); };
  auto* const registered = benchmark::RegisterBenchmark((variant + "_hops").c_str(), hops);
  for (const int count : {1, 2, 3}) registered->Arg(count);
  benchmark::RegisterBenchmark((variant + "_path").c_str(), path);
}

int Main(int argc, char** argv) {
  const uint64_t edges = std::stoull(TakeFlag(&argc, argv, "edges", "1000000"));
  world = new World(edges);
  const View seen = ViewFor(world->snapshot, world->filter);
  ViewSearch view(&seen, world->filter);
  CheckEqualAnswers(view);
  std::printf("%llu edges, %u nodes; snapshot %.1f B an edge, all in\n",
              static_cast<unsigned long long>(edges), world->nodes,
              static_cast<double>(world->snapshot->MemoryBytes()) / static_cast<double>(edges));
  Register("view", view);
  Register("array", world->array_search);
  Register("rocks", world->rocks_search);
  std::vector<Ratio> ratios;
  for (const std::string question : {"hops/1", "hops/2", "hops/3", "path"}) {
    ratios.push_back({question + ", filtered: view / bare array", "view_" + question,
                      "array_" + question, "at most 1.5", "cpu"});
    ratios.push_back({question + ", filtered: RocksDB iterators / view", "rocks_" + question,
                      "view_" + question, "10 or more", "cpu"});
  }
  RegisterMarkingCost(edges, &ratios);
  return RunWithRatios(argc, argv, ratios);
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
