// Durable commits: through the graph, and bare RocksDB with the same threads and the same bytes.
//
//   commit_bench [Google Benchmark flags]
#include <benchmark/benchmark.h>
#include <rocksdb/db.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "tests/bench/ratios.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::bench {
namespace {

using attlas::testing::MakeEdge;
using attlas::testing::MakeNode;
using graph::v1::Mutation;

// What one commit of one edge writes: name, record, hot record, change log and head.
constexpr size_t kBytesPerCommit = 31 + 5 + 5 + 130 + 5 + 22 + 8 + 24 + 4 + 18;

constexpr uint64_t kNodes = 5000;

std::string NodeName(uint64_t n) { return "instruments/i" + std::to_string(n % kNodes); }

std::unique_ptr<attlas::testing::TemporaryDirectory> directory;
std::unique_ptr<graph::Graph> shared_graph;
std::unique_ptr<rocksdb::DB> shared_db;
std::atomic<uint64_t> next = 0;

Mutation Put(graph::Node node) {
  Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

void OpenGraph(const benchmark::State&) {
  directory = std::make_unique<attlas::testing::TemporaryDirectory>();
  auto opened = graph::Graph::Open(
      {.path = directory->file("store"), .ontology = attlas::testing::TestOntology()});
  if (!opened.ok()) std::abort();
  shared_graph = *std::move(opened);
  std::vector<Mutation> mutations = {Put(MakeNode("sources/test"))};
  for (uint64_t i = 0; i < kNodes; ++i) mutations.push_back(Put(MakeNode(NodeName(i))));
  const auto filled = shared_graph->Commit({.mutations = std::move(mutations)});
  if (!filled.ok()) std::abort();
}

void CloseGraph(const benchmark::State&) {
  shared_graph.reset();
  directory.reset();
}

void OpenRocks(const benchmark::State&) {
  directory = std::make_unique<attlas::testing::TemporaryDirectory>();
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  if (!rocksdb::DB::Open(options, directory->file("bare"), &db).ok()) std::abort();
  shared_db.reset(db);
}

void CloseRocks(const benchmark::State&) {
  shared_db.reset();
  directory.reset();
}

void GraphCommit(benchmark::State& state) {
  for (auto _ : state) {
    const uint64_t n = next++;
    Mutation edge;
    *edge.mutable_create_edge() =
        MakeEdge("KNOWS", NodeName(n * 7), NodeName(n * 13 + 1), std::to_string(n));
    const auto output = shared_graph->Commit({.mutations = {edge}});
    if (!output.ok()) state.SkipWithError(output.status().ToString().c_str());
  }
  state.counters["commits_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void RocksCommit(benchmark::State& state) {
  rocksdb::WriteOptions sync;
  sync.sync = true;
  const std::string value(kBytesPerCommit / 5, 'v');
  for (auto _ : state) {
    const std::string key = std::to_string(next++);
    rocksdb::WriteBatch batch;
    for (const char* family : {"n", "r", "h", "c", "m"}) {
      if (!batch.Put(family + key, value).ok()) std::abort();
    }
    if (!shared_db->Write(sync, &batch).ok()) state.SkipWithError("write failed");
  }
  state.counters["commits_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

int Main(int argc, char** argv) {
  std::vector<Ratio> ratios;
  for (const int writers : {1, 8, 32}) {
    const std::string suffix = "writers_" + std::to_string(writers);
    benchmark::RegisterBenchmark(("graph_" + suffix).c_str(), GraphCommit)
        ->Threads(writers)
        ->UseRealTime()
        ->Setup(OpenGraph)
        ->Teardown(CloseGraph);
    benchmark::RegisterBenchmark(("rocks_" + suffix).c_str(), RocksCommit)
        ->Threads(writers)
        ->UseRealTime()
        ->Setup(OpenRocks)
        ->Teardown(CloseRocks);
    ratios.push_back({"durable commits, " + std::to_string(writers) + " writers: graph / RocksDB",
                      "graph_" + suffix, "rocks_" + suffix, "0.8 or more", "commits_per_second"});
  }
  return RunWithRatios(argc, argv, ratios);
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
