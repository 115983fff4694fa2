// What attlasd refuses to start with, and what it says of itself.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/integration/attlasd_fixture.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

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

TEST_F(AttlasdTest, KeepsTheAdminAddressesOnThisMachineUnlessToldOtherwise) {
  for (const char* flag : {"--admin_listen=0.0.0.0:0", "--admin_grpc_listen=0.0.0.0:0"}) {
    const Ended refused = RunToTheEnd(With(arguments(), flag));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("--admin_public"));
    AttlasdProcess allowed(With(With(arguments(), flag), "--admin_public"));
    EXPECT_THAT(allowed.WaitUntilServing(), Not(IsEmpty()));
  }
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

}  // namespace
}  // namespace attlas::testing
