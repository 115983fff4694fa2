// Durable commits: through the graph, and bare RocksDB with the same threads and the same bytes.
//
//   commit_bench [Google Benchmark flags]
#include <benchmark/benchmark.h>
#include <rocksdb/db.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "tests/bench/ratios.h"
#include "tests/testing/mutations.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::bench {
namespace {

using attlas::testing::MakeEdge;
using attlas::testing::MakeNode;
using attlas::testing::Put;
using graph::v1::Mutation;

constexpr uint64_t kNodes = 5000;
constexpr int kMeasuredCommits = 200;

std::string NodeName(uint64_t n) { return "instruments/i" + std::to_string(n % kNodes); }

std::unique_ptr<attlas::testing::TemporaryDirectory> directory;
std::unique_ptr<graph::Graph> shared_graph;
std::unique_ptr<rocksdb::DB> shared_db;
std::atomic<uint64_t> next = 0;
std::string bare_value;  // So long that both write the same bytes: MatchBytes.

void OpenGraph() {
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

void CloseGraph() {
  shared_graph.reset();
  directory.reset();
}

void OpenRocks() {
  directory = std::make_unique<attlas::testing::TemporaryDirectory>();
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  if (!rocksdb::DB::Open(options, directory->file("bare"), &db).ok()) std::abort();
  shared_db.reset(db);
}

void CloseRocks() {
  shared_db.reset();
  directory.reset();
}

bool CommitToGraph() {
  const uint64_t n = next++;
  Mutation edge;
  *edge.mutable_create_edge() =
      MakeEdge("KNOWS", NodeName(n * 7), NodeName(n * 13 + 1), std::to_string(n));
  return shared_graph->Commit({.mutations = {edge}}).ok();
}

// As many changes as a commit of one edge makes: name, record, hot record, citation, change log and
// head.
bool CommitToRocks() {
  rocksdb::WriteOptions sync;
  sync.sync = true;
  const std::string key = std::to_string(next++);
  rocksdb::WriteBatch batch;
  for (const char* family : {"n", "r", "h", "s", "c", "m"}) {
    if (!batch.Put(family + key, bare_value).ok()) std::abort();
  }
  return shared_db->Write(sync, &batch).ok();
}

// What one commit adds to the write-ahead log of the database in `path`.
double LogBytesPerCommit(const std::string& path, bool (*commit)()) {
  const auto log_bytes = [&path] {
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (entry.path().extension() == ".log") bytes += entry.file_size();
    }
    return bytes;
  };
  const uint64_t before = log_bytes();
  for (int i = 0; i < kMeasuredCommits; ++i) {
    if (!commit()) std::abort();
  }
  return static_cast<double>(log_bytes() - before) / kMeasuredCommits;
}

// Makes the bare store write the bytes that the graph writes.
void MatchBytes() {
  next = 100'000;  // Numbers of one length.
  OpenGraph();
  const double graph_bytes = LogBytesPerCommit(directory->file("store"), CommitToGraph);
  CloseGraph();
  OpenRocks();
  bare_value.clear();
  const double keys = LogBytesPerCommit(directory->file("bare"), CommitToRocks);
  bare_value.assign(static_cast<size_t>((graph_bytes - keys) / 6), 'v');
  const double bare_bytes = LogBytesPerCommit(directory->file("bare"), CommitToRocks);
  CloseRocks();
  std::printf("bytes of log a commit: graph %.0f, bare %.0f\n", graph_bytes, bare_bytes);
}

void GraphCommit(benchmark::State& state) {
  for (auto _ : state) {
    if (!CommitToGraph()) state.SkipWithError("commit failed");
  }
  state.counters["commits_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void RocksCommit(benchmark::State& state) {
  for (auto _ : state) {
    if (!CommitToRocks()) state.SkipWithError("write failed");
  }
  state.counters["commits_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

int Main(int argc, char** argv) {
  MatchBytes();
  std::vector<Ratio> ratios;
  for (const int writers : {1, 8, 32}) {
    const std::string suffix = "writers_" + std::to_string(writers);
    benchmark::RegisterBenchmark(("graph_" + suffix).c_str(), GraphCommit)
        ->Threads(writers)
        ->UseRealTime()
        ->Setup([](const benchmark::State&) { OpenGraph(); })
        ->Teardown([](const benchmark::State&) { CloseGraph(); });
    benchmark::RegisterBenchmark(("rocks_" + suffix).c_str(), RocksCommit)
        ->Threads(writers)
        ->UseRealTime()
        ->Setup([](const benchmark::State&) { OpenRocks(); })
        ->Teardown([](const benchmark::State&) { CloseRocks(); });
    ratios.push_back({"durable commits, " + std::to_string(writers) + " writers: graph / RocksDB",
                      "graph_" + suffix, "rocks_" + suffix, "0.8 or more", "commits_per_second"});
  }
  return RunWithRatios(argc, argv, ratios);
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
