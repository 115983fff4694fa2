// Every RPC of GraphService on arbitrary requests, asked by a caller who must not see everything.
//
// The first byte of an input chooses the RPC, in the order of the service; the rest is the request.
#include "attlas/graph/v1/graph_service.pb.h"

#include <functional>
#include <memory>

#include "services/graph/local_graph.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/testing/eventually.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::fuzz {
namespace {

namespace v1 = graph::v1;
using attlas::testing::MakeDatedEdge;
using attlas::testing::MakeEdge;
using attlas::testing::MakeNode;
using services::CallContext;
using services::LocalGraph;

constexpr char kSecret[] = "Xq7Secret";
constexpr uint64_t kMostRevisions = 200;

template <typename Statement>
Statement Red(Statement statement) {
  statement.mutable_marking()->set_traffic_light(v1::TRAFFIC_LIGHT_RED);
  return statement;
}

services::ServiceLimits FuzzLimits() {
  services::ServiceLimits limits;
  limits.max_mutations = 20;
  limits.max_batch_names = 20;
  limits.max_import_rows = 50;
  limits.max_nodes_visited = 2'000;
  limits.max_results = 200;
  limits.max_depth = 4;
  limits.stream_batch_items = 3;
  return limits;
}

// A store with a handful of things, a part of them above the clearance of the caller.
class World {
 public:
  World() {
    graph::GraphOptions options;
    options.path = directory_.file("store");
    options.ontology = attlas::testing::TestOntology();
    options.block_cache_bytes = 1 << 20;
    auto opened = graph::Graph::Open(options);
    Require(opened.ok(), "the store does not open");
    graph_ = *std::move(opened);
    services::PageTokenKey key;
    local_ =
        std::make_unique<LocalGraph>(graph_.get(), FuzzLimits(), services::PageTokenCodec(key));
    v1::CommitRequest commit;
    for (const graph::Node& node :
         {MakeNode("sources/test"), MakeNode("states/IDN", "Indonesia"),
          MakeNode("states/PHL", "Philippines"), MakeNode("instruments/att", "ATT"),
          MakeNode("organizations/asean", "ASEAN"), Red(MakeNode("states/XQS", kSecret))}) {
      *commit.add_mutations()->mutable_put_node() = node;
    }
    for (const graph::Edge& edge :
         {MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2013-09-25"),
          MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean"),
          MakeEdge("MEMBER_OF", "states/PHL", "organizations/asean"),
          MakeEdge("KNOWS", "states/XQS", "states/IDN"),
          Red(MakeEdge("KNOWS", "states/IDN", "states/PHL", kSecret))}) {
      *commit.add_mutations()->mutable_put_edge() = edge;
    }
    CallContext owner;
    owner.clearance = graph::Clearance::Operator();
    Require(local_->Commit(owner, commit).ok(), "the store cannot be filled");
  }
  LocalGraph& local() { return *local_; }
  uint64_t revision() const { return graph_->LatestRevision(); }

 private:
  attlas::testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<LocalGraph> local_;
};

CallContext Caller() {
  CallContext call;
  call.clearance = graph::Clearance{v1::TRAFFIC_LIGHT_GREEN, {}, false};
  call.request_id = "fuzz";
  call.deadline = absl::Now() + attlas::testing::kPatience;
  return call;
}

// What a caller may never be told, whatever was asked.
void CheckStatus(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kDeadlineExceeded:
      Require(false, status.ToString());
      break;
    default:
      break;
  }
  Require(status.ToString().find(kSecret) == std::string::npos, "an error tells a secret");
}

void CheckAnswer(const google::protobuf::Message& response) {
  const std::string text = response.SerializeAsString();
  Require(text.find(kSecret) == std::string::npos, "an answer tells a secret");
  Require(text.find("states/XQS") == std::string::npos, "an answer names what is hidden");
}

// What was asked by name may come back in errors and in `missing_names`; nothing else may.
bool AsksForTheSecret(std::string_view bytes) {
  return bytes.find(kSecret) != std::string_view::npos ||
         bytes.find("XQS") != std::string_view::npos;
}

template <typename Request>
bool Parse(std::string_view bytes, Request* request) {
  return request->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

using Rpc = std::function<void(LocalGraph&, std::string_view)>;

template <typename Request, typename Response>
Rpc Unary(absl::StatusOr<Response> (LocalGraph::*method)(const CallContext&, const Request&)) {
  return [method](LocalGraph& graph, std::string_view bytes) {
    Request request;
    if (!Parse(bytes, &request)) return;
    const absl::StatusOr<Response> response = (graph.*method)(Caller(), request);
    CheckStatus(response.status());
    if (response.ok()) CheckAnswer(services::MessageOf(*response));
  };
}

template <typename Request, typename Response>
Rpc Stream(absl::Status (LocalGraph::*method)(const CallContext&, const Request&,
                                              services::GraphApi::Sink<Response>)) {
  return [method](LocalGraph& graph, std::string_view bytes) {
    Request request;
    if (!Parse(bytes, &request)) return;
    CallContext call = Caller();
    // A watch has no end of its own: the caller leaves after the first sign of life.
    int messages = 0;
    if constexpr (std::is_same_v<Request, v1::WatchRequest>) {
      call.cancelled = [&] { return messages > 0; };
    }
    CheckStatus((graph.*method)(call, request, [&](Response&& response) {
      CheckAnswer(response);
      return ++messages < 20;
    }));
  };
}

Rpc Import() {
  return [](LocalGraph& graph, std::string_view bytes) {
    v1::ImportRequest request;
    if (!Parse(bytes, &request)) return;
    int messages = 0;
    const auto response = graph.Import(Caller(), [&](v1::ImportRequest* next) {
      *next = request;
      return messages++ == 0;
    });
    CheckStatus(response.status());
    if (response.ok()) CheckAnswer(*response);
  };
}

const std::vector<Rpc>& Rpcs() {
  static const auto* const rpcs =
      new std::vector<Rpc>{Unary(&LocalGraph::GetNode),         Unary(&LocalGraph::BatchGetNodes),
                           Unary(&LocalGraph::ListNodes),       Unary(&LocalGraph::ListEdges),
                           Unary(&LocalGraph::Commit),          Stream(&LocalGraph::Traverse),
                           Unary(&LocalGraph::MatchPaths),      Unary(&LocalGraph::FindPaths),
                           Unary(&LocalGraph::GetNeighborhood), Stream(&LocalGraph::Watch),
                           Unary(&LocalGraph::GetHistory),      Unary(&LocalGraph::GetOntology),
                           Unary(&LocalGraph::GetStatistics),   Import(),
                           Stream(&LocalGraph::Export)};
  return *rpcs;
}

}  // namespace

void Fuzz(std::string_view input) {
  // Destroyed at the end: a published snapshot is found by no search for leaks.
  static auto world = std::make_unique<World>();
  if (input.empty() || AsksForTheSecret(input)) return;
  if (world->revision() > kMostRevisions) {
    world.reset();
    world = std::make_unique<World>();
  }
  const auto rpc = static_cast<unsigned char>(input[0]) % Rpcs().size();
  Rpcs()[rpc](world->local(), input.substr(1));
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  const auto add = [&](char rpc, const google::protobuf::Message& request) {
    seeds.push_back(std::string(1, rpc) + request.SerializeAsString());
  };
  v1::GetNodeRequest node;
  node.set_name("states/IDN");
  node.mutable_read()->mutable_as_of()->set_year(2014);
  add(0, node);
  v1::BatchGetNodesRequest batch;
  batch.add_names("states/IDN");
  batch.add_names("instruments/att");
  batch.set_allow_missing(true);
  batch.set_max_bytes(100);
  add(1, batch);
  v1::ListNodesRequest nodes;
  nodes.mutable_selector()->add_types("state");
  v1::PropertyPredicate* predicate = nodes.mutable_selector()->add_predicates();
  predicate->set_property("population");
  predicate->set_comparison(v1::COMPARISON_GREATER);
  predicate->mutable_value()->set_integer(5);
  nodes.set_page_size(2);
  add(2, nodes);
  v1::ListEdgesRequest edges;
  edges.set_node("states/PHL");
  edges.add_types("SIGNED");
  edges.set_page_token("AQ");
  add(3, edges);
  v1::CommitRequest commit;
  commit.set_reason("why");
  commit.set_request_id("2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b");
  *commit.add_mutations()->mutable_put_node() = MakeNode("states/FJI", "Fiji");
  *commit.add_mutations()->mutable_put_edge() =
      MakeDatedEdge("SIGNED", "states/FJI", "instruments/att", "2013", "2015");
  commit.add_mutations()->set_delete_edge("edges/abc");
  commit.add_preconditions()->set_must_exist("states/IDN");
  add(4, commit);
  v1::TraverseRequest traverse;
  traverse.add_start_nodes("states/IDN");
  traverse.set_max_depth(3);
  traverse.set_direction(v1::DIRECTION_EITHER);
  add(5, traverse);
  v1::MatchPathsRequest match;
  v1::Pattern* pattern = match.add_patterns();
  pattern->mutable_start()->add_types("state");
  v1::Hop* hop = pattern->add_hops();
  hop->add_edge_types("KNOWS");
  hop->set_max_repeats(2);
  hop->set_direction(v1::DIRECTION_EITHER);
  add(6, match);
  match.set_result(v1::MATCH_RESULT_SUBGRAPH);
  match.set_max_bytes(300);
  add(6, match);
  v1::FindPathsRequest paths;
  paths.set_from("states/IDN");
  paths.set_to("instruments/att");
  paths.set_max_paths(3);
  paths.set_confidence_penalty(0.5);
  add(7, paths);
  v1::GetNeighborhoodRequest around;
  around.set_node("states/IDN");
  around.set_max_depth(2);
  around.set_max_bytes(200);
  add(8, around);
  v1::WatchRequest watch;
  watch.set_from_earliest(true);
  watch.add_types("state");
  add(9, watch);
  v1::GetHistoryRequest history;
  history.set_name("states/IDN");
  add(10, history);
  add(11, v1::GetOntologyRequest());
  v1::GetStatisticsRequest statistics;
  statistics.mutable_read()->set_min_confidence(v1::CONFIDENCE_SEEN);
  add(12, statistics);
  v1::ImportRequest import;
  *import.add_nodes() = MakeNode("states/TLS");
  *import.add_edges() = MakeEdge("KNOWS", "states/TLS", "states/IDN");
  import.set_row_count(2);
  add(13, import);
  v1::ExportRequest exported;
  exported.add_types("state");
  exported.mutable_read()->set_ceiling(v1::TRAFFIC_LIGHT_CLEAR);
  add(14, exported);
  return seeds;
}

}  // namespace attlas::fuzz
