// A large graph: how long until it answers, what it takes of memory, how soon a commit shows, and
// what writers cost readers.
//
//   scale_bench [--edges=1000000] [--directory=DIR]
//
// 10,000,000 edges are what the goals are set for; 100,000,000 need some 40 GB of disk and 16 GB of
// memory. With --directory the store is made there once and found again by the next run. The store
// is made by a process of its own, so that what is measured here was opened from disk and no memory
// of the making counts. The figures come from one run; each stands beside what it is compared with.
#include <fcntl.h>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "graph/query/traverse.h"
#include "tests/bench/ratios.h"
#include "tests/bench/rmat.h"
#include "tests/bench/rmat_statements.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::bench {
namespace {

using graph::Clearance;
using graph::Graph;
using graph::NodeOrdinal;
using graph::View;
using Clock = std::chrono::steady_clock;

constexpr size_t kEdgesPerCommit = 1'000'000;
constexpr auto kWritingTime = std::chrono::seconds(8);
// Readers are asked at rest and beside a writer by turns, so that a machine that drifts drifts for
// both.
constexpr auto kReadingTime = std::chrono::seconds(2);
constexpr uint32_t kReadingRounds = 7;
constexpr uint64_t kSeed = 42;
constexpr size_t kBytesPerCommit = 250;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

std::unique_ptr<Graph> Open(const std::string& path) {
  auto graph = Graph::Open({.path = path, .ontology = RmatOntology()});
  Require(graph.status());
  return *std::move(graph);
}

void Make(const std::string& path, uint64_t edges) {
  const auto start = Clock::now();
  const std::unique_ptr<Graph> graph = Open(path);
  Require(graph->Commit({.mutations = RmatNodeMutations(RmatNodes(edges)), .unlimited = true})
              .status());
  const std::vector<graph::NumberedLink> links = MakeRmat(edges, kSeed);
  for (size_t at = 0; at < links.size(); at += kEdgesPerCommit) {
    const std::span<const graph::NumberedLink> part(links.data() + at,
                                                    std::min(kEdgesPerCommit, links.size() - at));
    Require(graph->Commit({.mutations = RmatEdgeMutations(part), .unlimited = true}).status());
  }
  std::printf("made in %.1f s, the random graph itself included\n", SecondsSince(start));
}

// Makes the store in a child process: this one keeps nothing of what the making allocated.
void MakeApart(const std::string& path, uint64_t edges) {
  // In its place once it is whole: a run that was ended early leaves nothing that looks like it.
  const std::string unfinished = path + ".unfinished";
  std::filesystem::remove_all(unfinished);
  const pid_t child = fork();
  if (child == 0) {
    Make(unfinished, edges);
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    std::fprintf(stderr, "the store could not be made in %s\n", path.c_str());
    std::exit(1);
  }
  std::filesystem::rename(unfinished, path);
}

uint64_t ReadFiles(const std::string& path) {
  std::vector<char> buffer(size_t{1} << 20);
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    const int file = open(entry.path().c_str(), O_RDONLY);
    for (ssize_t count = 0; (count = read(file, buffer.data(), buffer.size())) > 0;) {
      bytes += static_cast<uint64_t>(count);
    }
    close(file);
  }
  return bytes;
}

View ViewOf(const Graph& graph) {
  graph::v1::ReadOptions read;
  read.mutable_as_of()->set_year(1997);
  Clearance clearance;
  clearance.level = graph::v1::TRAFFIC_LIGHT_GREEN;
  auto view = graph.Read(read, clearance);
  Require(view.status());
  return *std::move(view);
}

// The first question that a caller might ask: a node by its name, and whom it is linked to.
size_t FirstAnswer(const Graph& graph) {
  const View view = ViewOf(graph);
  const auto node = graph.FindNode(view, RmatNodeName(1));
  Require(node.status());
  std::vector<graph::EdgeOrdinal> edges;
  view.ForEachEdge(*node, graph::v1::DIRECTION_EITHER, nullptr, [&](const graph::EdgeRef& edge) {
    edges.push_back(edge.edge);
    return edges.size() < 100;
  });
  Require(graph.ScanEdges(view, edges, [](size_t, graph::Edge&&) {}));
  return edges.size();
}

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  uint64_t total = 0;
  uint64_t resident = 0;
  file >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double Percentile(std::vector<double>& values, double part) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<size_t>(at)];
}

// Questions of two hops from random nodes on the latest snapshot, for a while; each one's
// microseconds.
std::vector<double> ReadForAWhile(const Graph& graph, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<double> micros;
  graph::TraverseSpec spec;
  spec.starts.resize(1);
  spec.max_depth = 2;
  const graph::TypeSet types({0, 1, 2, 3});
  spec.edge_types = &types;
  for (const auto start = Clock::now(); Clock::now() - start < kReadingTime;) {
    const auto asked = Clock::now();
    const View view = ViewOf(graph);
    spec.starts[0] = static_cast<NodeOrdinal>(random() % view.node_limit());
    graph::Budget budget{graph::QueryLimits()};
    graph::Traverse(view, spec, budget, [](const graph::Visit&) { return true; });
    micros.push_back(SecondsSince(asked) * 1e6);
  }
  return micros;
}

// What commits took, in milliseconds: until the new edge was seen in the latest snapshot, and the
// processor time of the thread, which knows neither the device nor the neighbours on the machine.
struct CommitTimes {
  std::vector<double> visible;
  std::vector<double> processor;
};

double ThreadMillis() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Commits one edge after another until told to stop.
CommitTimes WriteUntil(Graph& graph, uint32_t first, NodeOrdinal nodes,
                       const std::atomic<bool>& stop) {
  CommitTimes times;
  std::mt19937 random(first);
  for (uint32_t n = first; !stop; ++n) {
    graph::LinkRecord link;
    link.from = static_cast<NodeOrdinal>(random() % nodes);
    link.to = static_cast<NodeOrdinal>(random() % nodes);
    link.valid_from = kFirstDay;
    const uint64_t before = graph.Latest()->edge_count();
    const auto asked = Clock::now();
    const double busy = ThreadMillis();
    Require(graph.Commit({.mutations = {RmatEdgeMutation({n, link})}}).status());
    const uint64_t after = graph.Latest()->edge_count();
    times.visible.push_back(SecondsSince(asked) * 1e3);
    times.processor.push_back(ThreadMillis() - busy);
    if (after != before + 1) std::abort();
  }
  return times;
}

// What a durable write costs on this device by itself: bare RocksDB with the bytes of a one-edge
// commit, for as many writes; the milliseconds of each.
std::vector<double> WriteBare(const std::string& path, size_t writes) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, path, &opened).ok()) std::abort();
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions sync;
  sync.sync = true;
  const std::string value(kBytesPerCommit, 'v');
  std::vector<double> millis;
  for (size_t n = 0; n < writes; ++n) {
    const auto asked = Clock::now();
    if (!db->Put(sync, std::to_string(n), value).ok()) std::abort();
    millis.push_back(SecondsSince(asked) * 1e3);
  }
  return millis;
}

void PrintCommits(const char* what, std::vector<double>& millis) {
  std::printf("%-41s p50 %.2f ms, p99 %.2f ms, %zu commits\n", what, Percentile(millis, 0.5),
              Percentile(millis, 0.99), millis.size());
}

// One writer alone, first on the graph and then on bare RocksDB on the same device: the difference
// is the graph's, the rest the device's.
void MeasureVisibility(Graph& graph, uint32_t first, NodeOrdinal nodes) {
  std::atomic<bool> stop = false;
  CommitTimes times;
  std::thread writer([&] { times = WriteUntil(graph, first, nodes, stop); });
  std::this_thread::sleep_for(kWritingTime);
  stop = true;
  writer.join();
  std::vector<double>& millis = times.visible;
  PrintCommits("one-edge commit, call until visible", millis);
  PrintCommits("  its processor time", times.processor);
  const attlas::testing::TemporaryDirectory temporary;
  std::vector<double> bare = WriteBare(temporary.file("bare"), millis.size());
  PrintCommits("  bare RocksDB, sync, the same bytes", bare);
  std::printf(
      "  the difference                          p50 %.2f ms, p99 %.2f ms   goal: visible "
      "within 2\n",
      Percentile(millis, 0.5) - Percentile(bare, 0.5),
      Percentile(millis, 0.99) - Percentile(bare, 0.99));
}

// One reader at rest and beside one writer, the same questions in both.
void MeasureReaders(Graph& graph, uint32_t first, NodeOrdinal nodes) {
  CommitTimes times;
  std::vector<double> calm;
  std::vector<double> writing;
  std::vector<double> ratios;
  for (uint32_t round = 0; round < kReadingRounds; ++round) {
    std::vector<double> rest = ReadForAWhile(graph, round);
    std::atomic<bool> stop = false;
    CommitTimes part;
    std::thread writer([&] {
      part = WriteUntil(graph, first + static_cast<uint32_t>(times.visible.size()), nodes, stop);
    });
    std::vector<double> busy = ReadForAWhile(graph, round);
    stop = true;
    writer.join();
    times.visible.insert(times.visible.end(), part.visible.begin(), part.visible.end());
    calm.push_back(Percentile(rest, 0.99));
    writing.push_back(Percentile(busy, 0.99));
    ratios.push_back(writing.back() / calm.back());
  }
  PrintCommits("  the same beside readers", times.visible);
  std::printf(
      "readers' p99 at rest / while writing      %.0f / %.0f us   ratio %.2f (%.2f to %.2f in %u "
      "rounds), goal: 1.5\n",
      Percentile(calm, 0.5), Percentile(writing, 0.5), Percentile(ratios, 0.5),
      Percentile(ratios, 0), Percentile(ratios, 1), kReadingRounds);
}

void Measure(const std::string& path, uint64_t edges) {
  const auto count = static_cast<double>(edges);
  auto start = Clock::now();
  const uint64_t bytes = ReadFiles(path);
  const double reading = SecondsSince(start);
  const double before = ResidentBytes();
  start = Clock::now();
  const std::unique_ptr<Graph> graph = Open(path);
  const size_t found = FirstAnswer(*graph);
  const double opening = SecondsSince(start);
  std::printf("open until the first answer (%zu edges)   %8.2f s   goal: under 8\n", found,
              opening);
  std::printf("  reading the same %5.2f GB of files       %8.2f s   ratio %.2f, goal: at most 3\n",
              static_cast<double>(bytes) / 1e9, reading, opening / reading);
  const graph::SnapshotPtr latest = graph->Latest();
  std::printf("hot adjacency, both directions            %8.1f B an edge   goal: at most 40\n",
              static_cast<double>(latest->HotBytes()) / count);
  std::printf("  with nodes and edge numbers             %8.1f B an edge\n",
              static_cast<double>(latest->MemoryBytes()) / count);
  std::printf("resident memory, all in                   %8.1f B an edge   goal: at most 150\n",
              (ResidentBytes() - before) / count);

  // Numbers that no edge of the store has, so that each commit makes a new one.
  const auto unused = [&] {
    return static_cast<uint32_t>(edges + graph->LatestRevision() * 1'000'000);
  };
  MeasureVisibility(*graph, unused(), RmatNodes(edges));
  MeasureReaders(*graph, unused(), RmatNodes(edges));
}

int Main(int argc, char** argv) {
  const uint64_t edges = std::stoull(TakeFlag(&argc, argv, "edges", "1000000"));
  const std::string directory = TakeFlag(&argc, argv, "directory", "");
  const attlas::testing::TemporaryDirectory temporary;
  const std::string path = directory.empty() ? temporary.file("store") : directory;
  if (!std::filesystem::exists(path)) MakeApart(path, edges);
  Measure(path, edges);
  return 0;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
