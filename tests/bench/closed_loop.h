// Callers that each wait for an answer before they ask again, and what that costs the server.
#ifndef ATTLAS_TESTS_BENCH_CLOSED_LOOP_H_
#define ATTLAS_TESTS_BENCH_CLOSED_LOOP_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace attlas::bench {

struct LoadResult {
  double seconds = 0;  // From the first call to the last answer.
  double p50_us = 0;
  double p99_us = 0;
  double server_cpu_us = 0;     // User and system time of the server process, a call.
  uint64_t response_bytes = 0;  // Of the last answer.
};

// A server process that this one started, and where it listens.
struct ServerProcess {
  pid_t process = -1;
  int input = -1;  // Closing it ends an echo server.
  std::string address;
  std::string web_address;  // Such as `http://127.0.0.1:40123`; empty for none.
};

// Starts `program` with no arguments and reads the port from its first line.
ServerProcess StartEchoServer(const std::string& program);
// Starts attlasd on a store, with further flags, and waits until its port file is written.
ServerProcess StartAttlasd(const std::string& program, const std::string& store,
                           const std::string& port_file, const std::vector<std::string>& flags);
void Stop(ServerProcess& server);

// Makes one call and waits for its answer; returns the bytes of that.
using Caller = std::function<uint64_t()>;

// Makes `calls` calls from as many threads as there are callers, each with a caller of its own.
LoadResult RunCallers(const ServerProcess& server, const std::function<Caller()>& make_caller,
                      int callers, uint64_t calls);

// Whether callers of gRPC share a connection, on which their calls travel together.
enum class Connections { kOneForAll, kOneEach };

// Makes `calls` calls of `method` (`/package.Service/Method`) with the serialized `request` from
// `callers` threads. Ends the program on an error: a benchmark of errors measures nothing.
LoadResult RunClosedLoop(const ServerProcess& server, const std::string& method,
                         const std::string& request, int callers, uint64_t calls,
                         Connections connections = Connections::kOneForAll);

// Whether the server at `address` answers this call with OK.
bool IsAnswered(const std::string& address, const std::string& method, const std::string& request);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_CLOSED_LOOP_H_
