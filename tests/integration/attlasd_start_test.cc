// attlasd as its operators meet it: start, restart, addresses.
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using services::FromGrpcStatus;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(AttlasdTest, ServesAndEndsWithZeroOnSigterm) {
  AttlasdProcess daemon(With(arguments(), "--port_file=" + directory_.file("port")));
  EXPECT_THAT(daemon.WaitUntilServing(),
              MatchesRegex("attlasd serves graph on 127.0.0.1:[0-9]+; 0 nodes, 0 edges, "
                           "revision 0"));
  std::string port;
  std::ifstream(directory_.file("port")) >> port;
  EXPECT_EQ("127.0.0.1:" + port, daemon.address());
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Commit(stub.get(), PutSource()));
  EXPECT_OK(GetNode(stub.get(), "sources/test"));
  stub.reset();  // An idle client looks only every 5 s whether its server says goodbye.
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait().exit_code, 0);
}

TEST_F(AttlasdTest, KeepsWhatWasCommittedAndItsPageTokensOverARestart) {
  v1::ListNodesRequest request;
  request.set_page_size(1);
  v1::ListNodesResponse page;
  {
    AttlasdProcess daemon(arguments());
    daemon.WaitUntilServing();
    const auto stub = v1::GraphService::NewStub(daemon.Connect());
    v1::CommitRequest commit = PutSource();
    *commit.add_mutations()->mutable_put_node() = MakeNode("states/IDN");
    ASSERT_OK(Commit(stub.get(), commit));
    grpc::ClientContext context;
    ASSERT_TRUE(stub->ListNodes(&context, request, &page).ok());
    daemon.Signal(SIGKILL);
    daemon.Wait();
  }
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  request.set_page_token(page.next_page_token());
  grpc::ClientContext context;
  SetPatience(&context);
  ASSERT_OK(FromGrpcStatus(stub->ListNodes(&context, request, &page)));
  ASSERT_THAT(page.nodes(), SizeIs(1));
  EXPECT_EQ(page.nodes(0).name(), "states/IDN");
}

TEST_F(AttlasdTest, ASecondDaemonOnTheSameStoreIsRefused) {
  AttlasdProcess first(arguments());
  ASSERT_THAT(first.WaitUntilServing(), Not(IsEmpty()));
  const Ended second = RunToTheEnd(arguments());
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.errors, HasSubstr(directory_.file("store")));
  EXPECT_EQ(std::count(second.errors.begin(), second.errors.end(), '\n'), 1);
}

TEST_F(AttlasdTest, AnAddressInUseIsSaid) {
  AttlasdProcess first(arguments());
  ASSERT_THAT(first.WaitUntilServing(), Not(IsEmpty()));
  const TemporaryDirectory other;
  const Ended second =
      RunToTheEnd(With(ServeArguments(other.path()), "--listen=" + first.address()));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.errors, HasSubstr("attlasd: cannot listen on " + first.address() +
                                       "; is the address in use? Choose another with --listen\n"));
}

TEST_F(AttlasdTest, ServesOnAUnixSocket) {
  AttlasdProcess daemon(With(arguments(), "--listen=unix:" + directory_.file("socket")));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  EXPECT_OK(Commit(stub.get(), PutSource()));
}

}  // namespace
}  // namespace attlas::testing
