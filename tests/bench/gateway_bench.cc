// Calls through the gateway beside the same calls over gRPC, to one attlasd in one run: the
// server's CPU time a call and p99 at 1, 8 and 64 connections, with JSON and with the bytes of
// messages. Beside that, gRPC with as many callers on one connection, where calls travel together
// as HTTP/1.1 never lets them.
//
// Callers of HTTP wait for their answers as those of gRPC do: one thread of all watches the
// connections and wakes the caller whose answer has come. Where each waits in recv for itself, the
// server's own send wakes the caller's thread, and is charged some microseconds for it that gRPC's
// callers pay themselves: --each_waits=1 shows it.
//
//   gateway_bench [--calls=4000] [--each_waits=0] [Google Benchmark flags]
#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
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
  std::string path;
  std::string bytes;
  std::string json;
};

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

template <typename Request>
Call MakeCall(const std::string& service, const std::string& method, const Request& request) {
  Call call{method, "/attlas." + service + "/" + method, request.SerializeAsString(), ""};
  if (!google::protobuf::util::MessageToJsonString(request, &call.json).ok()) Fail("no JSON");
  return call;
}

// From a small answer to a large one.
std::vector<Call> Calls() {
  graph::v1::GetNodeRequest get_node;
  get_node.set_name("states/IDN");
  instruments::v1::GetStateProfileRequest profile;
  profile.set_state("states/IDN");
  synergy::v1::FindSynergiesRequest find_synergies;
  find_synergies.set_state("states/IDN");
  find_synergies.set_target("instruments/att");
  return {MakeCall("graph.v1.GraphService", "GetNode", get_node),
          MakeCall("instruments.v1.InstrumentService", "GetStateProfile", profile),
          MakeCall("synergy.v1.SynergyService", "FindSynergies", find_synergies)};
}

// Watches connections and tells who waits for one that there is something to read.
class Watch {
 public:
  using Arrivals = std::counting_semaphore<>;

  Watch() : epoll_(epoll_create1(EPOLL_CLOEXEC)), thread_([this] { Run(); }) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  // One for as long as the process runs, as gRPC's pollers are.
  static Watch& OfAll() {
    static auto* const watch = new Watch();
    return *watch;
  }

  // What tells of arrivals at `socket`. It lives as long as the watch, which may still be about to
  // tell it something when the socket is closed.
  Arrivals* Add(int socket) {
    const std::lock_guard lock(mutex_);
    Arrivals* const arrivals = &arrivals_.emplace_back(0);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLRDHUP | EPOLLET;
    event.data.ptr = arrivals;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) Fail("no watch of a connection");
    return arrivals;
  }

 private:
  void Run() {
    epoll_event events[64];
    while (true) {
      const int count = epoll_wait(epoll_, events, std::size(events), -1);
      for (int i = 0; i < count; ++i) static_cast<Arrivals*>(events[i].data.ptr)->release();
    }
  }

  const int epoll_;
  std::mutex mutex_;
  std::deque<Arrivals> arrivals_;
  std::thread thread_;  // The last, since it uses the others.
};

// One connection that is kept.
class HttpConnection {
 public:
  // `watch` is null where its caller waits for itself.
  HttpConnection(const std::string& web_address, Watch* watch)
      : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port =
        htons(static_cast<uint16_t>(std::stoi(web_address.substr(web_address.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
      Fail("no connection to " + web_address);
    }
    if (watch != nullptr) arrivals_ = watch->Add(socket_);
  }
  ~HttpConnection() { close(socket_); }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  // Returns the length of the answer's body.
  uint64_t Ask(const std::string& request) {
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      Fail("the gateway takes no request");
    }
    buffer_.clear();
    size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) Receive();
    if (!buffer_.starts_with("HTTP/1.1 200")) Fail(buffer_);
    constexpr std::string_view kLength = "content-length: ";
    const size_t length = std::stoul(buffer_.substr(buffer_.find(kLength) + kLength.size(), 20));
    while (buffer_.size() < end + 4 + length) Receive();
    return length;
  }

 private:
  void Receive() {
    char piece[1 << 16];
    ssize_t got = 0;
    while (true) {
      got = recv(socket_, piece, sizeof(piece), arrivals_ != nullptr ? MSG_DONTWAIT : 0);
      if (arrivals_ == nullptr || got >= 0 || errno != EAGAIN) break;
      arrivals_->acquire();
    }
    if (got <= 0) Fail("the gateway closed the connection");
    buffer_.append(piece, static_cast<size_t>(got));
  }

  int socket_;
  Watch::Arrivals* arrivals_ = nullptr;
  std::string buffer_;
};

LoadResult RunHttp(const ServerProcess& server, const Call& call, bool json, int callers,
                   uint64_t calls, Watch* watch) {
  const std::string& body = json ? call.json : call.bytes;
  const std::string request =
      "POST " + call.path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/" +
      (json ? "json" : "proto") + "\r\ncontent-length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  const auto make_caller = [&]() -> Caller {
    const auto connection = std::make_shared<HttpConnection>(server.web_address, watch);
    return [connection, &request] { return connection->Ask(request); };
  };
  return RunCallers(server, make_caller, callers, calls);
}

template <typename Run>
void Register(const std::string& name, uint64_t calls, Run run) {
  const auto function = [run, calls](benchmark::State& state) {
    LoadResult result;
    for (auto _ : state) {
      result = run();
      state.SetIterationTime(result.seconds / static_cast<double>(calls));
    }
    state.counters["server_cpu_us"] = result.server_cpu_us;
    state.counters["p50_us"] = result.p50_us;
    state.counters["p99_us"] = result.p99_us;
    state.counters["bytes"] = static_cast<double>(result.response_bytes);
  };
  benchmark::RegisterBenchmark(name.c_str(), function)
      ->UseManualTime()
      ->Iterations(1)
      ->Unit(benchmark::kMicrosecond);
}

void AddRatios(const std::string& suffix, std::vector<Ratio>& ratios) {
  const auto add = [&](const std::string& variant, const std::string& base,
                       const std::string& base_name, const std::string& goal) {
    for (const auto& [label, counter] :
         {std::pair<std::string, std::string>{"server CPU", "server_cpu_us"}, {"p99", "p99_us"}}) {
      ratios.push_back({suffix.substr(1) + ", " + variant + " / " + base_name + ": " + label,
                        variant + suffix, base + suffix, goal, counter});
    }
  };
  for (const auto& [variant, goal] :
       {std::pair<std::string, std::string>{"json", "at most 2"}, {"proto", "at most 1.4"}}) {
    add(variant, "grpc", "gRPC", goal);
    add(variant, "grpc_shared", "gRPC on one", "");
  }
}

int Main(int argc, char** argv) {
  const uint64_t calls = std::stoull(TakeFlag(&argc, argv, "calls", "4000"));
  Watch* const watch = TakeFlag(&argc, argv, "each_waits", "0") == "0" ? &Watch::OfAll() : nullptr;
  const attlas::testing::TemporaryDirectory directory;
  const std::string bin = std::string(ATTLAS_BINARY_DIR) + "/bin/";
  const std::string load = bin + "attlas data load " + ATTLAS_SOURCE_DIR + "/data --data_dir " +
                           directory.file("store") + " > /dev/null 2>&1";
  if (std::system(load.c_str()) != 0) return 1;
  ServerProcess server = StartAttlasd(bin + "attlasd", directory.file("store"),
                                      directory.file("port"), {"--http_listen", "127.0.0.1:0"});
  std::vector<Ratio> ratios;
  for (const Call& call : Calls()) {
    for (const int callers : {1, 8, 64}) {
      const std::string suffix = "_" + call.name + "_connections_" + std::to_string(callers);
      for (const auto& [name, connections] :
           {std::pair{"grpc", Connections::kOneEach}, {"grpc_shared", Connections::kOneForAll}}) {
        Register(name + suffix, calls, [&server, call, callers, calls, how = connections] {
          return RunClosedLoop(server, call.path, call.bytes, callers, calls, how);
        });
      }
      for (const bool json : {true, false}) {
        Register((json ? "json" : "proto") + suffix, calls,
                 [=, &server] { return RunHttp(server, call, json, callers, calls, watch); });
      }
      AddRatios(suffix, ratios);
    }
  }
  const int result = RunWithRatios(argc, argv, ratios);
  Stop(server);
  return result;
}

}  // namespace
}  // namespace attlas::bench

int main(int argc, char** argv) { return attlas::bench::Main(argc, argv); }
