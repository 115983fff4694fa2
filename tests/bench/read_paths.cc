// Reads and questions over the curated graph without gRPC, each made so many times: what a profiler
// looks at.
//
//   read_paths synergies | first-synergies | bridges | first-bridges | early-bridges | candidates |
//              first-candidates | early-candidates | edges | nodes | neighborhood [TIMES]
//
// Prints the processor time of one; of early-*, of all questions about a revision up to that at
// which what is kept is made. For instructions by function:
//   valgrind --tool=callgrind --toggle-collect='attlas::bench::Repeat*' read_paths synergies 20
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "services/common/question_handler.h"
#include "services/instruments/instrument_queries.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"

namespace attlas::bench {

using attlas::testing::CuratedGraph;
using attlas::testing::OperatorCall;
using services::CallContext;

// Often enough that everything is kept that can be.
constexpr int kAskedBefore = 8;

// A read that fails measures nothing.
template <typename Answer>
size_t BytesOf(Answer answer) {
  if (!answer.ok()) {
    std::fprintf(stderr, "%s\n", answer.status().ToString().c_str());
    std::exit(1);
  }
  return services::WriteAnswer(*answer).Length();
}

// The questions that are asked. What is kept of the graph is kept with them.
struct Queries {
  synergy::SynergyQueries synergy{&CuratedGraph()};
  instruments::InstrumentQueries instruments{&CuratedGraph()};
};

size_t Synergies(Queries& queries, const CallContext& call) {
  synergy::v1::FindSynergiesRequest request;
  request.set_state("states/IDN");
  request.set_target("instruments/att");
  request.set_include_sources(true);  // As service_bench asks it.
  return BytesOf(queries.synergy.FindSynergies(call, request));
}

// The first question about a revision, of which nothing is kept.
size_t FirstSynergies(Queries&, const CallContext& call) {
  Queries queries;
  return Synergies(queries, call);
}

size_t Bridges(Queries& queries, const CallContext& call) {
  synergy::v1::FindBridgesRequest request;
  request.set_state("states/IDN");
  request.set_target("instruments/att");
  request.set_page_size(20);
  request.set_include_sources(true);  // As service_bench asks it.
  return BytesOf(queries.synergy.FindBridges(call, request));
}

size_t FirstBridges(Queries&, const CallContext& call) {
  Queries queries;
  return Bridges(queries, call);
}

size_t EarlyBridges(Queries&, const CallContext& call) {
  Queries queries;
  size_t bytes = 0;
  for (int i = 0; i <= synergy::kBridgesAskedBefore; ++i) bytes = Bridges(queries, call);
  return bytes;
}

size_t Candidates(Queries& queries, const CallContext& call) {
  instruments::v1::RankCandidatesRequest request;
  request.set_instrument("instruments/att");
  request.set_include_sources(true);  // As service_bench asks it.
  return BytesOf(queries.instruments.RankCandidates(call, request));
}

size_t FirstCandidates(Queries&, const CallContext& call) {
  Queries queries;
  return Candidates(queries, call);
}

size_t EarlyCandidates(Queries&, const CallContext& call) {
  Queries queries;
  size_t bytes = 0;
  for (int i = 0; i <= instruments::kCandidatesAskedBefore; ++i) bytes = Candidates(queries, call);
  return bytes;
}

size_t Edges(Queries&, const CallContext& call) {
  graph::v1::ListEdgesRequest request;
  request.set_node("states/IDN");
  return BytesOf(CuratedGraph().ListEdges(call, request));
}

size_t Nodes(Queries&, const CallContext& call) {
  graph::v1::GetNodeRequest request;
  request.set_name("states/IDN");
  return BytesOf(CuratedGraph().GetNode(call, request));
}

size_t Neighborhood(Queries&, const CallContext& call) {
  graph::v1::GetNeighborhoodRequest request;
  request.set_node("states/IDN");
  return BytesOf(CuratedGraph().GetNeighborhood(call, request));
}

using Path = size_t (*)(Queries&, const CallContext&);

[[gnu::noinline]] size_t Repeat(Path path, Queries& queries, const CallContext& call, int times) {
  size_t bytes = 0;
  for (int i = 0; i < times; ++i) bytes = path(queries, call);
  return bytes;
}

double CpuMicroseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

int Main(int argc, char** argv) {
  const std::map<std::string, Path> paths = {{"synergies", Synergies},
                                             {"first-synergies", FirstSynergies},
                                             {"bridges", Bridges},
                                             {"first-bridges", FirstBridges},
                                             {"early-bridges", EarlyBridges},
                                             {"candidates", Candidates},
                                             {"first-candidates", FirstCandidates},
                                             {"early-candidates", EarlyCandidates},
                                             {"edges", Edges},
                                             {"nodes", Nodes},
                                             {"neighborhood", Neighborhood}};
  const auto path = paths.find(argc > 1 ? argv[1] : "");
  const int times = argc > 2 ? std::atoi(argv[2]) : 1'000;
  if (path == paths.end() || times < 1) {
    std::fprintf(stderr,
                 "usage: read_paths synergies | first-synergies | bridges | first-bridges | "
                 "early-bridges | candidates | first-candidates | early-candidates | edges | "
                 "nodes | neighborhood [TIMES]\n");
    return 2;
  }
  Queries queries;
  const CallContext call = OperatorCall();
  // The blocks that it reads are in memory from now on, and kept is what is worth it.
  for (int i = 0; i < kAskedBefore; ++i) path->second(queries, call);
  const double before = CpuMicroseconds();
  const size_t bytes = Repeat(path->second, queries, call, times);
  std::printf("%s: %zu bytes, %.1f us of processor time each\n", argv[1], bytes,
              (CpuMicroseconds() - before) / times);
  return 0;
}

}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
