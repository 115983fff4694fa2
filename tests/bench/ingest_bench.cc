// Bulk load: statements into an empty graph with every check, and bare RocksDB with the same bytes.
//
//   ingest_bench [--edges=1000000] [Google Benchmark flags]
//
// The graph takes mutations as an import or a dataset hands them over, in two commits: nodes, then
// edges. The bare variant gets the keys and values that this left, statement by statement, in
// batches of 1,000 statements through the log, synced once at the end.
#include <benchmark/benchmark.h>
#include <rocksdb/db.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/store/record.h"
#include "tests/bench/ratios.h"
#include "tests/bench/rmat.h"
#include "tests/bench/rmat_statements.h"
#include "tests/bench/rocks_check.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

using attlas::testing::TemporaryDirectory;
using graph::v1::Mutation;

constexpr size_t kStatementsPerBatch = 1000;
// The column families that a statement goes to, and the one that RocksDB always has.
constexpr std::array<const char*, 4> kFamilies = {"default", "names", "records", "hot"};

struct Statement {
  std::string key;  // Of the record and of the hot record.
  std::string name;
  std::string record;
  std::string hot;
};

struct World {
  explicit World(uint64_t edge_count)
      : nodes(RmatNodeMutations(RmatNodes(edge_count))),
        edges(RmatEdgeMutations(MakeRmat(edge_count, 42))) {}

  std::vector<Mutation> nodes;
  std::vector<Mutation> edges;
  std::vector<Statement> statements;  // What the graph made of them.
};

World* world = nullptr;

void LoadGraph(const std::string& path, std::vector<Mutation> nodes, std::vector<Mutation> edges) {
  auto graph = graph::Graph::Open({.path = path, .ontology = RmatOntology()});
  bool loaded = graph.ok();
  for (auto* mutations : {&nodes, &edges}) {
    loaded =
        loaded && (*graph)->Commit({.mutations = std::move(*mutations), .unlimited = true}).ok();
  }
  if (!loaded) std::abort();
}

// RocksDB as the store opens it.
class BareStore {
 public:
  explicit BareStore(const std::string& path) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.write_buffer_size = size_t{64} << 20;
    options.db_write_buffer_size = size_t{64} << 20;
    options.max_total_wal_size = uint64_t{256} << 20;
    options.max_background_jobs = 2;
    options.compression = rocksdb::kLZ4Compression;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const char* name : kFamilies) families.emplace_back(name, options);
    rocksdb::DB* db = nullptr;
    Check(rocksdb::DB::Open(options, path, families, &families_, &db));
    db_.reset(db);
  }
  ~BareStore() {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      Check(db_->DestroyColumnFamilyHandle(family));
    }
  }

  void Load(const std::vector<Statement>& statements) {
    rocksdb::WriteBatch batch;
    for (size_t i = 0; i < statements.size(); ++i) {
      const Statement& statement = statements[i];
      Check(batch.Put(families_[1], statement.name, statement.key));
      Check(batch.Put(families_[2], statement.key, statement.record));
      Check(batch.Put(families_[3], statement.key, statement.hot));
      if ((i + 1) % kStatementsPerBatch != 0) continue;
      Check(db_->Write(rocksdb::WriteOptions(), &batch));
      batch.Clear();
    }
    rocksdb::WriteOptions sync;
    sync.sync = true;
    Check(db_->Write(sync, &batch));
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

// Every key and value of one column family of a store, in the order of keys.
template <typename Take>
void ForEachEntry(const std::string& path, const char* name, const Take& take) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{"default", {}}};
  if (families[0].name != name) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  Check(rocksdb::DB::OpenForReadOnly(rocksdb::Options(), path, families, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> db(opened);
  {
    const std::unique_ptr<rocksdb::Iterator> it(
        db->NewIterator(rocksdb::ReadOptions(), handles.back()));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      take(it->key().ToString(), it->value().ToString());
    }
    Check(it->status());
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) Check(db->DestroyColumnFamilyHandle(handle));
}

std::vector<Statement> ReadStatements(const std::string& path, size_t node_count) {
  std::vector<Statement> statements;
  // Keys are kind and ordinal, so that nodes come first and each kind in the order of its numbers.
  ForEachEntry(path, "records", [&](std::string key, std::string value) {
    statements.push_back({std::move(key), "", std::move(value), ""});
  });
  const auto index = [&](const std::string& key) {
    const auto id = graph::DecodeEntityKey(key);
    if (!id.ok()) std::abort();
    return id->ordinal + (id->kind == graph::EntityKind::kEdge ? node_count : 0);
  };
  ForEachEntry(path, "hot", [&](const std::string& key, std::string value) {
    statements[index(key)].hot = std::move(value);
  });
  ForEachEntry(path, "names", [&](std::string name, const std::string& key) {
    statements[index(key)].name = std::move(name);
  });
  return statements;
}

double SecondsOf(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void CountEdges(benchmark::State& state) {
  state.counters["edges_per_second"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(world->edges.size()),
      benchmark::Counter::kIsRate);
}

void GraphLoad(benchmark::State& state) {
  for (auto _ : state) {
    const TemporaryDirectory directory;
    std::vector<Mutation> nodes = world->nodes;
    std::vector<Mutation> edges = world->edges;
    state.SetIterationTime(
        SecondsOf([&] { LoadGraph(directory.file("store"), std::move(nodes), std::move(edges)); }));
  }
  CountEdges(state);
}

void BareLoad(benchmark::State& state) {
  for (auto _ : state) {
    const TemporaryDirectory directory;
    state.SetIterationTime(
        SecondsOf([&] { BareStore(directory.file("store")).Load(world->statements); }));
  }
  CountEdges(state);
}

int Main(int argc, char** argv) {
  world = new World(std::stoull(TakeFlag(&argc, argv, "edges", "1000000")));
  {
    const TemporaryDirectory directory;
    LoadGraph(directory.file("store"), world->nodes, world->edges);
    world->statements = ReadStatements(directory.file("store"), world->nodes.size());
  }
  size_t bytes = 0;
  for (const Statement& statement : world->statements) {
    bytes += 2 * statement.key.size() + statement.name.size() + statement.key.size() +
             statement.record.size() + statement.hot.size();
  }
  std::printf("%zu nodes, %zu edges, %.0f bytes a statement\n", world->nodes.size(),
              world->edges.size(),
              static_cast<double>(bytes) / static_cast<double>(world->statements.size()));
  const auto configure = [](benchmark::internal::Benchmark* registered) {
    registered->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
  };
  configure(benchmark::RegisterBenchmark("graph_load", GraphLoad));
  configure(benchmark::RegisterBenchmark("bare_load", BareLoad));
  return RunWithRatios(argc, argv,
                       {{"bulk load with every check: graph / bare WriteBatch", "graph_load",
                         "bare_load", "0.5 or more", "edges_per_second"}});
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
