// What holds for every call: limits, deadlines, clearance, streams that are cut off.
#include <grpcpp/create_channel.h>

#include <chrono>
#include <string>

#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;
using ::testing::HasSubstr;

TEST_F(AttlasdTest, RefusesAMessageThatIsTooLarge) {
  AttlasdProcess daemon(With(arguments(), "--max_message_bytes=65536"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  v1::CommitRequest request = PutSource();
  request.set_reason(std::string(70'000, 'x'));
  EXPECT_THAT(Commit(stub.get(), request),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("65536")));
  EXPECT_OK(Commit(stub.get(), PutSource()));
}

// gRPC's own limit for a client is 4 MiB; no answer may be beyond it unless the client says so.
TEST_F(AttlasdTest, AnswersAreNoLargerThanAClientTakes) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto channel = grpc::CreateChannel(daemon.address(), grpc::InsecureChannelCredentials());
  const auto stub = v1::GraphService::NewStub(channel);
  ASSERT_OK(Commit(stub.get(), PutSource()));
  v1::BatchGetNodesRequest batch;
  for (int part = 0; part < 4; ++part) {  // 8 MB in all, put in messages below the limit.
    v1::CommitRequest commit;
    for (int i = 0; i < 10; ++i) {
      graph::Node node = MakeNode(std::string("states/A") + static_cast<char>('A' + part) +
                                  static_cast<char>('A' + i));
      for (int k = 0; k < 13; ++k) node.add_aliases(std::string(16'000, 'x'));
      batch.add_names(node.name());
      *commit.add_mutations()->mutable_put_node() = node;
      *commit.add_mutations()->mutable_put_edge() = MakeEdge("KNOWS", "sources/test", node.name());
    }
    ASSERT_OK(Commit(stub.get(), commit));
  }
  {
    grpc::ClientContext context;
    v1::BatchGetNodesResponse answer;
    ASSERT_OK(FromGrpcStatus(stub->BatchGetNodes(&context, batch, &answer)));
    EXPECT_THAT(answer.reached_bounds(), ::testing::ElementsAre(v1::BOUND_BYTES));
    EXPECT_EQ(answer.nodes_size() + answer.unread_names_size(), 40);
  }
  {
    grpc::ClientContext context;
    v1::GetNeighborhoodRequest request;
    request.set_node("sources/test");
    v1::GetNeighborhoodResponse answer;
    ASSERT_OK(FromGrpcStatus(stub->GetNeighborhood(&context, request, &answer)));
    EXPECT_THAT(answer.reached_bounds(), ::testing::ElementsAre(v1::BOUND_BYTES));
  }
  {
    grpc::ClientContext context;
    v1::MatchPathsRequest request;
    request.add_patterns()->mutable_start()->add_types("state");
    v1::MatchPathsResponse answer;
    ASSERT_OK(FromGrpcStatus(stub->MatchPaths(&context, request, &answer)));
    EXPECT_THAT(answer.reached_bounds(), ::testing::ElementsAre(v1::BOUND_BYTES));
    EXPECT_EQ(answer.matches_size(), answer.subgraph().nodes_size());
  }
  grpc::ClientContext context;
  v1::TraverseRequest request;
  request.add_start_nodes("sources/test");
  const auto reader = stub->Traverse(&context, request);
  int visits = 0;
  for (v1::TraverseResponse message; reader->Read(&message);) visits += message.visits_size();
  EXPECT_OK(FromGrpcStatus(reader->Finish()));
  EXPECT_EQ(visits, 41);
}

// As the published service config has clients try again.
TEST_F(AttlasdTest, WhatIsUnavailableIsTriedAgainByGrpc) {
  AttlasdProcess daemon({"--listen=127.0.0.1:0", "--admin_listen=127.0.0.1:0",
                         "--services=instruments", "--graph_address=unix:/nowhere"});
  daemon.WaitUntilServing();
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(
      R"({"methodConfig":[{"name":[{}],"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.1s",)"
      R"("maxBackoff":"0.1s","backoffMultiplier":1,"retryableStatusCodes":["UNAVAILABLE"]}}]})");
  const auto channel =
      grpc::CreateCustomChannel(daemon.address(), grpc::InsecureChannelCredentials(), arguments);
  const RawAnswer answer =
      CallRaw(channel, "/attlas.instruments.v1.InstrumentService/ListInstruments", "");
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(GetMetrics(daemon.metrics_port()),
              HasSubstr(R"(code="UNAVAILABLE",method="ListInstruments",)"
                        R"(service="attlas.instruments.v1.InstrumentService"} 3)"));
}

TEST_F(AttlasdTest, ACallEndsAtItsDeadline) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(300));
  v1::ImportResponse response;
  const auto writer = stub->Import(&context, &response);
  v1::ImportRequest batch;
  *batch.add_nodes() = MakeNode("sources/test");
  writer->Write(batch);  // On a busy machine the deadline may be over already.
  // The end of the stream never comes; the deadline does, and nothing is applied.
  EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_THAT(GetNode(stub.get(), "sources/test"), StatusIs(absl::StatusCode::kNotFound));
}

// To the server, a client that dies and one that is done look alike; the row count tells them
// apart.
TEST_F(AttlasdTest, AnImportThatWasCutOffAppliesNothing) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  const auto import = [&](bool whole) {
    grpc::ClientContext context;
    SetPatience(&context);
    v1::ImportResponse response;
    const auto writer = stub->Import(&context, &response);
    v1::ImportRequest batch;
    *batch.add_nodes() = MakeNode("sources/test");
    if (whole) batch.set_row_count(1);
    EXPECT_TRUE(writer->Write(batch));
    writer->WritesDone();
    return FromGrpcStatus(writer->Finish());
  };
  EXPECT_THAT(import(/*whole=*/false),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("row_count")));
  EXPECT_THAT(GetNode(stub.get(), "sources/test"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(import(/*whole=*/true));
  EXPECT_OK(GetNode(stub.get(), "sources/test"));
}

TEST_F(AttlasdTest, CallersSeeAndMarkNoMoreThanTheirClearance) {
  AttlasdProcess daemon(With(arguments(), "--clearance=green"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Commit(stub.get(), PutSource()));
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode("states/IDN");
  request.mutable_mutations(0)->mutable_put_node()->mutable_marking()->set_traffic_light(
      v1::TRAFFIC_LIGHT_AMBER);
  const auto refused = Commit(stub.get(), request);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(graph::GetErrorDetail(refused.status())->reason, "MARKING_ABOVE_CLEARANCE");
}

}  // namespace
}  // namespace attlas::testing
