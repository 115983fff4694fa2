#include "tests/services/graph/graph_fixture.h"

#include <utility>

#include "graph/base/error.h"
#include "services/graph/remote_graph.h"

namespace attlas::services::testing {

ServiceLimits SmallLimits() {
  ServiceLimits limits;
  limits.watch_heartbeat = absl::Milliseconds(50);
  limits.max_mutations = 50;
  limits.max_batch_names = 20;
  limits.max_page_size = 10;
  limits.default_page_size = 4;
  limits.stream_batch_items = 5;
  return limits;
}

GraphHouse::GraphHouse(Access access, const ServiceLimits& limits, graph::Clearance clearance) {
  DaemonOptions options;
  options.listen = "127.0.0.1:0";
  options.data_dir = directory_.file("store");
  options.create = true;
  options.ontology = ::attlas::testing::TestOntology();
  options.services = {"graph"};
  options.runtime.limits = limits;
  options.runtime.local_clearance = std::move(clearance);
  absl::StatusOr<std::unique_ptr<Daemon>> daemon = Daemon::Start(std::move(options));
  if (!daemon.ok()) {
    ADD_FAILURE() << daemon.status();
    std::abort();
  }
  daemon_ = *std::move(daemon);
  local_ = std::make_unique<LocalGraph>(daemon_->graph(), limits, daemon_->runtime().page_tokens());
  remote_ = std::make_unique<RemoteGraph>(RemoteGraph::Connect(daemon_->address()));
  api_ = access == Access::kLocal ? static_cast<GraphApi*>(local_.get()) : remote_.get();
}

GraphHouse::~GraphHouse() { local_.reset(); }

void GraphHouse::StopWatches() {
  local_->StopWatches();
  if (api_ == remote_.get()) daemon_->Shutdown(absl::Seconds(10));
}

CallContext GraphHouse::Call() const {
  CallContext call;
  call.role = access::v1::ROLE_OPERATOR;
  call.deadline = absl::Now() + absl::Minutes(1);
  call.clearance = graph::Clearance::Operator();
  call.request_id = "test";
  return call;
}

CallContext GraphHouse::CallAs(graph::TrafficLight level) const {
  CallContext call = Call();
  call.clearance = graph::Clearance{level, {}, false};
  return call;
}

std::string GraphHouse::Put(const std::vector<graph::Node>& nodes,
                            const std::vector<graph::Edge>& edges) {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode("sources/test");
  for (const graph::Node& node : nodes) *request.add_mutations()->mutable_put_node() = node;
  for (const graph::Edge& edge : edges) *request.add_mutations()->mutable_put_edge() = edge;
  const auto response = api_->Commit(Call(), request);
  EXPECT_OK(response);
  return response.ok() ? response->revision() : "";
}

std::string StateName(int i) {
  std::string name = "states/AAA";
  name[9] = static_cast<char>('A' + i % 26);
  name[8] = static_cast<char>('A' + i / 26);
  return name;
}

std::vector<graph::Node> States(int count) {
  std::vector<graph::Node> nodes;
  for (int i = 0; i < count; ++i) nodes.push_back(MakeNode(StateName(i)));
  return nodes;
}

graph::ErrorDetail DetailOf(const absl::Status& status) {
  return graph::GetErrorDetail(status).value_or(graph::ErrorDetail());
}

std::string MetadataOf(const absl::Status& status, std::string_view key) {
  const graph::ErrorDetail detail = DetailOf(status);
  const std::string* const value = detail.Find(key);
  return value == nullptr ? "" : *value;
}

graph::Node Marked(graph::Node node, graph::TrafficLight level) {
  node.mutable_marking()->set_traffic_light(level);
  return node;
}

graph::Edge Marked(graph::Edge edge, graph::TrafficLight level) {
  edge.mutable_marking()->set_traffic_light(level);
  return edge;
}

void ExpectInvalid(const absl::Status& status, std::string_view field,
                   std::string_view description) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  const graph::ErrorDetail detail = DetailOf(status);
  ASSERT_EQ(detail.violations.size(), 1u) << status;
  EXPECT_EQ(detail.violations[0].field, field);
  EXPECT_EQ(detail.violations[0].description, description);
}

}  // namespace attlas::services::testing
