// What is refused, with the exact code, field and message.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/instruments/instrument_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::instruments {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing::StatusIs;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kNotFound = absl::StatusCode::kNotFound;

absl::Status Ask(const v1::GetStatusRequest& request) {
  return InstrumentQueries(&testing::CuratedGraph())
      .GetStatus(testing::OperatorCall(), request)
      .status();
}

v1::GetStatusRequest Request(std::string_view instrument) {
  v1::GetStatusRequest request;
  request.set_instrument(std::string(instrument));
  return request;
}

TEST(BadInputTest, UnknownInstrumentSuggestsTheNearest) {
  const absl::Status status = Ask(Request("atr"));
  EXPECT_THAT(status, StatusIs(kNotFound, HasSubstr("instrument: there is no `instruments/atr`; "
                                                    "nearest: ")));
  EXPECT_THAT(status, StatusIs(kNotFound, HasSubstr("`instruments/att` (ATT)")));
  EXPECT_EQ(testing::ReasonOf(status), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(testing::MetadataOf(status, "resource"), "instruments/atr");
  EXPECT_THAT(testing::MetadataOf(status, "suggestions"), HasSubstr("instruments/att"));
}

TEST(BadInputTest, UnknownRegionSuggestsTheNearest) {
  v1::GetStatusRequest request = Request("att");
  request.set_grouping("aseen");
  EXPECT_THAT(Ask(request), StatusIs(kNotFound, HasSubstr("grouping: there is no "
                                                          "`groupings/aseen`; nearest: "
                                                          "`groupings/asean`")));
}

TEST(BadInputTest, ANameThatIsNearToNoneShowsSomeThatAreThere) {
  v1::GetStatusRequest request = Request("att");
  request.set_grouping("nowhere-land");
  const absl::Status status = Ask(request);
  EXPECT_THAT(status, StatusIs(kNotFound, MatchesRegex("grouping: there is no `groupings/nowhere-"
                                                       "land`; there are [1-9][0-9]*, such as "
                                                       "`groupings/[^`]+`(, `groupings/[^`]+`)*")));
  // None of them is what was meant.
  EXPECT_EQ(testing::MetadataOf(status, "suggestions"), "");
}

TEST(BadInputTest, MissingAndMalformedNamesBlameTheirField) {
  absl::Status status = Ask(Request(""));
  EXPECT_THAT(status, StatusIs(kInvalid, HasSubstr("is required: an instrument, such as "
                                                   "`instruments/att` or `att`")));
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("instrument"));
  EXPECT_EQ(testing::ReasonOf(status), "INVALID_FIELD");
  for (const char* name : {"states/IDN", "instruments/", "instruments/att/x", "a\tb"}) {
    status = Ask(Request(name));
    EXPECT_THAT(status, StatusIs(kInvalid, HasSubstr("does not name an instrument"))) << name;
    EXPECT_THAT(testing::BlamedFields(status), ElementsAre("instrument")) << name;
  }
}

TEST(BadInputTest, DateThatDoesNotExist) {
  v1::GetStatusRequest request = Request("att");
  request.mutable_read()->mutable_as_of()->set_year(2025);
  request.mutable_read()->mutable_as_of()->set_month(2);
  request.mutable_read()->mutable_as_of()->set_day(30);
  const absl::Status status = Ask(request);
  EXPECT_THAT(status, StatusIs(kInvalid, HasSubstr("no such date: year 2025, month 2, day 30")));
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("read.as_of"));
}

TEST(BadInputTest, RevisionThatCannotBeRead) {
  v1::GetStatusRequest request = Request("att");
  request.mutable_read()->set_at_revision("nonsense!");
  const absl::Status status = Ask(request);
  EXPECT_THAT(status, StatusIs(kInvalid));
  EXPECT_EQ(testing::ReasonOf(status), "REVISION_MALFORMED");
}

TEST(BadInputTest, EnumerationValuesThatDoNotExist) {
  v1::GetStatusRequest request = Request("att");
  request.set_count_by(static_cast<v1::CountBy>(9));
  EXPECT_THAT(testing::BlamedFields(Ask(request)), ElementsAre("count_by"));
  request = Request("att");
  request.add_statuses(v1::PARTICIPATION_STATUS_PARTY);
  request.add_statuses(v1::PARTICIPATION_STATUS_UNSPECIFIED);
  EXPECT_THAT(testing::BlamedFields(Ask(request)), ElementsAre("statuses[1]"));
  request = Request("att");
  request.mutable_read()->set_min_confidence(static_cast<graph::v1::Confidence>(77));
  EXPECT_THAT(testing::BlamedFields(Ask(request)), ElementsAre("read.min_confidence"));
}

TEST(BadInputTest, FiguresNeedASubjectAndFewDates) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::CompareFiguresRequest request;
  absl::Status status = queries.CompareFigures(testing::OperatorCall(), request).status();
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("instrument"));
  request.set_figure("sas-18-of-41");
  status = queries.CompareFigures(testing::OperatorCall(), request).status();
  EXPECT_THAT(status, StatusIs(kNotFound, HasSubstr("figures/sas-18-of-40")));
  for (int i = 0; i < 17; ++i) request.add_dates()->set_year(2000 + i);
  status = queries.CompareFigures(testing::OperatorCall(), request).status();
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("dates"));
}

TEST(BadInputTest, PageSizeBelowZero) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::ListInstrumentsRequest request;
  request.set_page_size(-1);
  const absl::Status status = queries.ListInstruments(testing::OperatorCall(), request).status();
  EXPECT_THAT(status, StatusIs(kInvalid));
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("page_size"));
  EXPECT_THAT(status.message(), Not(IsEmpty()));
}

TEST(BadInputTest, UnknownKindOfInstrument) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::ListInstrumentsRequest request;
  request.set_kind("treatise");
  const absl::Status status = queries.ListInstruments(testing::OperatorCall(), request).status();
  EXPECT_THAT(status,
              StatusIs(kInvalid, HasSubstr("`treatise` is none of the kinds that are known; "
                                           "did you mean treaty")));
  EXPECT_THAT(testing::BlamedFields(status), ElementsAre("kind"));
}

TEST(BadInputTest, ProfileOfAnUnknownState) {
  InstrumentQueries queries(&testing::CuratedGraph());
  v1::GetStateProfileRequest request;
  request.set_state("states/idn");
  const absl::Status status = queries.GetStateProfile(testing::OperatorCall(), request).status();
  EXPECT_THAT(status, StatusIs(kNotFound, HasSubstr("`states/IDN` (Indonesia)")));
}

}  // namespace
}  // namespace attlas::instruments
