// Parallel work, over the curated dataset; the pairs were counted from its tables by hand.
#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "services/cooperation/cooperation_queries.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::cooperation {
namespace {

using testing::AsOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

absl::StatusOr<v1::FindDuplicationResponse> Ask(const v1::FindDuplicationRequest& request) {
  static const CooperationQueries queries(&testing::CuratedGraph());
  return queries.FindDuplication(testing::OperatorCall(), request);
}

v1::FindDuplicationRequest On(const std::string& instrument, int window = 0) {
  v1::FindDuplicationRequest request;
  *request.mutable_read() = AsOf("2026-11-23");
  request.set_instrument(instrument);
  request.set_window_days(window);
  return request;
}

std::vector<std::string> PlacesOf(const v1::FindDuplicationResponse& answer) {
  std::vector<std::string> places;
  for (const v1::Overlap& overlap : answer.overlaps()) places.push_back(overlap.place().name());
  return places;
}

TEST(FindDuplicationTest, FindsWorkSideBySideWithinTheWindow) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(On("att")));
  EXPECT_EQ(answer.window_days(), 365);
  EXPECT_EQ(answer.total(), 12);
  const v1::Overlap& philippines = answer.overlaps(0);
  EXPECT_EQ(philippines.place().name(), "states/PHL");
  EXPECT_EQ(philippines.topic().name(), "instruments/att");
  EXPECT_EQ(philippines.pair_count(), 10);
  EXPECT_EQ(philippines.least_days_apart(), 29);
  const v1::ParallelPair& closest = philippines.pairs(0);
  EXPECT_EQ(philippines.contacts(closest.first()).engagement().name(), "events/tha-att-2016");
  EXPECT_EQ(philippines.contacts(closest.second()).engagement().name(), "events/ap-att-2016");
  EXPECT_EQ(answer.overlaps(1).place().name(), "states/THA");
  EXPECT_EQ(answer.overlaps(1).pair_count(), 7);
  for (const v1::Overlap& overlap : answer.overlaps()) {
    for (const v1::ParallelPair& pair : overlap.pairs()) {
      const v1::Contact& first = overlap.contacts(pair.first());
      const v1::Contact& second = overlap.contacts(pair.second());
      EXPECT_EQ(graph::FirstDay(second.start_date()) - graph::FirstDay(first.start_date()),
                pair.days_apart());
      for (const auto& organizer : first.organizers()) {
        EXPECT_TRUE(
            std::none_of(second.organizers().begin(), second.organizers().end(),
                         [&](const auto& other) { return other.name() == organizer.name(); }));
      }
    }
  }
}

TEST(FindDuplicationTest, ANarrowWindowLeavesTheClosest) {
  ASSERT_OK_AND_ASSIGN(const auto answer, Ask(On("att", 30)));
  EXPECT_THAT(PlacesOf(answer),
              UnorderedElementsAre("states/KHM", "states/MYS", "states/PHL", "states/THA"));
  ASSERT_OK_AND_ASSIGN(const auto narrower, Ask(On("att", 28)));
  EXPECT_THAT(narrower.overlaps(), IsEmpty());
  EXPECT_THAT(narrower.sentence(), HasSubstr("No place has parallel work"));
}

TEST(FindDuplicationTest, PlacesAndDatesNarrowIt) {
  v1::FindDuplicationRequest request = On("att");
  request.set_state("NPL");
  ASSERT_OK_AND_ASSIGN(const auto nepal, Ask(request));
  ASSERT_EQ(nepal.total(), 1);
  EXPECT_EQ(nepal.overlaps(0).least_days_apart(), 124);
  EXPECT_EQ(nepal.overlaps(0).contacts_size(), 2);
  request = On("att");
  request.set_grouping("asean");
  ASSERT_OK_AND_ASSIGN(const auto asean, Ask(request));
  EXPECT_THAT(PlacesOf(asean),
              ElementsAre("states/PHL", "states/THA", "states/KHM", "states/MYS", "states/VNM"));
  request = On("att");
  *request.mutable_from_date() = graph::ParseDate("2018").value();
  ASSERT_OK_AND_ASSIGN(const auto late, Ask(request));
  EXPECT_EQ(late.total(), 6);
  // What lies after the date that is read is left out.
  *request.mutable_read() = AsOf("2018-06-01");
  ASSERT_OK_AND_ASSIGN(const auto then, Ask(request));
  EXPECT_EQ(then.total(), 0);
}

TEST(FindDuplicationTest, WithoutATopicEveryTopicIsCompared) {
  v1::FindDuplicationRequest request = On("");
  ASSERT_OK_AND_ASSIGN(const auto every, Ask(request));
  EXPECT_EQ(every.total(), 13);
  request.set_theme("universalization");
  ASSERT_OK_AND_ASSIGN(const auto theme, Ask(request));
  EXPECT_EQ(theme.total(), 0);
}

TEST(FindDuplicationTest, PagesAreOneListAndEverythingIsCited) {
  v1::FindDuplicationRequest request = On("");
  request.set_page_size(5);
  request.set_include_sources(true);
  int seen = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Ask(request));
    EXPECT_EQ(page.total(), 13);
    seen += page.overlaps_size();
    EXPECT_FALSE(page.sources().empty());
    for (const v1::Overlap& overlap : page.overlaps()) {
      for (const v1::Contact& contact : overlap.contacts()) {
        // Taking part, the topic, and at least one organizer.
        EXPECT_GE(contact.evidence_size(), 3);
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, 13);
}

TEST(FindDuplicationTest, BadInputBlamesItsField) {
  const auto blamed = [](const v1::FindDuplicationRequest& request) {
    return testing::BlamedFields(Ask(request).status());
  };
  v1::FindDuplicationRequest request = On("att");
  request.set_theme("marking");
  EXPECT_THAT(blamed(request), ElementsAre("instrument"));
  request = On("att");
  request.set_state("PHL");
  request.set_grouping("asean");
  EXPECT_THAT(blamed(request), ElementsAre("grouping"));
  EXPECT_THAT(blamed(On("att", -1)), ElementsAre("window_days"));
  EXPECT_THAT(blamed(On("att", 3661)), ElementsAre("window_days"));
  EXPECT_THAT(Ask(On("at")), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attlas::cooperation
