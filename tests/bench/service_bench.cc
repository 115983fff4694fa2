// Calls of attlasd on the curated graph, beside an echo of the same number of bytes, with 1, 8 and
// 64 callers: the server's CPU time a call, p50 and p99. Reads of the graph; and every RPC by which
// a domain service reads, made anew (`cold`: a daemon that keeps no answers) and answered from what
// was kept (`warm`).
//
//   service_bench [--calls=2000] [Google Benchmark flags]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/domain_calls.h"
#include "tests/bench/ratios.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

// A call by so many callers at once, and what it may cost beside the echo.
struct Row {
  Call call;
  const ServerProcess* server;
  std::string variant;  // Empty, `_cold` or `_warm`.
  int callers;
  uint64_t calls;
  std::string goal;

  // The part of the benchmarks' names that tells rows apart. A slash would begin an argument.
  std::string suffix() const {
    return "_" + absl::StrReplaceAll(call.name, {{"/", "_"}}) + variant + "_callers_" +
           std::to_string(callers);
  }
};

ServerProcess keeping;  // With the answer cache as it is by default.
ServerProcess forgetful;
ServerProcess echo;

template <typename Request>
Call GraphCall(const std::string& method, const Request& request) {
  const std::string name = "GraphService/" + method;
  return {name, "/attlas.graph.v1." + name, request.SerializeAsString()};
}

std::vector<Call> GraphCalls() {
  graph::v1::GetNodeRequest get_node;
  get_node.set_name("states/IDN");
  graph::v1::ListEdgesRequest list_edges;
  list_edges.set_node("states/IDN");
  return {GraphCall("GetNode", get_node), GraphCall("ListEdges", list_edges)};
}

std::vector<Row> MakeRows(const std::vector<Call>& questions, uint64_t calls) {
  std::vector<Row> rows;
  for (const int callers : {1, 8, 64}) {
    for (const Call& call : GraphCalls()) {
      rows.push_back({call, &keeping, "", callers, calls, "at most 2"});
    }
    for (const Call& call : questions) {
      const uint64_t few = std::max<uint64_t>(static_cast<uint64_t>(callers), calls / 20);
      rows.push_back({call, &keeping, "_warm", callers, calls, "at most 3"});
      rows.push_back({call, &forgetful, "_cold", callers, few, "at most 3"});
    }
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

Comparison Compare(const Row& row) {
  return {row.call.name + row.variant + ", " + std::to_string(row.callers) + " callers",
          "attlasd" + row.suffix(), "echo" + row.suffix(), row.goal};
}

// Fills a store with the dataset and a space, and copies it; the name of the space.
std::string PrepareStores(const std::string& bin, const testing::TemporaryDirectory& directory) {
  const std::string load = bin + "attlas data load " + ATTLAS_SOURCE_DIR + "/data --data_dir " +
                           directory.file("keeping") + " > /dev/null 2>&1";
  if (std::system(load.c_str()) != 0) return "";
  ServerProcess first =
      StartAttlasd(bin + "attlasd", directory.file("keeping"), directory.file("port"), {});
  std::string space = MakeSpace(first.address);
  Stop(first);
  std::filesystem::copy(directory.file("keeping"), directory.file("forgetful"),
                        std::filesystem::copy_options::recursive);
  return space;
}

int Main(int argc, char** argv) {
  const uint64_t calls = std::stoull(TakeFlag(&argc, argv, "calls", "2000"));
  const attlas::testing::TemporaryDirectory directory;
  const std::string bin = std::string(ATTLAS_BINARY_DIR) + "/bin/";
  const std::string space = PrepareStores(bin, directory);
  if (space.empty()) return 1;
  keeping = StartAttlasd(bin + "attlasd", directory.file("keeping"), directory.file("port1"), {});
  forgetful = StartAttlasd(bin + "attlasd", directory.file("forgetful"), directory.file("port2"),
                           {"--answer_cache_bytes", "0"});
  echo = StartEchoServer(std::string(ATTLAS_BINARY_DIR) + "/bench/echo_server");
  std::vector<Comparison> comparisons;
  for (const Row& row : MakeRows(DomainCalls(keeping.address, space), calls)) {
    Register(row);
    comparisons.push_back(Compare(row));
  }
  std::printf("attlasd / echo of as many bytes, in microseconds\n");
  const int result =
      RunWithComparisons(argc, argv, comparisons, {"server_cpu_us", "p50_us", "p99_us"});
  Stop(keeping);
  Stop(forgetful);
  Stop(echo);
  return result;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
