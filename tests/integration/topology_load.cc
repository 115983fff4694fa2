#include "tests/integration/topology_load.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "tests/integration/http_client.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;

// Between two attempts, so that a daemon that is away is not asked all the time.
constexpr absl::Duration kPause = absl::Milliseconds(50);

std::string Told(const std::string& what, const grpc::Status& status) {
  return absl::StrCat(what, ": ", static_cast<int>(status.error_code()), " ",
                      status.error_message());
}

// Whether to ask again: the daemon is away, or it had begun to stop when the call reached it, which
// gRPC itself answers with CANCELLED. Nobody here cancels.
bool MayPass(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED;
}

}  // namespace

void LoadClient::Start() {
  thread_ = std::thread([this] {
    while (!stopping_ && faults_.empty()) {
      Round();
      if (faults_.empty()) ++rounds_;
    }
  });
}

void LoadClient::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

RawAnswer LoadClient::CallUntilAnswered(const std::shared_ptr<grpc::Channel>& channel,
                                        const std::string& method, const std::string& request) {
  const absl::Time deadline = absl::Now() + kPatience;
  while (true) {
    RawAnswer answer = CallRaw(channel, method, request);
    if (!MayPass(answer.status) || absl::Now() > deadline) return answer;
    NoteRetry();
    absl::SleepFor(kPause);
  }
}

Asker::Asker(const Topology& topology, const Identity& identity, std::vector<KnownAnswer> known)
    : known_(std::move(known)) {
  for (const KnownAnswer& question : known_) {
    const std::string& host = Topology::HostOf(question.service);
    channels_[question.service] = topology.Connect(host, identity);
  }
}

void Asker::Round() {
  for (const KnownAnswer& question : known_) {
    const RawAnswer answer =
        CallUntilAnswered(channels_.at(question.service), question.method, question.request);
    if (!answer.status.ok()) return Fault(Told(question.method, answer.status));
    if (answer.response != question.response) return Fault(question.method + ": another answer");
  }
}

void HttpAsker::Round() {
  for (const KnownAnswer& question : known_) {
    const absl::Time deadline = absl::Now() + kPatience;
    while (true) {
      HttpClient client(topology_.hosts().address("gateway"), Topology::kHttpPort,
                        topology_.authority(), identity_);
      HttpAnswer answer;
      if (client.connected()) {
        answer = client.Ask("POST", question.method, {{"content-type", "application/proto"}},
                            question.request);
      }
      if (answer.status == 200) {
        if (answer.body == question.response) break;
        return Fault(question.method + ": another answer over HTTP");
      }
      // 0 where nobody listens, or the connection broke; 503 for UNAVAILABLE.
      const bool may_pass = answer.status == 0 || answer.status == 503;
      if (!may_pass || absl::Now() > deadline) {
        return Fault(absl::StrCat(question.method, ": ", answer.status, " ", answer.body));
      }
      NoteRetry();
      absl::SleepFor(kPause);
    }
  }
}

Writer::Writer(const Topology& topology)
    : channel_(topology.Connect("graph", topology.steward())) {}

void Writer::Round() {
  const std::string name = absl::StrCat("sources/load-", written_.size());
  v1::CommitRequest request;
  // The same each time it is asked again, so that it is applied once.
  request.set_request_id(absl::StrFormat("00000000-0000-4000-8000-%012d", written_.size()));
  v1::Node* const node = request.add_mutations()->mutable_create_node();
  node->set_name(name);
  node->set_type("source");
  node->set_display_name(name);
  node->mutable_marking()->set_traffic_light(v1::TRAFFIC_LIGHT_CLEAR);
  const RawAnswer answer = CallUntilAnswered(channel_, "/attlas.graph.v1.GraphService/Commit",
                                             request.SerializeAsString());
  if (!answer.status.ok()) return Fault(Told(name, answer.status));
  written_.push_back(name);
}

Watcher::Watcher(const Topology& topology)
    : channel_(topology.Connect("graph", topology.steward())) {}

std::vector<std::string> Watcher::seen() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return seen_;
}

bool Watcher::begun() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return !after_.empty();
}

void Watcher::Take(const std::string& bytes) {
  v1::WatchResponse response;
  if (!response.ParseFromString(bytes)) return Fault("a message of Watch cannot be read");
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const v1::Change& change : response.changes()) {
    if (change.kind() == v1::CHANGE_KIND_CREATED) seen_.push_back(change.name());
  }
  after_ = response.through_revision();
}

void Watcher::Round() {
  v1::WatchRequest request;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    request.set_after_revision(after_);
  }
  const grpc::Status ended =
      ReadAllRaw(channel_, "/attlas.graph.v1.GraphService/Watch", request.SerializeAsString(),
                 [this](const std::string& bytes) {
                   Take(bytes);
                   return !stopping();
                 });
  const bool timed_out = ended.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
  if (!MayPass(ended) && !timed_out && !stopping()) return Fault(Told("Watch", ended));
  NoteRetry();
  absl::SleepFor(kPause);
}

}  // namespace attlas::testing
