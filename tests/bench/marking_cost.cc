#include "tests/bench/marking_cost.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "tests/bench/baselines.h"
#include "tests/bench/rmat.h"
#include "tests/bench/view_search.h"

namespace attlas::bench {
namespace {

using graph::NodeOrdinal;
using graph::View;

constexpr size_t kSeeds = 100'000;
constexpr size_t kCheckedSeeds = 200;
// Levels up to GREEN, which is what the caller is cleared for.
constexpr graph::AccessId kSeenLevels = 2;

// The outgoing edges of a snapshot, in the loop that a View has, with or without the test of their
// markings.
template <bool tests_markings>
class SnapshotEdges {
 public:
  explicit SnapshotEdges(const View* view) : view_(view), test_(view->filter().edge_test()) {}

  template <typename Visit>
  void ForEach(NodeOrdinal node, bool out, const Filter& filter, Visit&& visit) {
    const auto* const list = out ? view_->snapshot().out(node) : view_->snapshot().in(node);
    if (list == nullptr) return;
    const graph::ReadFilter::EdgeTest test = test_;
    for (const graph::HotEdge& edge : list->edges()) {
      if (edge.type > filter.max_type) return;
      if (edge.valid_from > test.as_of_hi || edge.valid_to <= test.as_of_lo) continue;
      if constexpr (tests_markings) {
        if (test.access_lets_through[edge.access] == 0) continue;
      }
      if (!visit(edge.neighbor)) return;
    }
  }

 private:
  const View* const view_;
  const graph::ReadFilter::EdgeTest test_;
};

std::vector<graph::NumberedLink> SeenLinks(uint64_t edges) {
  std::vector<graph::NumberedLink> links = MakeRmat(edges, 42);
  for (graph::NumberedLink& link : links) link.link.access %= kSeenLevels;
  return links;
}

struct MarkedWorld {
  explicit MarkedWorld(uint64_t edges)
      : nodes(RmatNodes(edges)),
        links(SeenLinks(edges)),
        whole(ViewFor(MakeRmatSnapshot(links, nodes), filter)),
        partial(ViewFor(MakeRmatSnapshot(links, nodes, /*hidden_nodes=*/1), filter)),
        tested(&tested_edges, nodes, filter),
        untested(&untested_edges, nodes, filter) {
    links = {};
    std::mt19937 random(7);
    while (seeds.size() < kSeeds) {
      const auto node = static_cast<NodeOrdinal>(random() % nodes);
      if (whole.snapshot().out(node) != nullptr) seeds.push_back(node);
    }
  }

  const Filter filter;
  const NodeOrdinal nodes;
  std::vector<graph::NumberedLink> links;
  const View whole;
  const View partial;
  SnapshotEdges<true> tested_edges{&whole};
  SnapshotEdges<false> untested_edges{&whole};
  BareSearch<SnapshotEdges<true>> tested;
  BareSearch<SnapshotEdges<false>> untested;
  ViewSearch all_seen{&whole, filter};
  ViewSearch one_hidden{&partial, filter};
  std::vector<NodeOrdinal> seeds;
};

void CheckEqualAnswers(MarkedWorld& world) {
  if (world.partial.filter().all_nodes_visible()) {
    std::fprintf(stderr, "no node is hidden\n");
    std::abort();
  }
  for (size_t i = 0; i < kCheckedSeeds; ++i) {
    const NodeOrdinal seed = world.seeds[i];
    const Reach expected = world.untested.VisitWithin(seed, 2);
    if (world.tested.VisitWithin(seed, 2) != expected ||
        world.all_seen.VisitWithin(seed, 2) != expected ||
        world.one_hidden.VisitWithin(seed, 2) != expected) {
      std::fprintf(stderr, "the variants disagree from node %u\n", seed);
      std::abort();
    }
  }
}

template <typename Search>
void Register(const std::string& name, const std::vector<NodeOrdinal>* seeds, Search* search) {
  auto* const registered =
      benchmark::RegisterBenchmark((name + "_hops").c_str(), [=](benchmark::State& state) {
        size_t i = 0;
        for (auto _ : state) {
          const NodeOrdinal seed = (*seeds)[i++ % seeds->size()];
          benchmark::DoNotOptimize(search->VisitWithin(seed, static_cast<int>(state.range(0))));
        }
      });
  for (const int hops : {1, 2, 3}) registered->Arg(hops);
}

}  // namespace

void RegisterMarkingCost(uint64_t edges, std::vector<Ratio>* ratios) {
  static auto* const world = new MarkedWorld(edges);
  CheckEqualAnswers(*world);
  Register("markings_tested", &world->seeds, &world->tested);
  Register("markings_untested", &world->seeds, &world->untested);
  Register("node_hidden", &world->seeds, &world->one_hidden);
  Register("nodes_seen", &world->seeds, &world->all_seen);
  for (const std::string hops : {"hops/1", "hops/2", "hops/3"}) {
    ratios->push_back({hops + ", markings of edges: tested / not", "markings_tested_" + hops,
                       "markings_untested_" + hops, "at most 1.05", "cpu"});
    ratios->push_back({hops + ", view: a node hidden / none", "node_hidden_" + hops,
                       "nodes_seen_" + hops, "at most 1.05", "cpu"});
  }
}

}  // namespace attlas::bench
