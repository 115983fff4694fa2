// Calls of attlasd on the curated graph, beside an echo of the same number of bytes: the server's
// CPU time a call, and latency with 1, 8 and 64 callers.
//
//   service_bench [--calls=4000] [Google Benchmark flags]
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
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

ServerProcess attlasd;
ServerProcess echo;
uint64_t calls_per_iteration = 4000;

std::vector<Call> MakeCalls() {
  graph::v1::GetNodeRequest get_node;
  get_node.set_name("states/IDN");
  graph::v1::ListEdgesRequest list_edges;
  list_edges.set_node("states/IDN");
  synergy::v1::FindSynergiesRequest find_synergies;
  find_synergies.set_state("states/IDN");
  find_synergies.set_target("instruments/att");
  return {{"GetNode", "/attlas.graph.v1.GraphService/GetNode", get_node.SerializeAsString()},
          {"ListEdges", "/attlas.graph.v1.GraphService/ListEdges", list_edges.SerializeAsString()},
          {"FindSynergies", "/attlas.synergy.v1.SynergyService/FindSynergies",
           find_synergies.SerializeAsString()}};
}

void Measure(benchmark::State& state, const ServerProcess& server, const std::string& method,
             const std::string& request, int callers) {
  LoadResult result;
  for (auto _ : state) {
    result = RunClosedLoop(server, method, request, callers, calls_per_iteration);
    state.SetIterationTime(result.seconds / static_cast<double>(calls_per_iteration));
  }
  state.counters["server_cpu_us"] = result.server_cpu_us;
  state.counters["p50_us"] = result.p50_us;
  state.counters["p99_us"] = result.p99_us;
  state.counters["bytes"] = static_cast<double>(result.response_bytes);
}

void Register(const Call& call, int callers, const std::string& bytes) {
  const std::string suffix = "_" + call.name + "_callers_" + std::to_string(callers);
  benchmark::RegisterBenchmark(("attlasd" + suffix).c_str(),
                               [call, callers](benchmark::State& state) {
                                 Measure(state, attlasd, call.method, call.request, callers);
                               })
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark(("echo" + suffix).c_str(),
                               [bytes, callers](benchmark::State& state) {
                                 Measure(state, echo, "/echo.Echo/Echo", bytes, callers);
                               })
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMicrosecond);
}

void AddRatios(const Call& call, int callers, std::vector<Ratio>& ratios) {
  const std::string suffix = "_" + call.name + "_callers_" + std::to_string(callers);
  const std::string goal = call.name == "FindSynergies" ? "at most 3" : "at most 2";
  const std::string label =
      call.name + ", " + std::to_string(callers) + " callers, attlasd / echo: ";
  ratios.push_back(
      {label + "server CPU", "attlasd" + suffix, "echo" + suffix, goal, "server_cpu_us"});
  ratios.push_back({label + "p50", "attlasd" + suffix, "echo" + suffix, goal, "p50_us"});
  ratios.push_back({label + "p99", "attlasd" + suffix, "echo" + suffix, goal, "p99_us"});
}

int Main(int argc, char** argv) {
  calls_per_iteration = std::stoull(TakeFlag(&argc, argv, "calls", "4000"));
  const attlas::testing::TemporaryDirectory directory;
  const std::string bin = std::string(ATTLAS_BINARY_DIR) + "/bin/";
  const std::string load = bin + "attlas data load " + ATTLAS_SOURCE_DIR + "/data --data_dir " +
                           directory.file("store") + " > /dev/null 2>&1";
  if (std::system(load.c_str()) != 0) return 1;
  attlasd = StartAttlasd(bin + "attlasd", directory.file("store"), directory.file("port"));
  echo = StartEchoServer(std::string(ATTLAS_BINARY_DIR) + "/bench/echo_server");
  std::vector<Ratio> ratios;
  for (const Call& call : MakeCalls()) {
    const uint64_t bytes = RunClosedLoop(attlasd, call.method, call.request, 1, 10).response_bytes;
    for (const int callers : {1, 8, 64}) {
      Register(call, callers, std::to_string(bytes));
      AddRatios(call, callers, ratios);
    }
  }
  const int result = RunWithRatios(argc, argv, ratios);
  Stop(attlasd);
  Stop(echo);
  return result;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
