#include "graph/model/marking.h"

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::IsOkAndHolds;
using ::attlas::testing::StatusIs;

Marking MakeMarking(TrafficLight level, const std::string& space = "") {
  Marking marking;
  marking.set_traffic_light(level);
  marking.set_space(space);
  return marking;
}

TEST(MarkingTest, LevelBoundsWhatIsSeen) {
  const Clearance amber = {v1::TRAFFIC_LIGHT_AMBER, {}, false};
  EXPECT_TRUE(CanSee(amber, Marking()));
  EXPECT_TRUE(CanSee(amber, MakeMarking(v1::TRAFFIC_LIGHT_AMBER)));
  EXPECT_FALSE(CanSee(amber, MakeMarking(v1::TRAFFIC_LIGHT_AMBER_STRICT)));
  // An unspecified clearance is the lowest; an unknown level is above all.
  EXPECT_FALSE(
      CanSee({v1::TRAFFIC_LIGHT_UNSPECIFIED, {}, false}, MakeMarking(v1::TRAFFIC_LIGHT_GREEN)));
  EXPECT_FALSE(CanSee(Clearance::Operator(), MakeMarking(static_cast<TrafficLight>(99))));
}

TEST(MarkingTest, SpaceNeedsMembershipAndLevel) {
  const Marking in_room = MakeMarking(v1::TRAFFIC_LIGHT_AMBER, "spaces/room");
  EXPECT_FALSE(CanSee({v1::TRAFFIC_LIGHT_RED, {}, false}, in_room));
  EXPECT_FALSE(CanSee({v1::TRAFFIC_LIGHT_RED, {"spaces/other"}, false}, in_room));
  EXPECT_FALSE(CanSee({v1::TRAFFIC_LIGHT_GREEN, {"spaces/room"}, false}, in_room));
  EXPECT_TRUE(CanSee({v1::TRAFFIC_LIGHT_AMBER, {"spaces/other", "spaces/room"}, false}, in_room));
  EXPECT_TRUE(CanSee(Clearance::Operator(), in_room));
}

TEST(MarkingTest, NarrowNeverWidens) {
  const Clearance member = {v1::TRAFFIC_LIGHT_AMBER, {"spaces/room"}, true};
  EXPECT_EQ(Narrow(member, v1::TRAFFIC_LIGHT_UNSPECIFIED).spaces.size(), 1u);
  const Clearance narrowed = Narrow(member, v1::TRAFFIC_LIGHT_RED);
  EXPECT_EQ(narrowed.level, v1::TRAFFIC_LIGHT_AMBER);
  EXPECT_TRUE(narrowed.spaces.empty());
  EXPECT_FALSE(narrowed.all_spaces);
  EXPECT_EQ(Narrow(member, v1::TRAFFIC_LIGHT_CLEAR).level, v1::TRAFFIC_LIGHT_CLEAR);
}

TEST(MarkingTest, ParsesWhatItPrints) {
  for (int level = v1::TRAFFIC_LIGHT_CLEAR; level <= v1::TRAFFIC_LIGHT_RED; ++level) {
    const auto light = static_cast<TrafficLight>(level);
    EXPECT_THAT(ParseTrafficLight(TrafficLightName(light)), IsOkAndHolds(light));
  }
  EXPECT_THAT(ParseTrafficLight("amber+strict"), IsOkAndHolds(v1::TRAFFIC_LIGHT_AMBER_STRICT));
  EXPECT_THAT(ParseTrafficLight("Tlp:Red"), IsOkAndHolds(v1::TRAFFIC_LIGHT_RED));
  EXPECT_THAT(ParseTrafficLight("purple"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "`purple` is not a traffic light; write clear, green, amber, amber+strict "
                       "or red"));
}

}  // namespace
}  // namespace attlas::graph
