#include "tests/bench/closed_loop.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

namespace attlas::bench {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

// User and system time of all threads of a process so far, in microseconds.
double CpuMicroseconds(pid_t process) {
  clockid_t clock = 0;
  timespec time{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) {
    Fail("no clock of the server's processor time");
  }
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double Percentile(std::vector<double>& sorted, double share) {
  const auto index = static_cast<size_t>(share * static_cast<double>(sorted.size() - 1));
  return sorted[index];
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address, bool own_connection = false) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, own_connection ? 1 : 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::Status CallOnce(grpc::Channel* channel, const std::string& method,
                      const grpc::ByteBuffer& request, grpc::ByteBuffer* response) {
  const grpc::internal::RpcMethod rpc(method.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  grpc::ClientContext context;
  return grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel, rpc, &context, request, response);
}

}  // namespace

ServerProcess StartEchoServer(const std::string& program) {
  int input[2];
  int output[2];
  if (pipe(input) != 0 || pipe(output) != 0) Fail("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    close(input[1]);
    close(output[0]);
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  FILE* lines = fdopen(output[0], "r");
  int port = 0;
  if (std::fscanf(lines, "%d", &port) != 1) Fail("the echo server did not start");
  std::fclose(lines);
  return {child, input[1], "127.0.0.1:" + std::to_string(port), ""};
}

ServerProcess StartAttlasd(const std::string& program, const std::string& store,
                           const std::string& port_file, const std::vector<std::string>& flags) {
  const std::string web_file = port_file + ".web";
  std::vector<std::string> words = {program,
                                    "--data_dir",
                                    store,
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--port_file",
                                    port_file,
                                    "--admin_listen",
                                    "",
                                    "--http_listen",
                                    "",
                                    "--log_level",
                                    "error",
                                    "--http_address_file",
                                    web_file};
  words.insert(words.end(), flags.begin(), flags.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execv(program.c_str(), arguments.data());
    _exit(127);
  }
  const auto deadline = Clock::now() + std::chrono::seconds(30);
  int port = 0;
  while (Clock::now() < deadline && !(std::ifstream(port_file) >> port)) {
    if (waitpid(child, nullptr, WNOHANG) == child) Fail("attlasd did not start");
    std::this_thread::yield();
  }
  if (port == 0) Fail("attlasd wrote no port");
  // It is written before the port.
  std::string web_address;
  std::getline(std::ifstream(web_file), web_address);
  return {child, -1, "127.0.0.1:" + std::to_string(port), web_address};
}

void Stop(ServerProcess& server) {
  if (server.input >= 0) close(server.input);
  kill(server.process, SIGTERM);
  waitpid(server.process, nullptr, 0);
}

LoadResult RunCallers(const ServerProcess& server, const std::function<Caller()>& make_caller,
                      int callers, uint64_t calls) {
  std::vector<std::vector<double>> latencies(static_cast<size_t>(callers));
  std::vector<Caller> all_callers;
  std::atomic<uint64_t> taken = 0;
  std::atomic<uint64_t> response_bytes = 0;
  for (int i = 0; i < callers; ++i) {
    all_callers.push_back(make_caller());
    all_callers.back()();
  }
  const double cpu_before = CpuMicroseconds(server.process);
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  for (size_t i = 0; i < latencies.size(); ++i) {
    threads.emplace_back([&, i] {
      while (taken.fetch_add(1) < calls) {
        const auto before = Clock::now();
        response_bytes = all_callers[i]();
        latencies[i].push_back(
            std::chrono::duration<double, std::micro>(Clock::now() - before).count());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  LoadResult result;
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.server_cpu_us =
      (CpuMicroseconds(server.process) - cpu_before) / static_cast<double>(calls);
  std::vector<double> all;
  for (const auto& own : latencies) all.insert(all.end(), own.begin(), own.end());
  std::sort(all.begin(), all.end());
  if (!all.empty()) {
    result.p50_us = Percentile(all, 0.5);
    result.p99_us = Percentile(all, 0.99);
  }
  result.response_bytes = response_bytes;
  return result;
}

LoadResult RunClosedLoop(const ServerProcess& server, const std::string& method,
                         const std::string& request, int callers, uint64_t calls,
                         Connections connections) {
  const auto shared = ChannelTo(server.address);
  const grpc::ByteBuffer message = BufferOf(request);
  const auto make_caller = [&]() -> Caller {
    const auto channel =
        connections == Connections::kOneEach ? ChannelTo(server.address, true) : shared;
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30))) {
      Fail("no connection to " + server.address);
    }
    return [channel, &method, &message]() -> uint64_t {
      grpc::ByteBuffer response;
      const grpc::Status status = CallOnce(channel.get(), method, message, &response);
      if (!status.ok()) Fail(method + ": " + status.error_message());
      return response.Length();
    };
  };
  return RunCallers(server, make_caller, callers, calls);
}

bool IsAnswered(const std::string& address, const std::string& method, const std::string& request) {
  grpc::ByteBuffer response;
  return CallOnce(ChannelTo(address).get(), method, BufferOf(request), &response).ok();
}

}  // namespace attlas::bench
