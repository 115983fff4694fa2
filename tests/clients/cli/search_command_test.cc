// attlas search, against a daemon with the curated dataset.
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
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kColumns[] = "name,type,title,year,excerpt_field,excerpt,marking,score\n";

// data/nodes/event.csv: 1540-poc-2015, a workshop in Qingdao in September 2015.
TEST(SearchCommandTest, ShowsWhatWasFoundAndWhere) {
  const Ran ran = RunLine("attlas search Qingdao --as-of 2026-11-29");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("1 result.\n"));
  EXPECT_THAT(ran.out, AllOf(HasSubstr("events/1540-poc-2015  event  First Asia-Pacific 1540"),
                             HasSubstr("2015  city   Qingdao"), HasSubstr("By type: event 1."),
                             HasSubstr("By year: 2015 1."), HasSubstr("As of 2026-11-29")));
  const Ran csv = RunLine("attlas search Qingdao -o csv");
  EXPECT_THAT(csv.out, StartsWith(std::string(kColumns) +
                                  "events/1540-poc-2015,event,First Asia-Pacific 1540 points of "
                                  "contact training,2015,city,Qingdao,TLP:CLEAR,"));
  EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 2);
}

TEST(SearchCommandTest, WritesTheResponseAsJson) {
  const Ran ran = RunLine("attlas search Qingdao -o json");
  evidence::v1::SearchResponse response;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ran.out, &response).ok()) << ran.out;
  EXPECT_EQ(response.total(), 1);
  EXPECT_EQ(response.hits(0).name(), "events/1540-poc-2015");
}

TEST(SearchCommandTest, SaysThatNothingWasFound) {
  const Ran ran = RunLine("attlas search xyzzyxyzzy");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("Nothing was found.\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("Name")));
  EXPECT_EQ(RunLine("attlas search xyzzyxyzzy -o csv").out, kColumns);
}

TEST(SearchCommandTest, SearchesForWhatWasMeant) {
  EXPECT_THAT(RunLine("attlas search Phillipines").out,
              StartsWith("Nothing was found as it was written; this is what `philippines` finds."));
  EXPECT_THAT(RunLine("attlas search indones --as-typed -o csv").out,
              HasSubstr("states/IDN,state,Indonesia,"));
}

TEST(SearchCommandTest, NarrowsAndExcludes) {
  const Ran typed = RunLine("attlas search licensing --type SERVES,role -o csv");
  EXPECT_THAT(typed.out,
              AllOf(HasSubstr(",role,"), HasSubstr(",SERVES,"), Not(HasSubstr(",agency,"))));
  // data/edges/about.csv: 1540-india-2025 is about border control.
  const std::string about = "attlas search 1540 India -o csv --theme ";
  EXPECT_THAT(RunLine(about + "border-control").out, HasSubstr("events/1540-india-2025,"));
  EXPECT_THAT(RunLine(about + "legislation").out, Not(HasSubstr("events/1540-india-2025,")));
  EXPECT_THAT(RunLine("attlas search training --type event --from 2016 -o csv").out,
              Not(HasSubstr(",2015,")));
  EXPECT_EQ(RunLine("attlas search -o csv -- Qingdao -training").out, kColumns);
}

TEST(SearchCommandTest, GoesOnWhereAPageEnded) {
  const Ran first = RunLine("attlas search licensing --page-size 2 -o json");
  evidence::v1::SearchResponse page;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(first.out, &page).ok()) << first.out;
  const std::string& token = page.next_page_token();
  const Ran second = RunLine("attlas search licensing --page-size 2 -o csv --page-token " + token);
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(std::count(second.out.begin(), second.out.end(), '\n'), 1 + 2);
  EXPECT_THAT(second.out, Not(HasSubstr(page.hits(0).name() + ",")));
  const Ran other = RunLine("attlas search brokering --page-size 2 --page-token " + token);
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("page_token"));
}

TEST(SearchCommandTest, RefusesWhatItCannotSearch) {
  const auto refused = [](const std::string& rest) {
    const Ran ran = RunLine("attlas search " + rest);
    EXPECT_EQ(ran.code, 2) << rest;
    EXPECT_EQ(ran.out, "") << rest;
    return ran.err;
  };
  EXPECT_EQ(refused("'\"open'"), "attlas: query: the quotation mark at byte 0 has no partner\n");
  EXPECT_THAT(refused("'a*'"), HasSubstr("query: the `*` at byte 1 needs at least 2"));
  EXPECT_THAT(refused("arms --type stat"), HasSubstr("did you mean state?"));
  EXPECT_THAT(refused("arms --from 2020 --to 2019"), HasSubstr("to_year"));
  EXPECT_THAT(refused(""), HasSubstr("query"));
}

}  // namespace
}  // namespace attlas::testing
