// Who is let in to a real daemon over real TLS, and what they may do there.
#include <signal.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/access/audit_files.h"
#include "services/common/status.h"
#include "tests/integration/access_fixture.h"
#include "tests/testing/files.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace v1 = graph::v1;

TEST_F(AccessTest, LetsInWhoThePolicyNamesAndNobodyElse) {
  Start();
  ASSERT_OK(Commit(Ana(), Create("sources/a", v1::TRAFFIC_LIGHT_CLEAR)));
  EXPECT_OK(Get(Ana(), "sources/a"));
  EXPECT_OK(Get({.token = Token("reader")}, "sources/a"));

  EXPECT_EQ(ReasonOf(Get({}, "sources/a")), "CREDENTIALS_MISSING");
  EXPECT_EQ(ReasonOf(Get({.token = Token("eve")}, "sources/a")), "CREDENTIALS_REJECTED");
  EXPECT_EQ(ReasonOf(Get({.token = Token("reader", -60)}, "sources/a")), "CREDENTIALS_REJECTED");
  const std::string good = Token("reader");
  EXPECT_EQ(ReasonOf(Get({.token = good.substr(0, good.size() - 4)}, "sources/a")),
            "CREDENTIALS_REJECTED");
  const SigningKey forger("ES256", "one");
  const int64_t now = absl::ToUnixSeconds(absl::Now());
  EXPECT_EQ(ReasonOf(Get({.token = forger.Sign(ClaimsOf(kIssuer, "reader", "attlas", now, 600))},
                         "sources/a")),
            "CREDENTIALS_REJECTED");
  EXPECT_EQ(ReasonOf(Get({.token = key_.Sign(ClaimsOf(kIssuer, "reader", "other", now, 600))},
                         "sources/a")),
            "CREDENTIALS_REJECTED");
  EXPECT_EQ(
      ReasonOf(Get({.token = key_.Sign(ClaimsOf(kIssuer, "reader", "attlas", now + 3600, 600))},
                   "sources/a")),
      "CREDENTIALS_REJECTED");
  const Caller eve = {.identity = authority_.Issue("URI:spiffe://attlas.example/eve")};
  EXPECT_EQ(ReasonOf(Get(eve, "sources/a")), "CREDENTIALS_REJECTED");
  // Two names leave open which one it is.
  const Caller both = {.identity = authority_.Issue(
                           "URI:spiffe://attlas.example/ana,URI:spiffe://attlas.example/eve")};
  EXPECT_EQ(ReasonOf(Get(both, "sources/a")), "CREDENTIALS_REJECTED");
  // A good certificate does not make up for a bad token.
  Caller mixed = Ana();
  mixed.token = "bad";
  EXPECT_EQ(ReasonOf(Get(mixed, "sources/a")), "CREDENTIALS_REJECTED");
}

TEST_F(AccessTest, ACertificateOfAnotherAuthorityEndsTheConnection) {
  Start();
  const TestAuthority other("another authority");
  const Caller forged = {.identity = other.Issue("URI:spiffe://attlas.example/ana")};
  EXPECT_THAT(Get(forged, "sources/a"), StatusIs(absl::StatusCode::kUnavailable));
  const Caller expired = {.identity =
                              authority_.Issue("URI:spiffe://attlas.example/ana", -2L * 24 * 3600)};
  EXPECT_THAT(Get(expired, "sources/a"), StatusIs(absl::StatusCode::kUnavailable));
  // The daemon goes on.
  EXPECT_EQ(ReasonOf(Get(Ana(), "sources/a")), "RESOURCE_NOT_FOUND");
}

TEST_F(AccessTest, RolesDecideWhatACallerMayDo) {
  Start();
  const Caller reader = {.token = Token("reader")};
  const Caller adder = {.token = Token("adder")};
  const v1::CommitRequest create = Create("sources/a", v1::TRAFFIC_LIGHT_CLEAR);
  EXPECT_EQ(ReasonOf(Commit(reader, create)), "ROLE_INSUFFICIENT");
  EXPECT_OK(Commit(adder, create));
  v1::CommitRequest erase;
  erase.add_mutations()->set_delete_node("sources/a");
  EXPECT_EQ(ReasonOf(Commit(adder, erase)), "ROLE_INSUFFICIENT");
  EXPECT_OK(Commit(Ana(), erase));
  // Nothing above one's own clearance, nor in a space of others.
  EXPECT_EQ(ReasonOf(Commit(adder, Create("sources/b", v1::TRAFFIC_LIGHT_AMBER))),
            "MARKING_ABOVE_CLEARANCE");
  EXPECT_EQ(ReasonOf(Commit(Ana(), Create("sources/b", v1::TRAFFIC_LIGHT_AMBER, "spaces/other"))),
            "MARKING_ABOVE_CLEARANCE");
}

TEST_F(AccessTest, ClearanceAndSpacesDecideWhatACallerSees) {
  Start();
  ASSERT_OK(Commit(Ana(), Create("sources/green", v1::TRAFFIC_LIGHT_GREEN)));
  ASSERT_OK(Commit(Ana(), Create("sources/red", v1::TRAFFIC_LIGHT_RED)));
  ASSERT_OK(Commit(Ana(), Create("sources/table", v1::TRAFFIC_LIGHT_CLEAR, "spaces/table")));
  const auto sees = [&](const Caller& caller, const std::string& name) {
    const absl::Status status = Get(caller, name);
    return status.ok() ? "yes" : ReasonOf(status);
  };
  EXPECT_EQ(sees(Ana(), "sources/table"), "yes");
  EXPECT_EQ(sees({.token = Token("green")}, "sources/green"), "yes");
  EXPECT_EQ(sees({.token = Token("green")}, "sources/red"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(sees({.token = Token("red")}, "sources/red"), "yes");
  EXPECT_EQ(sees({.token = Token("red")}, "sources/table"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(sees({.token = Token("reader")}, "sources/green"), "RESOURCE_NOT_FOUND");
}

TEST_F(AccessTest, EveryRpcAsksWhoCalls) {
  arguments_.push_back("--services=all");
  Start();
  google::protobuf::FileDescriptorSet files;
  std::ifstream protoset(std::string(ATTLAS_BINARY_DIR) + "/attlas.protoset", std::ios::binary);
  ASSERT_TRUE(files.ParseFromIstream(&protoset));
  size_t asked = 0;
  for (const auto& file : files.file()) {
    if (file.package().rfind("attlas.", 0) != 0) continue;
    for (const auto& service : file.service()) {
      for (const auto& rpc : service.method()) {
        const std::string method =
            absl::StrCat("/", file.package(), ".", service.name(), "/", rpc.name());
        const grpc::Status status =
            ReadAllRaw(Connect(), method, "", [](const std::string&) { return true; });
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED)
            << method << ": " << status.error_message();
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 20);
  // Health answers everyone; what tells of other callers is not there.
  EXPECT_TRUE(CallRaw(Connect(), "/grpc.health.v1.Health/Check", "").status.ok());
  EXPECT_EQ(CallRaw(Connect(), "/grpc.channelz.v1.Channelz/GetServers", "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(AccessTest, TakesANewPolicyAndKeepsTheOldOneWhereItIsBad) {
  Start();
  EXPECT_EQ(ReasonOf(Get({.token = Token("late")}, "sources/a")), "CREDENTIALS_REJECTED");
  Write("policy.textproto", PolicyText() + Grant(Subject("late"), "ROLE_READER"));
  EXPECT_TRUE(Eventually([&] {
    return ReasonOf(Get({.token = Token("late")}, "sources/a")) == "RESOURCE_NOT_FOUND";
  }));
  Write("policy.textproto", PolicyText() + Grant(Subject("worse"), "ROLE_KING"));
  EXPECT_TRUE(daemon_->WaitUntilItLogs("policy_refused"));
  EXPECT_EQ(ReasonOf(Get({.token = Token("late")}, "sources/a")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get({.token = Token("worse")}, "sources/a")), "CREDENTIALS_REJECTED");
  daemon_->Signal(SIGTERM);
  const std::string log = daemon_->Wait().errors;
  EXPECT_THAT(log, HasSubstr("policy_reloaded"));
  EXPECT_THAT(log, HasSubstr("policy_refused"));
  EXPECT_THAT(log, HasSubstr("ROLE_KING"));
}

TEST_F(AccessTest, EndsAWatchWhoseCallerIsGrantedLess) {
  Start();
  const auto stub = v1::GraphService::NewStub(Connect());
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + Token("green"));
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  v1::WatchRequest request;
  request.set_from_earliest(true);
  const auto stream = stub->Watch(&context, request);
  ASSERT_OK(Commit(Ana(), Create("sources/one", v1::TRAFFIC_LIGHT_CLEAR)));
  v1::WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  Write("policy.textproto", Grant("certificate_uri: \"spiffe://attlas.example/ana\"", "ROLE_EDITOR",
                                  "clearance: TRAFFIC_LIGHT_RED"));
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(ReasonOf(services::FromGrpcStatus(stream->Finish())), "CREDENTIALS_REJECTED");
}

TEST_F(AccessTest, TakesANewCertificateWithoutARestart) {
  Start();
  EXPECT_EQ(ReasonOf(Get(Ana(), "sources/a")), "RESOURCE_NOT_FOUND");
  // One for another host: that new connections refuse it shows that it is served.
  Install("server.pem", "server.key", authority_.Issue("DNS:elsewhere.example"));
  EXPECT_TRUE(
      Eventually([&] { return Get(Ana(), "sources/a").code() == absl::StatusCode::kUnavailable; }));
  Install("server.pem", "server.key", authority_.Issue(kServerNames));
  EXPECT_TRUE(
      Eventually([&] { return ReasonOf(Get(Ana(), "sources/a")) == "RESOURCE_NOT_FOUND"; }));
}

TEST_F(AccessTest, SaysHowLongToWaitBeyondTheQuota) {
  Start();
  const Caller hasty = {.token = Token("hasty")};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ReasonOf(Get(hasty, "sources/a")), "RESOURCE_NOT_FOUND");
  const auto stub = v1::GraphService::NewStub(Connect());
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + hasty.token);
  v1::GetNodeRequest request;
  v1::GetNodeResponse response;
  const grpc::Status status = stub->GetNode(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status rpc;
  ASSERT_TRUE(rpc.ParseFromString(status.error_details()));
  google::rpc::RetryInfo retry;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&retry);
  // The next of one call in a hundred seconds.
  EXPECT_GT(retry.retry_delay().seconds(), 30);
  EXPECT_LE(retry.retry_delay().seconds(), 100);
  // Others are not concerned.
  EXPECT_EQ(ReasonOf(Get({.token = Token("reader")}, "sources/a")), "RESOURCE_NOT_FOUND");
}

TEST_F(AccessTest, TakesNoMoreCallsAtOnceThanTheQuota) {
  Start();
  const auto stub = v1::GraphService::NewStub(Connect());
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + Token("single"));
  const auto stream = stub->Watch(&context, v1::WatchRequest());
  v1::WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  const absl::Status second = Get({.token = Token("single")}, "sources/a");
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ReasonOf(second), "QUOTA_EXCEEDED");
  context.TryCancel();
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([&] {
    return ReasonOf(Get({.token = Token("single")}, "sources/a")) == "RESOURCE_NOT_FOUND";
  }));
}

TEST_F(AccessTest, RecordsEveryCallAndNoSecret) {
  Start();
  const std::string token = Token("reader");
  ASSERT_OK(Commit(Ana(), Create("sources/a", v1::TRAFFIC_LIGHT_CLEAR)));
  EXPECT_OK(Get({.token = token}, "sources/a"));
  EXPECT_FALSE(Get({.token = token + "x"}, "sources/a").ok());
  daemon_->Signal(SIGTERM);
  const Ended ended = daemon_->Wait();
  EXPECT_EQ(ended.exit_code, 0);

  const absl::StatusOr<services::AuditReport> report = services::VerifyAuditLog(audit(), {});
  ASSERT_OK(report);
  EXPECT_THAT(report->faults, IsEmpty());
  EXPECT_EQ(report->records, 3);
  EXPECT_THAT(ended.errors, HasSubstr(services::FormatAuditHead(report->head)));

  const std::string text = ReadFile(services::ListAuditFiles(audit())->front());
  EXPECT_THAT(text, HasSubstr(R"("caller":"certificate:spiffe://attlas.example/ana","rpc":"attlas.)"
                              R"(graph.v1.GraphService/Commit","resources":["sources/a"],)"
                              R"("decision":"allowed","code":"OK")"));
  EXPECT_THAT(text, HasSubstr(R"("decision":"denied","code":"UNAUTHENTICATED")"));
  const std::string signature = token.substr(token.rfind('.') + 1);
  for (const std::string& kept : {text, ended.errors, ended.output}) {
    EXPECT_THAT(kept, Not(HasSubstr(signature)));
    EXPECT_THAT(kept, Not(HasSubstr("PRIVATE KEY")));
  }
}

TEST_F(AccessTest, DoesNotStartWithFilesThatAreBad) {
  const auto said = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = arguments_;
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ended ended = RunToTheEnd(arguments);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.errors, Not(HasSubstr("PRIVATE KEY")));
    return ended.errors;
  };
  Write("other.key", authority_.Issue(kServerNames).key);
  EXPECT_THAT(said({"--tls_key=" + directory_.file("other.key")}),
              HasSubstr("is not the key of --tls_cert"));
  EXPECT_THAT(said({"--tls_key=" + directory_.file("ca.pem")}), HasSubstr("holds no private key"));
  EXPECT_THAT(said({"--tls_cert=" + directory_.file("missing")}), HasSubstr("cannot be read"));
  EXPECT_THAT(said({"--tls_client_ca=" + directory_.file("keys.json")}),
              HasSubstr("holds no certificate"));
  EXPECT_THAT(said({"--tls_key="}), HasSubstr("needs both --tls_cert and --tls_key"));
  EXPECT_THAT(said({"--clearance=green"}), HasSubstr("--clearance is for a daemon without"));
  EXPECT_THAT(said({"--policy=" + directory_.file("missing")}),
              HasSubstr("cannot read the policy"));
  Write("policy.textproto", Grant("anyone: true", "ROLE_KING"));
  EXPECT_THAT(said({}), HasSubstr("policy.textproto:1:"));
}

TEST_F(AccessTest, IsReachedFromBeyondThisMachineOnlyWithTlsAndAPolicy) {
  std::vector<std::string> arguments = ServeArguments(directory_.path());
  arguments.push_back("--listen=0.0.0.0:0");
  EXPECT_THAT(RunToTheEnd(arguments).errors, HasSubstr("give --tls_cert, --tls_key and --policy"));
  arguments.push_back("--policy=" + directory_.file("policy.textproto"));
  EXPECT_THAT(RunToTheEnd(arguments).errors, HasSubstr("give --tls_cert, --tls_key and --policy"));
  arguments_.push_back("--listen=0.0.0.0:0");
  Start();
  EXPECT_EQ(ReasonOf(Get(Ana(), "sources/a")), "RESOURCE_NOT_FOUND");
}

// As a peer that says for whom it calls.
absl::Status GetAs(const std::shared_ptr<grpc::Channel>& channel, const std::string& principal,
                   const std::string& name) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  if (!principal.empty()) context.AddMetadata("attlas-forwarded-principal-bin", principal);
  v1::GetNodeRequest request;
  request.set_name(name);
  v1::GetNodeResponse response;
  return services::FromGrpcStatus(
      v1::GraphService::NewStub(channel)->GetNode(&context, request, &response));
}

TEST_F(AccessTest, BelievesADaemonOfThePolicyForWhomItCalls) {
  constexpr char kAna[] = "certificate:spiffe://attlas.example/ana";
  const auto subject = [](const char* name) { return absl::StrCat("token:", kIssuer, "#", name); };
  Write("policy.textproto", PolicyText() + R"(
      forwarders {
        certificate_uri: "spiffe://attlas.example/daemons/synergy"
        highest_role: ROLE_READER
      })");
  Start();
  ASSERT_OK(Commit(Ana(), Create("sources/table", v1::TRAFFIC_LIGHT_RED, "spaces/table")));
  const auto daemon = Connect(authority_.Issue("URI:spiffe://attlas.example/daemons/synergy"));
  // What is seen is what the one is granted for whom the call is made, spaces included.
  EXPECT_OK(GetAs(daemon, kAna, "sources/table"));
  EXPECT_EQ(ReasonOf(GetAs(daemon, subject("red"), "sources/table")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GetAs(daemon, subject("eve"), "sources/table")), "CREDENTIALS_REJECTED");
  // For itself it is granted nothing.
  EXPECT_EQ(ReasonOf(GetAs(daemon, "", "sources/table")), "CREDENTIALS_REJECTED");
  // An editor's word counts for no more than a reader's through a daemon that passes on no more.
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  context.AddMetadata("attlas-forwarded-principal-bin", kAna);
  v1::CommitResponse response;
  EXPECT_EQ(ReasonOf(services::FromGrpcStatus(v1::GraphService::NewStub(daemon)->Commit(
                &context, Create("sources/other", v1::TRAFFIC_LIGHT_CLEAR), &response))),
            "ROLE_INSUFFICIENT");
  // Whoever else says so is taken for themselves: a caller with a certificate, and one with none.
  EXPECT_OK(GetAs(Connect(Ana().identity), subject("reader"), "sources/table"));
  EXPECT_EQ(ReasonOf(GetAs(Connect(), kAna, "sources/table")), "CREDENTIALS_MISSING");
}

}  // namespace
}  // namespace attlas::testing
