// Calls of attlasd on the curated graph, beside an echo of the same number of bytes: the server's
// CPU time a call, p50 and p99. Reads of the graph with 1, 8 and 64 callers; domain questions made
// anew (a daemon that keeps no answers) and answered from what was kept.
//
//   service_bench [--calls=4000] [Google Benchmark flags]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/ratios.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

struct Call {
  std::string name;
  std::string method;
  std::string request;
};

// A call by so many callers at once, and what it may cost beside the echo.
struct Row {
  Call call;
  const ServerProcess* server;
  std::string variant;  // Empty, `_cold` or `_warm`.
  int callers;
  uint64_t calls;
  std::string goal;

  std::string suffix() const {
    return "_" + call.name + variant + "_callers_" + std::to_string(callers);
  }
};

ServerProcess keeping;  // With the answer cache as it is by default.
ServerProcess forgetful;
ServerProcess echo;

template <typename Request>
Call MakeCall(const std::string& service, const std::string& method, const Request& request) {
  return {method, "/attlas." + service + "/" + method, request.SerializeAsString()};
}

std::vector<Call> GraphCalls() {
  graph::v1::GetNodeRequest get_node;
  get_node.set_name("states/IDN");
  graph::v1::ListEdgesRequest list_edges;
  list_edges.set_node("states/IDN");
  const std::string service = "graph.v1.GraphService";
  return {MakeCall(service, "GetNode", get_node), MakeCall(service, "ListEdges", list_edges)};
}

// The first is the one that has a goal.
std::vector<Call> Questions() {
  synergy::v1::FindSynergiesRequest find_synergies;
  find_synergies.set_state("states/IDN");
  find_synergies.set_target("instruments/att");
  synergy::v1::CompareInstrumentsRequest compare;
  compare.set_instrument("instruments/att");
  synergy::v1::SimulateParticipationRequest simulate;
  simulate.set_state("states/IDN");
  simulate.add_changes()->set_instrument("instruments/att");
  simulate.mutable_changes(0)->set_act(synergy::v1::SUPPOSED_ACT_JOIN);
  synergy::v1::FindBridgesRequest bridges;
  bridges.set_state("states/IDN");
  bridges.set_target("instruments/att");
  instruments::v1::GetStatusRequest status;
  status.set_instrument("instruments/att");
  instruments::v1::GetStateProfileRequest profile;
  profile.set_state("states/IDN");
  const std::string synergy = "synergy.v1.SynergyService";
  const std::string instruments = "instruments.v1.InstrumentService";
  return {MakeCall(synergy, "FindSynergies", find_synergies),
          MakeCall(synergy, "CompareInstruments", compare),
          MakeCall(synergy, "SimulateParticipation", simulate),
          MakeCall(synergy, "FindBridges", bridges),
          MakeCall(instruments, "GetStatus", status),
          MakeCall(instruments, "GetStateProfile", profile)};
}

std::vector<Row> MakeRows(uint64_t calls) {
  std::vector<Row> rows;
  for (const Call& call : GraphCalls()) {
    for (const int callers : {1, 8, 64}) {
      rows.push_back({call, &keeping, "", callers, calls, "at most 2"});
    }
  }
  for (const Call& call : Questions()) {
    const bool has_goal = call.name == "FindSynergies";
    const std::string goal = has_goal ? "at most 3" : "no goal";
    for (const int callers : has_goal ? std::vector<int>{1, 8, 64} : std::vector<int>{1}) {
      rows.push_back({call, &keeping, "_warm", callers, calls, goal});
    }
    rows.push_back({call, &forgetful, "_cold", 1, std::max<uint64_t>(1, calls / 20), goal});
  }
  return rows;
}

void Measure(benchmark::State& state, const ServerProcess& server, const std::string& method,
             const std::string& request, int callers, uint64_t calls) {
  LoadResult result;
  for (auto _ : state) {
    result = RunClosedLoop(server, method, request, callers, calls);
    state.SetIterationTime(result.seconds / static_cast<double>(calls));
  }
  state.counters["server_cpu_us"] = result.server_cpu_us;
  state.counters["p50_us"] = result.p50_us;
  state.counters["p99_us"] = result.p99_us;
  state.counters["bytes"] = static_cast<double>(result.response_bytes);
}

template <typename Function>
void RegisterOnce(const std::string& name, Function function) {
  benchmark::RegisterBenchmark(name.c_str(), function)
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMicrosecond);
}

// Registers a row and the echo of as many bytes.
void Register(const Row& row) {
  const uint64_t bytes =
      RunClosedLoop(*row.server, row.call.method, row.call.request, 1, 2).response_bytes;
  RegisterOnce("attlasd" + row.suffix(), [row](benchmark::State& state) {
    Measure(state, *row.server, row.call.method, row.call.request, row.callers, row.calls);
  });
  RegisterOnce("echo" + row.suffix(), [row, bytes](benchmark::State& state) {
    Measure(state, echo, "/echo.Echo/Echo", std::to_string(bytes), row.callers, row.calls);
  });
}

void AddRatios(const Row& row, std::vector<Ratio>& ratios) {
  const std::string attlasd = "attlasd" + row.suffix();
  const std::string beside = "echo" + row.suffix();
  const std::string label = row.call.name + row.variant + ", " + std::to_string(row.callers) +
                            " callers, attlasd / echo: ";
  ratios.push_back({label + "server CPU", attlasd, beside, row.goal, "server_cpu_us"});
  ratios.push_back({label + "p50", attlasd, beside, row.goal, "p50_us"});
  ratios.push_back({label + "p99", attlasd, beside, row.goal, "p99_us"});
}

// Loads the dataset into a store; false on an error.
bool Load(const std::string& bin, const std::string& store) {
  const std::string load = bin + "attlas data load " + ATTLAS_SOURCE_DIR + "/data --data_dir " +
                           store + " > /dev/null 2>&1";
  return std::system(load.c_str()) == 0;
}

int Main(int argc, char** argv) {
  const uint64_t calls = std::stoull(TakeFlag(&argc, argv, "calls", "4000"));
  const attlas::testing::TemporaryDirectory directory;
  const std::string bin = std::string(ATTLAS_BINARY_DIR) + "/bin/";
  if (!Load(bin, directory.file("keeping")) || !Load(bin, directory.file("forgetful"))) return 1;
  keeping = StartAttlasd(bin + "attlasd", directory.file("keeping"), directory.file("port1"), {});
  forgetful = StartAttlasd(bin + "attlasd", directory.file("forgetful"), directory.file("port2"),
                           {"--answer_cache_bytes", "0"});
  echo = StartEchoServer(std::string(ATTLAS_BINARY_DIR) + "/bench/echo_server");
  std::vector<Ratio> ratios;
  for (const Row& row : MakeRows(calls)) {
    Register(row);
    AddRatios(row, ratios);
  }
  const int result = RunWithRatios(argc, argv, ratios);
  Stop(keeping);
  Stop(forgetful);
  Stop(echo);
  return result;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
