#include "tests/bench/rmat.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

namespace attlas::bench {
namespace {

using graph::NodeOrdinal;
using graph::NumberedLink;

// SplitMix64: the same numbers in every library, unlike the distributions of <random>.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // From 0 to below 1.
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  uint64_t state_;
};

// One end in each half of the adjacency matrix at a time.
std::pair<uint32_t, uint32_t> RandomEnds(Random& random, int scale) {
  constexpr double kA = 0.57, kB = 0.19, kC = 0.19;
  uint32_t from = 0;
  uint32_t to = 0;
  for (int bit = 0; bit < scale; ++bit) {
    const double u = random.Unit();
    const bool lower = u >= kA + kB;
    const bool right = (u >= kA && u < kA + kB) || u >= kA + kB + kC;
    from = (from << 1) | (lower ? 1 : 0);
    to = (to << 1) | (right ? 1 : 0);
  }
  return {from, to};
}

// A bijection of the numbers below 2^scale.
uint32_t Scramble(uint32_t id, int scale) {
  const uint32_t mask = (uint32_t{1} << scale) - 1;
  for (int round = 0; round < 3; ++round) {
    id = (id * 0x9e3779b1u) & mask;
    id ^= id >> ((scale + 1) / 2);
  }
  return id;
}

graph::AccessId RandomLevel(Random& random) {
  const double u = random.Unit();
  if (u < 0.5) return 0;
  if (u < 0.75) return 1;
  return u < 0.9 ? 2 : 3;
}

int ScaleOf(uint64_t edges) {
  const double nodes = static_cast<double>(std::max<uint64_t>(edges, 20)) / 10;
  return static_cast<int>(std::lround(std::log2(nodes)));
}

}  // namespace

NodeOrdinal RmatNodes(uint64_t edges) { return NodeOrdinal{1} << ScaleOf(edges); }

std::vector<NumberedLink> MakeRmat(uint64_t edges, uint64_t seed) {
  const int scale = ScaleOf(edges);
  Random random(seed);
  std::vector<NumberedLink> links;
  links.reserve(edges);
  for (uint64_t i = 0; i < edges; ++i) {
    const auto [from, to] = RandomEnds(random, scale);
    graph::LinkRecord link;
    link.from = Scramble(from, scale);
    link.to = Scramble(to, scale);
    link.type = static_cast<graph::TypeId>(kTypeCount * std::pow(random.Unit(), 2.5));
    link.valid_from = kFirstDay + static_cast<int32_t>(kDayCount * random.Unit());
    const bool ends = random.Unit() < 0.6;
    const auto days = static_cast<int32_t>(kDayCount * random.Unit());
    if (ends) link.valid_to = link.valid_from + 1 + days;
    link.access = RandomLevel(random);
    links.push_back({static_cast<graph::EdgeOrdinal>(i), link});
  }
  return links;
}

std::shared_ptr<const graph::OntologyIndex> RmatOntology() {
  graph::v1::Ontology ontology;
  ontology.set_version(1);
  graph::v1::NodeType* node = ontology.add_node_types();
  node->set_name("thing");
  node->set_collection("things");
  graph::v1::NodeType* source = ontology.add_node_types();
  source->set_name("source");
  source->set_collection("sources");
  source->set_citation_optional(true);
  for (int type = 0; type < kTypeCount; ++type) {
    graph::v1::EdgeType* edge = ontology.add_edge_types();
    edge->set_name(std::string("LINK_") + static_cast<char>('A' + type));
    edge->add_from_types("thing");
    edge->add_to_types("thing");
    edge->set_temporal(true);
    edge->set_sentence("{from} is linked to {to}");
  }
  auto index = graph::OntologyIndex::Create(std::move(ontology));
  if (!index.ok()) {
    std::cerr << "the ontology of the benchmark is wrong: " << index.status().ToString() << "\n";
    std::abort();
  }
  return *std::move(index);
}

graph::SnapshotPtr MakeRmatSnapshot(const std::vector<NumberedLink>& links, NodeOrdinal nodes,
                                    NodeOrdinal hidden_nodes) {
  graph::SnapshotBuilder builder(nullptr, RmatOntology());
  for (int level = 0; level < kLevelCount; ++level) {
    graph::Marking marking;
    marking.set_traffic_light(
        static_cast<graph::TrafficLight>(graph::v1::TRAFFIC_LIGHT_CLEAR + level));
    const auto access = builder.access_classes().FindOrAdd(marking, graph::v1::CONFIDENCE_SEEN);
    if (!access.ok() || *access != level) std::abort();
  }
  for (NodeOrdinal node = 0; node < nodes; ++node) builder.PutNode(node, 0, 0);
  for (NodeOrdinal i = 0; i < hidden_nodes; ++i) builder.PutNode(nodes + i, 0, kLevelCount - 1);
  builder.PutAllEdges({links});
  return std::move(builder).Build(1);
}

}  // namespace attlas::bench
