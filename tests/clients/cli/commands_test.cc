// Every command in each form of output, against a daemon with the curated dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

template <typename Message>
Message FromJson(const std::string& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status << "\n" << json.substr(0, 500);
  return message;
}

std::string Out(const std::string& line) {
  const Ran ran = RunLine(line);
  EXPECT_EQ(ran.code, 0) << line << "\n" << ran.err;
  EXPECT_EQ(ran.err, "") << line;
  return ran.out;
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(StatusCommandTest, CountsByDeposit) {
  EXPECT_THAT(Out("attlas status att --as-of 2024-02-15"), HasSubstr("113 parties of"));
  EXPECT_THAT(Out("attlas status ATT --as-of 2024-08-31"), HasSubstr("115 parties of"));
  const std::string text = Out("attlas status instruments/att --as-of 2026-02-03");
  EXPECT_THAT(text, HasSubstr("117 parties of"));
  EXPECT_THAT(text, HasSubstr("Ever signed: 130."));
}

TEST(StatusCommandTest, AnswersInJsonAndCsv) {
  const auto answer = FromJson<instruments::v1::GetStatusResponse>(
      Out("attlas status att --as-of 2024-08-31 --output json"));
  EXPECT_EQ(answer.counts().parties(), 115);
  EXPECT_EQ(answer.states_size(), answer.counts().size());
  EXPECT_FALSE(answer.revision().empty());
  const std::string csv = Out("attlas status att --as-of 2024-08-31 --output csv");
  EXPECT_THAT(csv, StartsWith("state,code,display_name,status,"));
  EXPECT_THAT(csv, HasSubstr("\nstates/PHL,PHL,Philippines,party,2013-09-25,2022-03-24,"));
}

TEST(StatusCommandTest, CountsOverARegionByEntryIntoForce) {
  const std::string line = "attlas status att --region ASEAN --count-by in-force --as-of ";
  EXPECT_THAT(Out(line + "2022-06-21"), HasSubstr("0 parties of"));
  const std::string text = Out(line + "2022-06-22");
  EXPECT_THAT(text, AllOf(HasSubstr("1 party of"), HasSubstr("counted by entry into force"),
                          HasSubstr("PHL   Philippines"), HasSubstr("Sources")));
}

TEST(StatusCommandTest, AnswersTheSameBytesAgain) {
  const std::string line = "attlas status att --as-of 2024-08-31 --output json";
  EXPECT_EQ(Out(line), Out(line));
}

TEST(StatusCommandTest, ReadsTheRevisionThatIsAskedFor) {
  const auto answer = FromJson<graph::v1::GetNodeResponse>(Out("attlas node att --output json"));
  EXPECT_THAT(Out("attlas status att --as-of 2024-08-31 --revision " + answer.revision()),
              HasSubstr("115 parties of"));
}

TEST(StateCommandTest, TakesCodesInAnyCase) {
  const std::string text = Out("attlas state idn --as-of 2026-02-03");
  EXPECT_THAT(text, HasSubstr("Indonesia (states/IDN), a member of the United Nations"));
  EXPECT_THAT(text, HasSubstr("Outside: "));
  EXPECT_EQ(text, Out("attlas state states/Idn --as-of 2026-02-03"));
  const auto answer = FromJson<instruments::v1::GetStateProfileResponse>(
      Out("attlas state COK --as-of 2026-02-03 --output json"));
  EXPECT_EQ(answer.state().name(), "states/COK");
  EXPECT_FALSE(answer.un_member());
  EXPECT_THAT(Out("attlas state COK -o csv"), StartsWith("instrument,display_name,kind,status,"));
}

TEST(SynergiesCommandTest, GivesTheClassesOfTheBestOwnCommitments) {
  const std::string text = Out("attlas synergies IDN att --as-of 2026-02-03");
  EXPECT_THAT(text, AllOf(HasSubstr("political same goods      23\n"),
                          HasSubstr("one state reach            2\n"),
                          HasSubstr("general                    4\n"),
                          HasSubstr("other goods                3\n"),
                          HasSubstr("new                        0\n")));
  const auto answer = FromJson<synergy::v1::FindSynergiesResponse>(
      Out("attlas synergies COK att --as-of 2026-02-03 --output json"));
  ASSERT_EQ(answer.totals_size(), 7);
  EXPECT_EQ(answer.totals(6).themes(), 9);
  EXPECT_THAT(Out("attlas synergies IDN att -o csv"), StartsWith("theme,theme_name,best_class,"));
}

TEST(SynergiesCommandTest, AdmitsLessSureStatementsWhereAsked) {
  EXPECT_THAT(Out("attlas synergies COK att --as-of 2026-02-03 --min-confidence unverified"),
              HasSubstr("; statements of confidence unverified or"));
}

TEST(SynergiesCommandTest, FitsTheWidthOfTheTerminal) {
  for (const char* columns : {"40", "80", "200"}) {
    const std::string line =
        std::string("COLUMNS=") + columns + " attlas synergies IDN att --as-of 2026-02-03 | wc -L";
    EXPECT_LE(std::stoi(Out(line)), std::stoi(columns));
  }
}

TEST(CompareCommandTest, CountsSharedThemes) {
  EXPECT_THAT(Out("attlas compare att unpoa"), HasSubstr("UN PoA      17"));
  const auto answer = FromJson<synergy::v1::CompareInstrumentsResponse>(
      Out("attlas compare att unscr-1540 --output json"));
  EXPECT_EQ(answer.theme_count(), 32);
  EXPECT_EQ(answer.columns(0).shared_themes(), 18);
  EXPECT_THAT(Out("attlas compare att unpoa -o csv"),
              StartsWith("theme,theme_name,instrument,strength,provisions,shared\n"));
}

TEST(SimulateCommandTest, ShowsWhatWouldChange) {
  const std::string text = Out("attlas simulate IDN --join att --as-of 2026-02-03");
  EXPECT_THAT(text, AllOf(HasSubstr("ATT         outside  party"), HasSubstr("Nothing was written"),
                          HasSubstr("Parties by region set")));
  const auto answer = FromJson<synergy::v1::SimulateParticipationResponse>(
      Out("attlas simulate IDN --join ATT --leave ccm --output json"));
  EXPECT_EQ(answer.statuses_size(), 2);
  EXPECT_THAT(Out("attlas simulate IDN --join att -o csv"),
              StartsWith("theme,theme_name,before,after,instruments\n"));
}

TEST(BridgesCommandTest, ShowsPartiesThatAreNear) {
  EXPECT_THAT(Out("attlas bridges IDN att --as-of 2026-02-03 --limit 3"),
              HasSubstr("3 bridges of 117 parties"));
  const auto answer = FromJson<synergy::v1::FindBridgesResponse>(
      Out("attlas bridges IDN att --order contact --output json"));
  EXPECT_EQ(answer.bridges_size(), 10);
  EXPECT_THAT(Out("attlas bridges IDN att -o csv"), StartsWith("peer,display_name,joined_date,"));
}

TEST(PathCommandTest, FindsPathsBetweenBareIds) {
  EXPECT_THAT(Out("attlas path idn att --max-paths 2"),
              AllOf(HasSubstr("states/IDN"), HasSubstr("instruments/att")));
  const auto answer = FromJson<graph::v1::FindPathsResponse>(
      Out("attlas path states/PHL instruments/att --output json"));
  EXPECT_EQ(answer.paths_size(), 1);
  EXPECT_THAT(Out("attlas path idn att -o csv"), StartsWith("path,cost,from,statement,to,"));
}

TEST(NodeCommandTest, ShowsANode) {
  EXPECT_THAT(Out("attlas node states/idn"), HasSubstr("Indonesia (states/IDN)"));
  const auto answer =
      FromJson<graph::v1::GetNodeResponse>(Out("attlas node instruments/ATT --output json"));
  EXPECT_EQ(answer.node().name(), "instruments/att");
  EXPECT_THAT(Out("attlas node att -o csv"), StartsWith("property,value\ntype,instrument\n"));
}

TEST(HistoryCommandTest, ShowsWhatWasSaid) {
  EXPECT_THAT(Out("attlas history states/IDN"), HasSubstr("load of the curated dataset"));
  const auto answer =
      FromJson<graph::v1::GetHistoryResponse>(Out("attlas history idn --output json"));
  ASSERT_EQ(answer.changes_size(), 1);
  EXPECT_EQ(answer.changes(0).kind(), graph::v1::CHANGE_KIND_CREATED);
  EXPECT_THAT(Out("attlas history idn -o csv"), StartsWith("revision,commit_time,kind,name,"));
}

TEST(FiguresCommandTest, ListsFiguresAndSetsOneBesideOurCounts) {
  EXPECT_THAT(Out("attlas figures"), HasSubstr("figures/check-att-2024-08-31-parties"));
  EXPECT_THAT(Out("attlas figures --output csv"), StartsWith("figure,display_name\n"));
  EXPECT_GT(
      FromJson<graph::v1::ListNodesResponse>(Out("attlas figures --output json")).nodes_size(), 1);
  EXPECT_THAT(Out("attlas figures check-att-2024-08-31-parties"),
              AllOf(HasSubstr("115"), HasSubstr("yes")));
  const auto answer = FromJson<instruments::v1::CompareFiguresResponse>(
      Out("attlas figures --instrument att --output json"));
  EXPECT_GT(answer.comparisons_size(), 1);
  EXPECT_THAT(Out("attlas figures --instrument att -o csv"),
              StartsWith("figure,grouping,display_name,as_of,"));
}

TEST(CallCommandTest, CallsUnaryMethodsByShortAndFullNames) {
  const std::string data = R"( -d '{"name": "states/IDN"}')";
  const std::string json = Out("attlas call GraphService/GetNode" + data);
  EXPECT_EQ(FromJson<graph::v1::GetNodeResponse>(json).node().display_name(), "Indonesia");
  EXPECT_EQ(json, Out("attlas call attlas.graph.v1.GraphService.GetNode" + data));
  EXPECT_EQ(json, Out("attlas call GraphService/GetNode -d - <<< '{\"name\": \"states/IDN\"}'"));
}

TEST(CallCommandTest, WritesOneLineForEachAnswerOfAStream) {
  const std::string text = Out(
      R"(attlas call GraphService/Traverse -d '{"startNodes": ["states/IDN"], "namesOnly": true}')");
  const auto first = FromJson<graph::v1::TraverseResponse>(FirstLine(text));
  ASSERT_GT(first.visits_size(), 1);
  EXPECT_EQ(first.visits(0).node().name(), "states/IDN");
}

TEST(CallCommandTest, SendsEachLineOfAStreamOfRequests) {
  const auto got = FromJson<graph::v1::BatchGetNodesResponse>(Out(
      R"(attlas call GraphService/BatchGetNodes -d '{"names": ["states/IDN", "states/PHL"]}')"));
  graph::v1::ImportRequest rows;
  *rows.mutable_nodes() = got.nodes();
  std::string line;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(rows, &line).ok());
  const std::string path = ::testing::TempDir() + "/call_rows.jsonl";
  std::ofstream(path) << "{\"validateOnly\": true}\n\n" << line << "\n{\"rowCount\": \"2\"}\n";
  const std::string import = "attlas call GraphService/Import -d ";
  const auto whole = FromJson<graph::v1::ImportResponse>(Out(import + "@" + path));
  EXPECT_EQ(whole.unchanged_count(), 2);
  EXPECT_THAT(RunLine(import + R"('{"validateOnly": true, "rowCount": 1}')").err,
              HasSubstr("row_count"));
}

TEST(CallCommandTest, NamesTheLineThatIsNoRequestAndSendsNothing) {
  const Ran ran = RunLine(
      R"(printf '{"validateOnly": true}\n{"nodse": []}\n' | attlas call GraphService/Import -d -)");
  EXPECT_NE(ran.code, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("line 2 is no attlas.graph.v1.ImportRequest in JSON"),
                             HasSubstr("nodse")));
}

TEST(CallCommandTest, SuggestsTheMethodThatANameBegins) {
  const Ran ran = RunLine("attlas call InstrumentService/GetStat");
  EXPECT_THAT(ran.err, HasSubstr("InstrumentService/GetStatus"));
}

TEST(CallCommandTest, LearnsOtherServicesByReflection) {
  EXPECT_THAT(Out("attlas call --address " + CuratedAdminAddress() +
                  " grpc.channelz.v1.Channelz/GetServers"),
              HasSubstr("\"server\""));
}

TEST(CallCommandTest, ListsMethods) {
  EXPECT_THAT(Out("attlas call --list"),
              AllOf(HasSubstr("attlas.graph.v1.GraphService/Watch"), HasSubstr("server stream")));
  EXPECT_THAT(Out("attlas call --list -o csv"), StartsWith("method,kind,request\n"));
  EXPECT_GT(FromJson<google::protobuf::Struct>(Out("attlas call --list -o json"))
                .fields()
                .at("methods")
                .list_value()
                .values_size(),
            20);
}

TEST(OutputTest, IsPlainWithoutATerminal) {
  EXPECT_THAT(Out("attlas status att"), Not(HasSubstr("\x1b")));
}

TEST(OutputTest, IsColouredOnATerminalUnlessNoColor) {
  const std::string line = "script -qec 'attlas status att --as-of 2024-08-31' /dev/null";
  if (RunLine("command -v script").code != 0) GTEST_SKIP() << "script(1) is not installed";
  EXPECT_THAT(RunLine(line).out, HasSubstr("\x1b["));
  EXPECT_THAT(RunLine("NO_COLOR=1 " + line).out, Not(HasSubstr("\x1b[")));
}

TEST(OutputTest, EndsQuietlyWhenItsReaderGoes) {
  const Ran ran = RunLine(
      "attlas data check data > /dev/null 2>&1; "
      "attlas call GraphService/Export -d '{}' | head -c 100 > /dev/null");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
}

}  // namespace
}  // namespace attlas::testing
