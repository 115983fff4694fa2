// attlas source, against a daemon with the curated dataset; what is expected was counted there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "attlas/evidence/v1/evidence_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/clients/cli/cli_environment.h"

namespace attlas::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kColumns[] = "type,from,to,valid_from,valid_to,locator,confidence,name\n";

TEST(SourceCommandTest, ShowsASourceAndWhatRestsOnIt) {
  const Ran ran = RunLine("attlas source apminebanconvention-org");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("apminebanconvention.org (sources/apminebanconvention-org)\n"
                                  "https://www.apminebanconvention.org\n"
                                  "20 statements and 8 nodes cite it.\n"));
  EXPECT_EQ(RunLine("attlas source Sources/apminebanconvention-org -o csv").out,
            "kind,type,count,unverified\nstatement,ASKS_FOR_REPORT,2,0\n"
            "statement,HAS_PROVISION,6,0\nstatement,SERVES,10,0\nstatement,STATED_IN,2,0\n"
            "node,provision,6,0\nnode,reporting_duty,2,0\n");
  EXPECT_THAT(RunLine("attlas source rules/addressed-iti").out,
              HasSubstr("193 statements and 0 nodes cite it."));
}

TEST(SourceCommandTest, ListsTheStatements) {
  const Ran ran = RunLine("attlas source apminebanconvention-org --type ASKS_FOR_REPORT");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(
      ran.out,
      AllOf(HasSubstr("instruments/apmbc  reporting-duties/apmbc-annual   Art. 7  recalled"),
            HasSubstr("reporting-duties/apmbc-initial")));
  const Ran csv = RunLine("attlas source apminebanconvention-org --statements -o csv");
  EXPECT_THAT(csv.out, StartsWith(kColumns));
  EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 1 + 20 + 8);
  EXPECT_THAT(csv.out,
              HasSubstr("\nHAS_PROVISION,instruments/apmbc,provisions/apmbc-art-4,,,Art. 4,"
                        "recalled,edges/"));
}

TEST(SourceCommandTest, GoesOnWhereAPageEnded) {
  const std::string line = "attlas source apminebanconvention-org --page-size 27";
  const Ran first = RunLine(line + " -o json");
  evidence::v1::ListStatementsOfResponse page;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(first.out, &page).ok()) << first.out;
  const std::string& token = page.next_page_token();
  const Ran rest = RunLine(line + " -o csv --page-token " + token);
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_EQ(std::count(rest.out.begin(), rest.out.end(), '\n'), 1 + 1);
}

TEST(SourceCommandTest, SaysThatNothingOfThatKindCitesIt) {
  const std::string line = "attlas source apminebanconvention-org --type SIGNED";
  const Ran ran = RunLine(line);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "Nothing of that kind cites it.\n");
  EXPECT_EQ(RunLine(line + " -o csv").out, kColumns);
}

TEST(SourceCommandTest, NamesWhatIsNotThere) {
  const Ran unknown = RunLine("attlas source apminebanconvention");
  EXPECT_EQ(unknown.code, 3);
  EXPECT_EQ(unknown.err,
            "attlas: source: no node sources/apminebanconvention; did you mean "
            "sources/apminebanconvention-org?\n");
  const Ran unlisted = RunLine("attlas source apminebanconvention --statements");
  EXPECT_EQ(unlisted.code, 3);
  EXPECT_THAT(unlisted.err, HasSubstr("sources/apminebanconvention-org"));
  const Ran state = RunLine("attlas source states/IDN");
  EXPECT_EQ(state.code, 2);
  EXPECT_THAT(state.err, HasSubstr("source: names nothing that is cited"));
  EXPECT_THAT(RunLine("attlas source apminebanconvention-org --type SIGNE").err,
              HasSubstr("did you mean SIGNED?"));
  EXPECT_EQ(RunLine("attlas source apminebanconvention-org --page-token x").code, 2);
  EXPECT_EQ(RunLine("attlas source").code, 2);
}

}  // namespace
}  // namespace attlas::testing
