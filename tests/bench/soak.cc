// Reads and writes of a daemon for as long as is wanted, in windows: whether its memory stays flat,
// whether its answers stay as fast, and whether any call fails.
//
// Usage: soak --attlasd=PATH --store=DIRECTORY [--minutes=30] [--windows=20]. Prints a line a
// window and a verdict; exit code 1 where memory grows, the slowest answers get slower, or a call
// fails.
#include <grpcpp/create_channel.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "tests/bench/closed_loop.h"

namespace attlas::bench {
namespace {

namespace v1 = graph::v1;
using Clock = std::chrono::steady_clock;

constexpr int kReaders = 3;
// So many nodes are written over and over, so that the graph itself does not grow.
constexpr int kWritten = 500;
// What caches and tables of the engine may still take up after the first quarter.
constexpr double kGrowthMegabytes = 64;
constexpr double kGrowthShare = 0.10;
// By how much the slowest answers of the second half may be slower than those of the first.
constexpr double kDrift = 1.5;

struct Options {
  std::string attlasd;
  std::string store;
  double minutes = 30;
  int windows = 20;
};

// What happened in a window, from all threads.
class Tally {
 public:
  void Add(bool write, double microseconds, const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (!status.ok()) {
      if (errors_++ == 0) first_error_ = status.error_message();
      return;
    }
    (write ? writes_ : reads_).push_back(microseconds);
  }
  struct Window {
    size_t reads = 0;
    size_t writes = 0;
    double read_p99_us = 0;
    double write_p99_us = 0;
    size_t errors = 0;
    std::string first_error;
    double megabytes = 0;
  };
  Window Take() {
    const std::lock_guard lock(mutex_);
    Window window{
        reads_.size(), writes_.size(), P99(&reads_), P99(&writes_), errors_, first_error_, 0};
    reads_.clear();
    writes_.clear();
    errors_ = 0;
    return window;
  }

 private:
  static double P99(std::vector<double>* times) {
    if (times->empty()) return 0;
    const auto at = times->begin() + static_cast<std::ptrdiff_t>(times->size() * 99 / 100);
    std::nth_element(times->begin(), at, times->end());
    return *at;
  }

  std::mutex mutex_;
  std::vector<double> reads_;
  std::vector<double> writes_;
  size_t errors_ = 0;
  std::string first_error_;
};

double ResidentMegabytes(pid_t process) {
  std::ifstream file(absl::StrCat("/proc/", process, "/statm"));
  double size = 0;
  double resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

template <typename Call>
void Measure(Tally* tally, bool write, Call call) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  const auto start = Clock::now();
  const grpc::Status status = call(&context);
  tally->Add(write, std::chrono::duration<double, std::micro>(Clock::now() - start).count(),
             status);
}

std::vector<std::string> SomeNames(v1::GraphService::Stub* stub) {
  grpc::ClientContext context;
  v1::ListNodesRequest request;
  request.set_page_size(1'000);
  v1::ListNodesResponse response;
  const grpc::Status status = stub->ListNodes(&context, request, &response);
  std::vector<std::string> names;
  for (const v1::Node& node : response.nodes()) names.push_back(node.name());
  if (!status.ok() || names.empty()) {
    std::fprintf(stderr, "soak: no nodes: %s\n", status.error_message().c_str());
    std::exit(2);
  }
  return names;
}

void ReadOn(v1::GraphService::Stub* stub, const std::vector<std::string>& names, uint32_t seed,
            const std::atomic<bool>& done, Tally* tally) {
  std::mt19937 random(seed);
  while (!done) {
    const std::string& name = names[random() % names.size()];
    Measure(tally, false, [&](grpc::ClientContext* context) {
      v1::GetNodeRequest request;
      request.set_name(name);
      v1::GetNodeResponse response;
      return stub->GetNode(context, request, &response);
    });
    Measure(tally, false, [&](grpc::ClientContext* context) {
      v1::ListEdgesRequest request;
      request.set_node(name);
      v1::ListEdgesResponse response;
      return stub->ListEdges(context, request, &response);
    });
    Measure(tally, false, [&](grpc::ClientContext* context) {
      v1::GetNeighborhoodRequest request;
      request.set_node(name);
      request.set_max_nodes(200);
      v1::GetNeighborhoodResponse response;
      return stub->GetNeighborhood(context, request, &response);
    });
  }
}

void WriteOn(v1::GraphService::Stub* stub, const std::atomic<bool>& done, Tally* tally) {
  for (uint64_t number = 0; !done; ++number) {
    Measure(tally, true, [&](grpc::ClientContext* context) {
      v1::CommitRequest request;
      v1::Node* node = request.add_mutations()->mutable_put_node();
      node->set_name(absl::StrCat("sources/soak-", number % kWritten));
      node->set_type("source");
      node->set_display_name(absl::StrCat("Written ", number));
      node->mutable_marking()->set_traffic_light(v1::TRAFFIC_LIGHT_CLEAR);
      v1::CommitResponse response;
      return stub->Commit(context, request, &response);
    });
  }
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// What is wrong, a line each; nothing for a good run. The first quarter is for warming up.
std::vector<std::string> Judge(const std::vector<Tally::Window>& windows) {
  std::vector<std::string> wrong;
  const size_t quarter = windows.size() / 4;
  const size_t half = windows.size() / 2;
  double before = 0;
  double after = windows.back().megabytes;
  for (size_t i = quarter; i < half; ++i) before = std::max(before, windows[i].megabytes);
  for (size_t i = windows.size() - quarter; i < windows.size(); ++i) {
    after = std::min(after, windows[i].megabytes);
  }
  if (after > before + std::max(kGrowthMegabytes, kGrowthShare * before)) {
    wrong.push_back(absl::StrCat("memory grows: from at most ", before,
                                 " MB in the second quarter ", "to at least ", after,
                                 " MB in the last"));
  }
  for (const auto& [name, member] : {std::pair("reads", &Tally::Window::read_p99_us),
                                     std::pair("writes", &Tally::Window::write_p99_us)}) {
    std::vector<double> first;
    std::vector<double> second;
    for (size_t i = quarter; i < windows.size(); ++i) {
      (i < (windows.size() + quarter) / 2 ? first : second).push_back(windows[i].*member);
    }
    if (Median(second) > kDrift * Median(first)) {
      wrong.push_back(absl::StrCat("p99 of ", name, " drifts: ", Median(first), " us, then ",
                                   Median(second), " us"));
    }
  }
  for (const Tally::Window& window : windows) {
    if (window.errors == 0) continue;
    wrong.push_back(absl::StrCat(window.errors, " calls failed: ", window.first_error));
  }
  return wrong;
}

int Run(const Options& options) {
  ServerProcess server = StartAttlasd(
      options.attlasd, options.store, absl::StrCat("/tmp/attlas-soak-port.", getpid()),
      {"--services=graph", "--answer_cache_bytes=16777216", "--record_cache_bytes=16777216"});
  const auto connect = [&] {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return v1::GraphService::NewStub(
        grpc::CreateCustomChannel(server.address, grpc::InsecureChannelCredentials(), arguments));
  };
  const std::vector<std::string> names = SomeNames(connect().get());
  Tally tally;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < kReaders; ++i) {
    threads.emplace_back(
        [&, i] { ReadOn(connect().get(), names, static_cast<uint32_t>(i), done, &tally); });
  }
  threads.emplace_back([&] { WriteOn(connect().get(), done, &tally); });
  std::vector<Tally::Window> windows;
  std::printf("window     reads  p99 us    writes  p99 us  errors      MB\n");
  for (int i = 0; i < options.windows; ++i) {
    std::this_thread::sleep_for(
        std::chrono::duration<double>(options.minutes * 60 / options.windows));
    Tally::Window& window = windows.emplace_back(tally.Take());
    window.megabytes = ResidentMegabytes(server.process);
    std::printf("%6d %9zu %7.0f %9zu %7.0f %7zu %7.0f\n", i + 1, window.reads, window.read_p99_us,
                window.writes, window.write_p99_us, window.errors, window.megabytes);
    std::fflush(stdout);
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  Stop(server);
  const std::vector<std::string> wrong = Judge(windows);
  for (const std::string& line : wrong) std::printf("soak: %s\n", line.c_str());
  if (wrong.empty()) std::printf("soak: memory flat, no drift, no error\n");
  return wrong.empty() ? 0 : 1;
}

std::optional<Options> Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = word.substr(word.find('=') + 1);
    bool read = true;
    if (word.starts_with("--attlasd=")) {
      options.attlasd = value;
    } else if (word.starts_with("--store=")) {
      options.store = value;
    } else if (word.starts_with("--minutes=")) {
      read = absl::SimpleAtod(value, &options.minutes) && options.minutes > 0;
    } else if (word.starts_with("--windows=")) {
      read = absl::SimpleAtoi(value, &options.windows) && options.windows >= 8;
    } else {
      read = false;
    }
    if (!read) return std::nullopt;
  }
  if (options.attlasd.empty() || options.store.empty()) return std::nullopt;
  return options;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) {
  const auto options = attlas::bench::Parse(argc, argv);
  if (options.has_value()) return attlas::bench::Run(*options);
  std::fprintf(stderr,
               "usage: soak --attlasd=PATH --store=DIRECTORY [--minutes=30] [--windows=20]\n"
               "There are at least 8 windows.\n");
  return 2;
}
