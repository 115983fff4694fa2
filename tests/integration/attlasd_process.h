// The real attlasd as a child process.
#ifndef ATTLAS_TESTS_INTEGRATION_ATTLASD_PROCESS_H_
#define ATTLAS_TESTS_INTEGRATION_ATTLASD_PROCESS_H_

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.grpc.pb.h"

namespace attlas::testing {

// How a process ended.
struct Ended {
  int exit_code = -1;  // -1 where a signal ended it.
  std::string output;  // Standard output after the first line.
  std::string errors;  // Standard error.
};

class AttlasdProcess {
 public:
  // Starts attlasd with these arguments; without a gateway unless they say otherwise. `within` is a
  // command that runs it, such as nsenter with its own arguments; empty for none.
  explicit AttlasdProcess(const std::vector<std::string>& arguments,
                          const std::vector<std::string>& within = {});
  // Kills what still runs.
  ~AttlasdProcess();
  AttlasdProcess(const AttlasdProcess&) = delete;
  AttlasdProcess& operator=(const AttlasdProcess&) = delete;

  // Waits for the line that says where it serves; empty if it ended instead.
  std::string WaitUntilServing();
  // The address in that line.
  const std::string& address() const { return address_; }
  // The address of the gateway in that line, such as `http://127.0.0.1:40123`.
  std::string web_address() const;
  // The port of the metrics in that line.
  std::string metrics_port() const;
  // The address of health and channelz in that line.
  std::string health_address() const;
  std::shared_ptr<grpc::Channel> Connect() const;

  // Waits until its standard error holds `text`; false if it ended, or patience did, before that.
  bool WaitUntilItLogs(const std::string& text);
  // Reads what is there of its standard error, and waits for no more; whether it holds `text`.
  bool HasLogged(const std::string& text);

  void Signal(int signal) const;
  // Waits for the end.
  Ended Wait();
  // The same, and nothing of what it writes is read before it ended.
  Ended WaitUnread();

 private:
  // Reads what comes of its standard error within this time; false for the end, or for nothing.
  bool ReadLog(int milliseconds);

  pid_t process_ = -1;
  int output_ = -1;
  int errors_ = -1;
  std::string line_;
  std::string address_;
  std::string logged_;  // What has been read of its standard error.
};

// Starts attlasd with `arguments`, which must fail, and waits for its end.
Ended RunToTheEnd(const std::vector<std::string>& arguments);

// The arguments to serve the graph of the test ontology in `directory` on a free port.
std::vector<std::string> ServeArguments(const std::string& directory);

// One call by method name with serialized messages, so that a test needs no generated code of
// health or reflection.
struct RawAnswer {
  grpc::Status status;
  std::string response;
};
RawAnswer CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& request);
// The same for a stream that both sides may write to: sends one request, reads one response.
RawAnswer ExchangeRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                      const std::string& request);
// Any call that takes one request, a stream or not: gives each response to `take` until that
// returns false, which cancels the call.
grpc::Status ReadAllRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                        const std::string& request,
                        const std::function<bool(const std::string& response)>& take);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_ATTLASD_PROCESS_H_
