// What a status table changes: dates that contradict each other, and several changes of one row.
#include "clients/exchange/status_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace attlas::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

graph::Date Year(int year) {
  graph::Date date;
  date.set_year(year);
  return date;
}

// The Philippines signed in 2013 and consented in 2022.
HeldStatus Held() {
  HeldStatus held;
  held.instrument.set_name("instruments/att");
  graph::Property* force = held.instrument.add_properties();
  force->set_name("entry_into_force");
  *force->mutable_value()->mutable_date() = Year(2014);
  held.citation.set_source("sources/table");
  held.shown["states/PHL"] = "Philippines";
  held.shown["states/FJI"] = "Fiji";
  for (const auto& [type, year] : {std::pair("SIGNED", 2013), std::pair("CONSENTED_TO", 2022)}) {
    graph::Edge& edge = held.acts.emplace_back();
    edge.set_type(type);
    edge.set_from("states/PHL");
    edge.set_to("instruments/att");
    *edge.mutable_valid_from() = Year(year);
    graph::Canonicalize(&edge);
    edge.set_etag(type);
  }
  return held;
}

StatusRow Row(const std::string& state) {
  StatusRow row;
  row.line = 2;
  row.state = state;
  return row;
}

std::vector<std::string> WordsOf(const StatusChanges& planned) {
  std::vector<std::string> words;
  for (const v1::PlannedChange& change : planned.changes) words.push_back(change.words());
  return words;
}

TEST(StatusChangesTest, AWithdrawalEndsConsentAndSignature) {
  StatusRow row = Row("states/PHL");
  row.withdrawal = Year(2026);
  EXPECT_THAT(WordsOf(PlanStatusChanges(Held(), {row})),
              ElementsAre("Philippines: consent ends by withdrawal on 2026",
                          "Philippines: signature ends by withdrawal on 2026"));
}

TEST(StatusChangesTest, AWithdrawalBeforeWhatItEndsIsNotedAndLeft) {
  StatusRow row = Row("states/PHL");
  row.withdrawal = Year(20);
  const StatusChanges planned = PlanStatusChanges(Held(), {row});
  EXPECT_THAT(planned.changes, IsEmpty());
  EXPECT_THAT(planned.notes,
              ElementsAre("Philippines: the table has a withdrawal on 0020, which is not after the "
                          "consent of 2022; left as it is",
                          "Philippines: the table has a withdrawal on 0020, which is not after the "
                          "signature of 2013; left as it is"));
}

TEST(StatusChangesTest, ACorrectionAndAWithdrawalOfOneRowAreOneChange) {
  StatusRow row = Row("states/PHL");
  row.deposit = Year(2021);
  row.withdrawal = Year(2026);
  const StatusChanges planned = PlanStatusChanges(Held(), {row});
  ASSERT_THAT(planned.changes, SizeIs(2));
  const graph::Edge& edge = planned.changes[0].mutation().update_edge();
  EXPECT_EQ(edge.valid_from().year(), 2021);
  EXPECT_EQ(edge.valid_to().year(), 2026);
  EXPECT_EQ(edge.etag(), "CONSENTED_TO");
  EXPECT_THAT(planned.changes[0].words(),
              ::testing::EndsWith("; consent ends by withdrawal on 2026"));
}

TEST(StatusChangesTest, WhatIsNewMayHaveEndedAlready) {
  StatusRow row = Row("states/FJI");
  row.signature = Year(2014);
  row.deposit = Year(2015);
  row.withdrawal = Year(2020);
  const StatusChanges planned = PlanStatusChanges(Held(), {row});
  ASSERT_THAT(planned.changes, SizeIs(2));
  for (const v1::PlannedChange& change : planned.changes) {
    EXPECT_EQ(change.mutation().create_edge().valid_to().year(), 2020) << change.words();
  }
}

TEST(StatusChangesTest, ASignatureAfterItsEndIsNotedAndLeft) {
  HeldStatus held = Held();
  *held.acts[0].mutable_valid_to() = Year(2016);
  StatusRow row = Row("states/PHL");
  row.signature = Year(2017);
  const StatusChanges planned = PlanStatusChanges(held, {row});
  EXPECT_THAT(planned.changes, IsEmpty());
  EXPECT_THAT(planned.notes, SizeIs(1));
}

}  // namespace
}  // namespace attlas::exchange
