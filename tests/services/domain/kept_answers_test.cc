// Kept answers of all services, over daemons on copies of one store.
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "services/attlasd/daemon.h"
#include "services/common/question_handler.h"
#include "services/graph/remote_graph.h"
#include "services/synergy/synergy_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::services {
namespace {

using ::testing::HasSubstr;
using GraphService = graph::v1::GraphService;
using InstrumentService = instruments::v1::InstrumentService;
using SynergyService = synergy::v1::SynergyService;

// A daemon over a copy of the curated store.
class House {
 public:
  explicit House(size_t answer_cache_bytes) {
    EXPECT_OK(testing::CopyCuratedStore(directory_.file("store")));
    DaemonOptions options;
    options.listen = "127.0.0.1:0";
    options.data_dir = directory_.file("store");
    options.runtime.answer_cache_bytes = answer_cache_bytes;
    absl::StatusOr<std::unique_ptr<Daemon>> daemon = Daemon::Start(std::move(options));
    if (!daemon.ok()) {
      ADD_FAILURE() << daemon.status();
      std::abort();
    }
    daemon_ = *std::move(daemon);
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    channel = grpc::CreateCustomChannel(daemon_->address(), grpc::InsecureChannelCredentials(),
                                        arguments);
    graph = GraphService::NewStub(channel);
    instruments = InstrumentService::NewStub(channel);
    synergy = SynergyService::NewStub(channel);
  }

  Daemon& daemon() { return *daemon_; }
  AnswerCache::Statistics statistics() { return daemon_->runtime().answers().statistics(); }

  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<GraphService::Stub> graph;
  std::unique_ptr<InstrumentService::Stub> instruments;
  std::unique_ptr<SynergyService::Stub> synergy;

 private:
  testing::TemporaryDirectory directory_;
  std::unique_ptr<Daemon> daemon_;
};

constexpr size_t kPlenty = size_t{64} << 20;

template <typename Stub, typename Request, typename Response>
using StubMethod = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

template <typename Stub, typename Request, typename Response>
Response Ask(const std::unique_ptr<Stub>& stub, StubMethod<Stub, Request, Response> method,
             const Request& request) {
  grpc::ClientContext context;
  Response response;
  const grpc::Status status = ((*stub).*method)(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

// Asks the daemon without a cache once and the one with a cache twice: three equal answers, of
// which the last was kept.
template <typename Stub, typename Request, typename Response>
void ExpectSameAnswers(House& plain, House& keeping, std::unique_ptr<Stub> House::*stub,
                       StubMethod<Stub, Request, Response> method, const Request& request) {
  const uint64_t hits = keeping.statistics().hits;
  Response made = Ask(plain.*stub, method, request);
  Response fresh = Ask(keeping.*stub, method, request);
  Response kept = Ask(keeping.*stub, method, request);
  EXPECT_EQ(keeping.statistics().hits, hits + 1) << Request::descriptor()->full_name();
  EXPECT_EQ(kept.SerializeAsString(), fresh.SerializeAsString());
  if constexpr (requires { made.clear_next_page_token(); }) {
    // Page tokens are encrypted, and so never the same twice.
    made.clear_next_page_token();
    kept.clear_next_page_token();
  }
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(made, kept))
      << Request::descriptor()->full_name();
}

TEST(KeptAnswersTest, AreTheSameAsThoseMadeAnewOverAllMethods) {
  House plain(0);
  House keeping(kPlenty);
  const graph::v1::ReadOptions read = testing::AsOf("2026-02-03");
  const auto instruments = [&](auto method, auto request) {
    *request.mutable_read() = read;
    ExpectSameAnswers(plain, keeping, &House::instruments, method, request);
  };
  const auto synergy = [&](auto method, auto request) {
    *request.mutable_read() = read;
    ExpectSameAnswers(plain, keeping, &House::synergy, method, request);
  };
  instruments(&InstrumentService::Stub::ListInstruments, instruments::v1::ListInstrumentsRequest());
  instruments::v1::GetInstrumentRequest get;
  get.set_name("instruments/att");
  instruments(&InstrumentService::Stub::GetInstrument, get);
  instruments::v1::GetStateProfileRequest profile;
  profile.set_state("states/IDN");
  instruments(&InstrumentService::Stub::GetStateProfile, profile);
  instruments::v1::GetStatusRequest status;
  status.set_instrument("instruments/att");
  instruments(&InstrumentService::Stub::GetStatus, status);
  instruments::v1::GetStatusTimelineRequest timeline;
  timeline.set_instrument("instruments/att");
  instruments(&InstrumentService::Stub::GetStatusTimeline, timeline);
  instruments::v1::CompareFiguresRequest figures;
  figures.set_figure("figures/sas-18-of-40");
  instruments(&InstrumentService::Stub::CompareFigures, figures);

  synergy::v1::FindSynergiesRequest synergies;
  synergies.set_state("states/IDN");
  synergies.set_target("instruments/att");
  synergies.set_include_sources(true);
  synergy(&SynergyService::Stub::FindSynergies, synergies);
  synergy::v1::CompareInstrumentsRequest compare;
  compare.set_instrument("instruments/att");
  compare.add_others("instruments/unpoa");
  synergy(&SynergyService::Stub::CompareInstruments, compare);
  synergy::v1::SimulateParticipationRequest simulate;
  simulate.set_state("states/IDN");
  simulate.set_target("instruments/att");
  synergy::v1::SupposedChange* change = simulate.add_changes();
  change->set_instrument("instruments/att");
  change->set_act(synergy::v1::SUPPOSED_ACT_JOIN);
  synergy(&SynergyService::Stub::SimulateParticipation, simulate);
  synergy::v1::FindBridgesRequest bridges;
  bridges.set_state("states/IDN");
  bridges.set_target("instruments/att");
  synergy(&SynergyService::Stub::FindBridges, bridges);

  EXPECT_EQ(plain.statistics().misses, 0u);
  EXPECT_EQ(keeping.statistics().values, 10u);
  const std::string metrics = keeping.daemon().runtime().metrics().Text();
  EXPECT_NE(metrics.find("attlas_answer_cache_hits_total 10\n"), std::string::npos);
}

TEST(KeptAnswersTest, AreTheSameOverAllReadsOfTheGraph) {
  House plain(0);
  House keeping(kPlenty);
  const auto graph = [&](auto method, const auto& request) {
    ExpectSameAnswers(plain, keeping, &House::graph, method, request);
  };
  graph::v1::GetNodeRequest node;
  node.set_name("states/IDN");
  graph(&GraphService::Stub::GetNode, node);
  graph::v1::BatchGetNodesRequest batch;
  batch.add_names("states/IDN");
  batch.add_names("instruments/att");
  graph(&GraphService::Stub::BatchGetNodes, batch);
  graph(&GraphService::Stub::ListNodes, graph::v1::ListNodesRequest());
  graph::v1::ListEdgesRequest edges;
  edges.set_node("states/IDN");
  graph(&GraphService::Stub::ListEdges, edges);
  graph::v1::MatchPathsRequest match;
  match.set_result(graph::v1::MATCH_RESULT_SUBGRAPH);
  graph::v1::Pattern* pattern = match.add_patterns();
  pattern->mutable_start()->add_names("states/IDN");
  pattern->add_hops();
  graph(&GraphService::Stub::MatchPaths, match);
  match.set_omit_node_citations(true);
  graph(&GraphService::Stub::MatchPaths, match);
  graph::v1::FindPathsRequest paths;
  paths.set_from("states/IDN");
  paths.set_to("instruments/att");
  graph(&GraphService::Stub::FindPaths, paths);
  graph::v1::GetNeighborhoodRequest around;
  around.set_node("states/IDN");
  graph(&GraphService::Stub::GetNeighborhood, around);
  EXPECT_EQ(keeping.statistics().values, 8u);
}

// Where the graph is in another process, whose redactions are not told here, no law is kept; the
// answer is the same.
TEST(KeptAnswersTest, SynergiesAreTheSameOverAGraphElsewhere) {
  House house(0);
  RemoteGraph graph(house.channel);
  const synergy::SynergyQueries queries(&graph);
  synergy::v1::FindSynergiesRequest request;
  *request.mutable_read() = testing::AsOf("2026-02-03");
  request.set_state("states/IDN");
  request.set_target("instruments/att");
  request.set_include_sources(true);
  for (int i = 0; i < 3; ++i) {
    const auto found = queries.FindSynergies(testing::OperatorCall(), request);
    ASSERT_OK(found);
    const auto hosted = Ask(house.synergy, &SynergyService::Stub::FindSynergies, request);
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(found->Parse(), hosted));
  }
}

// The name of the ATT in the graph, as a read of the latest revision has it.
std::string NodeOfAtt(House& house) {
  graph::v1::GetNodeRequest request;
  request.set_name("instruments/att");
  return Ask(house.graph, &GraphService::Stub::GetNode, request).node().display_name();
}

// What the graph says now of the name of the ATT.
std::string NameOfAtt(House& house, const graph::v1::ReadOptions& read) {
  instruments::v1::GetInstrumentRequest request;
  *request.mutable_read() = read;
  request.set_name("instruments/att");
  return Ask(house.instruments, &InstrumentService::Stub::GetInstrument, request)
      .instrument()
      .display_name();
}

// Gives the ATT another name, and returns the revision before.
std::string RenameAtt(House& house, const std::string& display_name) {
  graph::Graph& graph = *house.daemon().graph();
  const std::string before = graph.RevisionToken(graph.LatestRevision());
  const auto view = graph.Read(graph::v1::ReadOptions(), graph::Clearance::Operator());
  EXPECT_OK(view);
  graph::CommitInput input;
  graph::Node& node = *input.mutations.emplace_back().mutable_put_node();
  node = **graph.ReadNode(*view, *graph.FindNode(*view, "instruments/att"));
  node.clear_etag();
  node.set_display_name(display_name);
  EXPECT_OK(graph.Commit(std::move(input)));
  return before;
}

TEST(KeptAnswersTest, ACommitChangesTheAnswerAndThePastKeepsItsOwn) {
  House house(kPlenty);
  const std::string first = NameOfAtt(house, {});
  EXPECT_EQ(NameOfAtt(house, {}), first);
  graph::v1::ReadOptions past;
  past.set_at_revision(RenameAtt(house, "Another name"));
  EXPECT_EQ(NameOfAtt(house, {}), "Another name");
  EXPECT_EQ(NameOfAtt(house, {}), "Another name");
  EXPECT_EQ(NameOfAtt(house, past), first);
  EXPECT_EQ(NameOfAtt(house, past), first);
}

TEST(KeptAnswersTest, ACommitChangesReadsOfTheGraph) {
  House house(kPlenty);
  EXPECT_EQ(NodeOfAtt(house), "ATT");
  EXPECT_EQ(NodeOfAtt(house), "ATT");
  RenameAtt(house, "Another name");
  EXPECT_EQ(NodeOfAtt(house), "Another name");
}

// Where no answer is kept, each is made over the law that is: the daemon tells it of redactions
// too.
TEST(KeptAnswersTest, ARedactionReachesWhatAnswersAreMadeOf) {
  House house(0);
  graph::Graph& graph = *house.daemon().graph();
  graph::v1::ListEdgesRequest list;
  list.set_node("provisions/unpoa-sec-ii-para-14");
  list.add_types("SERVES");
  graph::CommitInput input;
  graph::Edge& secret = *input.mutations.emplace_back().mutable_put_edge();
  secret = Ask(house.graph, &GraphService::Stub::ListEdges, list).edges(0);
  ASSERT_EQ(secret.to(), "themes/brokering");
  secret.clear_etag();
  secret.mutable_marking()->set_space("spaces/room");
  for (graph::v1::Property& property : *secret.mutable_properties()) {
    if (property.name() == "paraphrase") property.mutable_value()->set_text("Secret words");
  }
  ASSERT_OK(graph.Commit(std::move(input)));
  synergy::v1::FindSynergiesRequest request;
  request.set_state("states/IDN");
  request.set_target("instruments/att");
  request.mutable_read()->set_at_revision(graph.RevisionToken(graph.LatestRevision()));
  const auto is_told = [&] {
    const auto answer = Ask(house.synergy, &SynergyService::Stub::FindSynergies, request);
    return answer.SerializeAsString().find("Secret words") != std::string::npos;
  };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(is_told()) << i;
  const auto redacted = graph.Redact(
      {.scopes = {{.space = "spaces/room", .through_revision = graph.LatestRevision()}}});
  ASSERT_OK(redacted);
  EXPECT_EQ(redacted->erased, 1u);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(is_told()) << i;
}

TEST(KeptAnswersTest, ErrorsAreNotKept) {
  House house(kPlenty);
  instruments::v1::GetInstrumentRequest request;
  request.set_name("instruments/no-such");
  for (int i = 0; i < 2; ++i) {
    grpc::ClientContext context;
    instruments::v1::GetInstrumentResponse response;
    const grpc::Status status = house.instruments->GetInstrument(&context, request, &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  }
  EXPECT_EQ(house.statistics().hits, 0u);
  EXPECT_EQ(house.statistics().values, 0u);
}

TEST(KeptAnswersTest, BytesThatAreNoRequestAreRefusedAsEverywhere) {
  House house(kPlenty);
  const auto channel =
      grpc::CreateChannel(house.daemon().address(), grpc::InsecureChannelCredentials());
  const grpc::internal::RpcMethod method("/attlas.synergy.v1.SynergyService/FindSynergies",
                                         grpc::internal::RpcMethod::NORMAL_RPC);
  const grpc::Slice slice("\xff\xff\xff");
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::ClientContext context;
  const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), method, &context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("cannot be read"));
}

// The places of one question by callers of different clearance.
class AnswerPlaceTest : public ::testing::Test {
 protected:
  AnswerPlaceTest() { request_.set_name("instruments/att"); }

  AnswerPlace PlaceOf(graph::Clearance clearance) {
    CallContext context;
    context.clearance = std::move(clearance);
    return AnswerPlace(method_, testing::CuratedGraph(), context, request_.read(), request_);
  }
  std::string Revision() { return *testing::CuratedGraph().KnownRevision(request_.read()); }
  static grpc::ByteBuffer Bytes() {
    const grpc::Slice slice("an answer");
    return grpc::ByteBuffer(&slice, 1);
  }

  ServiceRuntime runtime_{ServiceRuntimeOptions()};
  Method method_{&runtime_, "attlas.instruments.v1.InstrumentService", "GetInstrument"};
  instruments::v1::GetInstrumentRequest request_;
};

TEST_F(AnswerPlaceTest, TwoClearancesNeverShareAnAnswer) {
  const std::vector<graph::Clearance> clearances = {
      {graph::v1::TRAFFIC_LIGHT_CLEAR, {}, false},
      {graph::v1::TRAFFIC_LIGHT_RED, {}, false},
      {graph::v1::TRAFFIC_LIGHT_RED, {"spaces/room"}, false},
      graph::Clearance::Operator()};
  for (size_t i = 0; i < clearances.size(); ++i) {
    EXPECT_EQ(PlaceOf(clearances[i]).Find(), nullptr) << i;
    PlaceOf(clearances[i]).Keep(Revision(), Bytes());
    EXPECT_NE(PlaceOf(clearances[i]).Find(), nullptr) << i;
  }
}

TEST_F(AnswerPlaceTest, AnAnswerOfAnotherRevisionIsNotKept) {
  const AnswerPlace place = PlaceOf(graph::Clearance::Operator());
  place.Keep("another revision", Bytes());
  EXPECT_EQ(place.Find(), nullptr);
}

TEST_F(AnswerPlaceTest, AnExactRevisionAndTheLatestAreBothKept) {
  request_.mutable_read()->set_at_revision(Revision());
  PlaceOf(graph::Clearance::Operator()).Keep(Revision(), Bytes());
  EXPECT_NE(PlaceOf(graph::Clearance::Operator()).Find(), nullptr);
}

TEST_F(AnswerPlaceTest, WhereTheRevisionIsAnErrorThereIsNoPlace) {
  const std::string revision = Revision();
  request_.mutable_read()->set_at_revision("no revision");
  const AnswerPlace place = PlaceOf(graph::Clearance::Operator());
  place.Keep(revision, Bytes());
  EXPECT_EQ(place.Find(), nullptr);
  EXPECT_EQ(runtime_.answers().statistics().values, 0u);
}

}  // namespace
}  // namespace attlas::services
