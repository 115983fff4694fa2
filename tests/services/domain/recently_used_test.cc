#include "services/domain/recently_used.h"

#include <memory>

#include "gtest/gtest.h"
#include "services/domain/scope.h"

namespace attlas::domain {
namespace {

constexpr int kMax = 4;

Reading On(graph::DayNumber day, graph::Confidence confidence = graph::v1::CONFIDENCE_SEEN) {
  return {.day = day, .min_confidence = confidence};
}

// Numbers what is made by when it was.
class Counted {
 public:
  int At(const Reading& reading) {
    return *kept_.At(reading, [&] { return std::make_shared<const int>(++made_); });
  }

 private:
  int made_ = 0;
  RecentlyUsed<Reading, int, kMax> kept_;
};

TEST(RecentlyUsedTest, WhatWasMadeForAKeyIsFoundAgain) {
  Counted counted;
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), 2);
  EXPECT_EQ(counted.At(On(1, graph::v1::CONFIDENCE_RECALLED)), 3);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), 2);
  EXPECT_EQ(counted.At(On(1, graph::v1::CONFIDENCE_RECALLED)), 3);
}

TEST(RecentlyUsedTest, TheLastUsedAreKept) {
  Counted counted;
  for (int day = 1; day <= kMax; ++day) EXPECT_EQ(counted.At(On(day)), day);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(100)), kMax + 1);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), kMax + 2);
}

}  // namespace
}  // namespace attlas::domain
