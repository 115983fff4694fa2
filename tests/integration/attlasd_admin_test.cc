// What attlasd tells its operators: metrics, health, channelz, a page.
#include <grpcpp/create_channel.h>

#include <string>

#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(AttlasdTest, ServesMetrics) {
  AttlasdProcess daemon(With(arguments(), "--admin_listen=127.0.0.1:0"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Commit(stub.get(), PutSource()));
  const std::string metrics = GetMetrics(daemon.metrics_port());
  EXPECT_THAT(metrics,
              HasSubstr(R"(attlas_rpc_handled_total{caller="operator",code="OK",method="Commit",)"
                        R"(service="attlas.graph.v1.GraphService"} 1)"));
  EXPECT_THAT(metrics, HasSubstr("attlas_graph_revision 1"));
}

TEST_F(AttlasdTest, TellsItsHealthAndItsServices) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto channel = daemon.Connect();
  const std::string check = "/grpc.health.v1.Health/Check";
  const std::string serving = "\x08\x01";
  const auto named = [](const std::string& service) {
    return std::string("\x0a") + static_cast<char>(service.size()) + service;
  };
  EXPECT_EQ(CallRaw(channel, check, "").response, serving);
  EXPECT_EQ(CallRaw(channel, check, named("attlas.graph.v1.GraphService")).response, serving);
  EXPECT_EQ(CallRaw(channel, check, named("attlas.no.Service")).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
  // ServerReflectionRequest{list_services: ""}.
  const RawAnswer services =
      ExchangeRaw(channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                  std::string("\x3a\x00", 2));
  EXPECT_THAT(services.response, HasSubstr("attlas.graph.v1.GraphService"));
  // What tells of callers is on the admin address alone.
  EXPECT_THAT(services.response, Not(HasSubstr("channelz")));
  EXPECT_EQ(CallRaw(channel, "/grpc.channelz.v1.Channelz/GetServers", "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(CallRaw(channel, "/attlas.graph.v1.GraphService/NoSuchMethod", "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(AttlasdTest, HasHealthAndChannelzOnTheAdminAddress) {
  AttlasdProcess daemon(With(arguments(), "--admin_grpc_listen=127.0.0.1:0"));
  daemon.WaitUntilServing();
  const auto admin =
      grpc::CreateChannel(daemon.health_address(), grpc::InsecureChannelCredentials());
  const std::string check = "/grpc.health.v1.Health/Check";
  const std::string serving = "\x08\x01";
  for (const std::string service : {"", "liveness", "attlas.graph.v1.GraphService"}) {
    const std::string request = std::string("\x0a") + static_cast<char>(service.size()) + service;
    EXPECT_EQ(CallRaw(admin, check, request).response, serving) << service;
  }
  const RawAnswer servers = CallRaw(admin, "/grpc.channelz.v1.Channelz/GetServers", "");
  EXPECT_TRUE(servers.status.ok()) << servers.status.error_message();
  EXPECT_THAT(servers.response, Not(IsEmpty()));
  // What is served is not.
  EXPECT_EQ(CallRaw(admin, "/attlas.graph.v1.GraphService/GetNode", "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(AttlasdTest, ShowsOperatorsAPage) {
  AttlasdProcess daemon(With(arguments(), "--admin_listen=127.0.0.1:0"));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Commit(stub.get(), PutSource()));
  const std::string page = GetPage(daemon.metrics_port(), "/statusz");
  for (const char* part : {"200 OK", "Version", "takes calls", "Up for", "Revision token",
                           "Largest message", "Nodes</th><td>1</td>"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  // Neither what the graph says nor where its files are.
  EXPECT_THAT(page, Not(HasSubstr("sources/test")));
  EXPECT_THAT(page, Not(HasSubstr(directory_.path())));
  EXPECT_THAT(GetPage(daemon.metrics_port(), "/readyz"), HasSubstr("200 OK"));
  EXPECT_THAT(GetPage(daemon.metrics_port(), "/nothing"), HasSubstr("404 Not Found"));
}

}  // namespace
}  // namespace attlas::testing
