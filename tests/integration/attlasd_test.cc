// attlasd as its operators meet it: start, refusal to start, health, limits, drain.
#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using services::FromGrpcStatus;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> With(std::vector<std::string> arguments, const std::string& more) {
  arguments.push_back(more);
  return arguments;
}

void SetPatience(grpc::ClientContext* context) {
  context->set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
}

absl::StatusOr<v1::CommitResponse> Commit(v1::GraphService::Stub* stub,
                                          const v1::CommitRequest& request) {
  grpc::ClientContext context;
  SetPatience(&context);
  v1::CommitResponse response;
  const grpc::Status status = stub->Commit(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

absl::StatusOr<v1::GetNodeResponse> GetNode(v1::GraphService::Stub* stub, const std::string& name) {
  grpc::ClientContext context;
  SetPatience(&context);
  v1::GetNodeRequest request;
  request.set_name(name);
  v1::GetNodeResponse response;
  const grpc::Status status = stub->GetNode(&context, request, &response);
  if (!status.ok()) return FromGrpcStatus(status);
  return response;
}

v1::CommitRequest PutSource() {
  v1::CommitRequest request;
  *request.add_mutations()->mutable_put_node() = MakeNode("sources/test");
  return request;
}

// What a plain HTTP GET answers, its head included.
std::string GetPage(const std::string& port, const std::string& path) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(connection);
    return "";
  }
  const std::string request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
  EXPECT_EQ(write(connection, request.data(), request.size()),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(connection, buffer, sizeof(buffer))) > 0;) {
    answer.append(buffer, static_cast<size_t>(n));
  }
  close(connection);
  return answer;
}

std::string GetMetrics(const std::string& port) { return GetPage(port, "/metrics"); }

class AttlasdTest : public ::testing::Test {
 protected:
  std::vector<std::string> arguments() const { return ServeArguments(directory_.path()); }

  const TemporaryDirectory directory_;
};

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

TEST_F(AttlasdTest, RefusesAddressesBeyondThisMachine) {
  for (const char* listen : {"0.0.0.0:0", "[::]:0", "192.0.2.1:50151"}) {
    const Ended ended = RunToTheEnd(With(arguments(), std::string("--listen=") + listen));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.errors,
              std::string("attlasd: --listen ") + listen +
                  " would be reached from beyond this machine, by anyone; give --tls_cert, "
                  "--tls_key and --policy, or add --insecure_public if that is what you want\n");
  }
  AttlasdProcess allowed(With(With(arguments(), "--listen=0.0.0.0:0"), "--insecure_public"));
  EXPECT_THAT(allowed.WaitUntilServing(), HasSubstr("0.0.0.0:"));
}

TEST_F(AttlasdTest, WhatItCannotStartWithIsOneClearLine) {
  struct Case {
    std::string argument;
    std::string line;
  };
  for (const Case& bad : std::vector<Case>{
           {"--services=graph,synergies",
            "--services names no service 'synergies'; there are all, "},
           {"--listen=nowhere", "--listen nowhere is no address; write host:port, such as "},
           {"--graph_address=127.0.0.1:1", "two stores: give either --data_dir or --graph_address"},
           {"--clearance=purple", "--clearance: `purple` is not a traffic light; write "},
           {"--drain_seconds=-1", "--drain_seconds: "},
           {"--log_level=loud", "unknown log level 'loud'; use debug, info, "},
           {"--unknown_flag", "The following argument was not expected: --unknown_flag"},
           {"--ontology=/nowhere.textproto", "/nowhere.textproto"},
           {"--port_file=/nowhere/port", "cannot write --port_file /nowhere/port"}}) {
    const Ended ended = RunToTheEnd(With(arguments(), bad.argument));
    EXPECT_EQ(ended.exit_code, 1) << bad.argument;
    EXPECT_THAT(ended.errors, StartsWith("attlasd: "));
    EXPECT_THAT(ended.errors, HasSubstr(bad.line));
    EXPECT_EQ(std::count(ended.errors.begin(), ended.errors.end(), '\n'), 1) << ended.errors;
  }
  EXPECT_THAT(RunToTheEnd({"--admin_listen="}).errors,
              StartsWith("attlasd: no store: give its directory with --data_dir"));
  const Ended missing = RunToTheEnd({"--admin_listen=", "--data_dir=" + directory_.file("none")});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.errors, HasSubstr(directory_.file("none")));
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

TEST_F(AttlasdTest, TellsItsVersionAndItsFlags) {
  AttlasdProcess version({"--version"});
  EXPECT_THAT(version.WaitUntilServing(), MatchesRegex("attlasd [0-9.]+"));
  EXPECT_EQ(version.Wait().exit_code, 0);
  const Ended help = RunToTheEnd({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* flag : {"--listen", "--data_dir", "--services", "--insecure_public"}) {
    EXPECT_THAT(help.output, HasSubstr(flag));
  }
}

TEST_F(AttlasdTest, ServesOnAUnixSocket) {
  AttlasdProcess daemon(With(arguments(), "--listen=unix:" + directory_.file("socket")));
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  EXPECT_OK(Commit(stub.get(), PutSource()));
}

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

TEST_F(AttlasdTest, KeepsTheAdminAddressesOnThisMachineUnlessToldOtherwise) {
  for (const char* flag : {"--admin_listen=0.0.0.0:0", "--admin_grpc_listen=0.0.0.0:0"}) {
    const Ended refused = RunToTheEnd(With(arguments(), flag));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("--admin_public"));
    AttlasdProcess allowed(With(With(arguments(), flag), "--admin_public"));
    EXPECT_THAT(allowed.WaitUntilServing(), Not(IsEmpty()));
  }
}

TEST_F(AttlasdTest, LogsTheSpanOfACallWhoseTraceIsRecorded) {
  AttlasdProcess daemon(arguments());
  daemon.WaitUntilServing();
  const auto stub = v1::GraphService::NewStub(daemon.Connect());
  for (const char* flags : {"00", "01"}) {
    grpc::ClientContext context;
    SetPatience(&context);
    const std::string trace = std::string("4bf92f3577b34da6a3ce929d0e0e47") + flags;
    context.AddMetadata("traceparent", "00-" + trace + "-00f067aa0ba902b7-" + flags);
    context.AddMetadata("x-request-id", std::string("request-") + flags);
    v1::GetStatisticsRequest request;
    v1::GetStatisticsResponse response;
    ASSERT_OK(FromGrpcStatus(stub->GetStatistics(&context, request, &response)));
  }
  ASSERT_TRUE(daemon.WaitUntilItLogs("request-01"));
  daemon.Signal(SIGTERM);
  const std::string log = daemon.Wait().errors;
  EXPECT_THAT(log,
              ContainsRegex("\"event\":\"span\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4701\","
                            "\"span_id\":\"[0-9a-f]+\",\"parent_span_id\":\"00f067aa0ba902b7\","
                            "\"name\":\"attlas.graph.v1.GraphService/GetStatistics\""));
  EXPECT_THAT(log, Not(HasSubstr("request-00")));
}

TEST_F(AttlasdTest, SaysWhatIsWrongWithAGatewayAlone) {
  const std::vector<std::string> alone = {"--admin_listen=", "--listen=127.0.0.1:0",
                                          "--services=gateway"};
  EXPECT_THAT(RunToTheEnd(alone).errors, HasSubstr("--upstream SERVICE=ADDRESS"));
  EXPECT_THAT(RunToTheEnd(With(alone, "--upstream=graph=127.0.0.1:1")).errors,
              HasSubstr("--http_listen"));
  const std::vector<std::string> listening = With(alone, "--http_listen=127.0.0.1:0");
  EXPECT_THAT(RunToTheEnd(With(listening, "--upstream=graph")).errors,
              HasSubstr("says no address"));
  EXPECT_THAT(RunToTheEnd(With(listening, "--upstream=grapf=127.0.0.1:1")).errors,
              HasSubstr("names no service 'grapf'"));
  EXPECT_THAT(RunToTheEnd(With(listening, "--upstream=graph=a:1,graph=b:1")).errors,
              HasSubstr("twice"));
  EXPECT_THAT(RunToTheEnd({"--admin_listen=", "--services=gateway,graph",
                           "--data_dir=" + directory_.file("none")})
                  .errors,
              HasSubstr("hosts no service"));
}

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

TEST_F(AttlasdTest, EchoesTheRequestIdAndMakesOne) {
  AttlasdProcess daemon(With(arguments(), "--log_level=info"));
  daemon.WaitUntilServing();
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  const auto call = [&](const std::string& id) {
    grpc::ClientContext context;
    SetPatience(&context);
    if (!id.empty()) context.AddMetadata("x-request-id", id);
    v1::GetNodeRequest request;
    request.set_name("states/IDN");
    v1::GetNodeResponse response;
    stub->GetNode(&context, request, &response);
    const auto found = context.GetServerInitialMetadata().find("x-request-id");
    if (found == context.GetServerInitialMetadata().end()) return std::string();
    return std::string(found->second.data(), found->second.size());
  };
  EXPECT_EQ(call("abc-123"), "abc-123");
  EXPECT_THAT(call(""), SizeIs(32));
  EXPECT_THAT(call(std::string(200, 'x')), SizeIs(32));
  stub.reset();
  daemon.Signal(SIGTERM);
  const Ended ended = daemon.Wait();
  EXPECT_THAT(ended.errors, HasSubstr(R"("event":"call")"));
  EXPECT_THAT(ended.errors, HasSubstr(R"("request_id":"abc-123")"));
  EXPECT_THAT(ended.errors, HasSubstr(R"("reason":"RESOURCE_NOT_FOUND")"));
  EXPECT_THAT(ended.errors, Not(HasSubstr("states/IDN")));
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
