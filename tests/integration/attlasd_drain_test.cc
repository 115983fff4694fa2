// The end of attlasd: running calls end, streams are told.
#include <grpcpp/create_channel.h>
#include <signal.h>

#include <string>

#include "tests/integration/attlasd_fixture.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;

TEST_F(AttlasdTest, DrainLetsARunningCallEndAndEndsWatches) {
  AttlasdProcess daemon(With(arguments(), "--admin_listen=127.0.0.1:0"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  grpc::ClientContext import_context;
  SetPatience(&import_context);
  v1::ImportResponse imported;
  const auto import = stub->Import(&import_context, &imported);
  v1::ImportRequest batch;
  *batch.add_nodes() = MakeNode("sources/test");
  ASSERT_TRUE(import->Write(batch));
  // That is written, not yet received: a call that comes after the signal would be refused.
  const std::string running = R"(attlas_rpc_in_flight{method="Import",)"
                              R"(service="attlas.graph.v1.GraphService"} 1)";
  ASSERT_TRUE(Eventually(
      [&] { return GetMetrics(daemon.metrics_port()).find(running) != std::string::npos; }));

  grpc::ClientContext watch_context;
  SetPatience(&watch_context);
  const auto watch = stub->Watch(&watch_context, v1::WatchRequest());
  v1::WatchResponse sign;
  ASSERT_TRUE(watch->Read(&sign));

  daemon.Signal(SIGTERM);
  while (watch->Read(&sign)) {
  }
  EXPECT_THAT(FromGrpcStatus(watch->Finish()), StatusIs(absl::StatusCode::kUnavailable));
  v1::ImportRequest last;
  last.set_row_count(1);
  ASSERT_TRUE(import->Write(last));
  import->WritesDone();
  EXPECT_OK(FromGrpcStatus(import->Finish()));
  EXPECT_EQ(imported.created_count(), 1);
  EXPECT_EQ(daemon.Wait().exit_code, 0);
}

// A reader that takes nothing holds up neither the drain nor the end.
TEST_F(AttlasdTest, DrainEndsAnExportThatNobodyReads) {
  AttlasdProcess daemon(With(arguments(), "--drain_seconds=0"));
  daemon.WaitUntilServing();
  // A window that does not grow, so that what nobody reads stays with the daemon.
  grpc::ChannelArguments window;
  window.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  window.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  window.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65'536);
  const auto stub = v1::GraphService::NewStub(
      grpc::CreateCustomChannel(daemon.address(), grpc::InsecureChannelCredentials(), window));
  ASSERT_OK(Commit(stub.get(), PutSource()));
  for (int part = 0; part < 4; ++part) {
    v1::CommitRequest commit;
    for (int i = 0; i < 10; ++i) {
      graph::Node node = MakeNode(std::string("states/A") + static_cast<char>('A' + part) +
                                  static_cast<char>('A' + i));
      for (int k = 0; k < 13; ++k) node.add_aliases(std::string(16'000, 'x'));
      *commit.add_mutations()->mutable_put_node() = node;
    }
    ASSERT_OK(Commit(stub.get(), commit));
  }
  grpc::ClientContext context;
  const auto reader = stub->Export(&context, v1::ExportRequest());
  v1::ExportResponse first;
  ASSERT_TRUE(reader->Read(&first));
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait().exit_code, 0);
  while (reader->Read(&first)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

TEST_F(AttlasdTest, DrainCancelsWhatOutlivesIt) {
  AttlasdProcess daemon(With(arguments(), "--drain_seconds=0"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  grpc::ClientContext context;
  SetPatience(&context);
  v1::ImportResponse imported;
  const auto import = stub->Import(&context, &imported);
  v1::ImportRequest batch;
  *batch.add_nodes() = MakeNode("sources/test");
  ASSERT_TRUE(import->Write(batch));
  ASSERT_OK(Commit(stub.get(), PutSource()));  // The import has reached the server by now.
  daemon.Signal(SIGINT);
  EXPECT_EQ(daemon.Wait().exit_code, 0);
  EXPECT_FALSE(import->Finish().ok());
}

}  // namespace
}  // namespace attlas::testing
