// What clients do to a topology while its daemons come and go: they ask, write and watch, and ask
// again what found a daemon away.
//
// Threads: each of the three has a thread of its own from Start to Stop; what they counted may be
// read at any time, what they found wrong after Stop.
#ifndef ATTLAS_TESTS_INTEGRATION_TOPOLOGY_LOAD_H_
#define ATTLAS_TESTS_INTEGRATION_TOPOLOGY_LOAD_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/topology.h"

namespace attlas::testing {

// A question whose answer is known, byte for byte.
struct KnownAnswer {
  std::string service;  // Of which daemon, as Topology::HostOf takes it.
  std::string method;   // As a path.
  std::string request;
  std::string response;
};

// What the clients have in common.
class LoadClient {
 public:
  virtual ~LoadClient() = default;
  void Start();
  void Stop();

  // Rounds that ended well, and calls that were asked again.
  uint64_t rounds() const { return rounds_; }
  uint64_t retries() const { return retries_; }
  // What no retry cured, and what was wrong; after Stop.
  const std::vector<std::string>& faults() const { return faults_; }

 protected:
  // One round; what it finds wrong goes to Fault.
  virtual void Round() = 0;
  bool stopping() const { return stopping_; }
  void Fault(std::string fault) { faults_.push_back(std::move(fault)); }
  // Calls until a daemon answers, or patience ends.
  RawAnswer CallUntilAnswered(const std::shared_ptr<grpc::Channel>& channel,
                              const std::string& method, const std::string& request);
  void NoteRetry() { ++retries_; }

 private:
  std::atomic<bool> stopping_{false};
  std::atomic<uint64_t> rounds_{0};
  std::atomic<uint64_t> retries_{0};
  std::vector<std::string> faults_;
  std::thread thread_;
};

// Asks every question of its service, over gRPC.
class Asker final : public LoadClient {
 public:
  Asker(const Topology& topology, const Identity& identity, std::vector<KnownAnswer> known);
  ~Asker() override { Stop(); }

 private:
  void Round() override;
  const std::vector<KnownAnswer> known_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

// Asks every question over HTTP, through the gateway.
class HttpAsker final : public LoadClient {
 public:
  HttpAsker(const Topology& topology, const Identity& identity, std::vector<KnownAnswer> known)
      : topology_(topology), identity_(identity), known_(std::move(known)) {}
  ~HttpAsker() override { Stop(); }

 private:
  void Round() override;
  const Topology& topology_;
  const Identity identity_;
  const std::vector<KnownAnswer> known_;
};

// Commits nodes, one a round.
class Writer final : public LoadClient {
 public:
  explicit Writer(const Topology& topology);
  ~Writer() override { Stop(); }
  // The names of what was acknowledged, in order; after Stop.
  const std::vector<std::string>& written() const { return written_; }

 private:
  void Round() override;
  const std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::string> written_;
};

// Watches, and goes on where it was when the stream ends. A round is a stream.
class Watcher final : public LoadClient {
 public:
  explicit Watcher(const Topology& topology);
  ~Watcher() override { Stop(); }
  // The names of the nodes that were created, in the order of their revisions.
  std::vector<std::string> seen() const;
  // Whether it knows where it stands, so that nothing that comes from now on is missed.
  bool begun() const;

 private:
  void Round() override;
  void Take(const std::string& bytes);
  const std::shared_ptr<grpc::Channel> channel_;
  mutable std::mutex mutex_;
  std::string after_;  // The revision up to which everything was told.
  std::vector<std::string> seen_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_TOPOLOGY_LOAD_H_
