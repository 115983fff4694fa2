#include "services/domain/kept_by_reading.h"

#include <memory>

#include "gtest/gtest.h"

namespace attlas::domain {
namespace {

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
  KeptByReading<int> kept_;
};

TEST(KeptByReadingTest, WhatWasMadeForAReadingIsFoundAgain) {
  Counted counted;
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), 2);
  EXPECT_EQ(counted.At(On(1, graph::v1::CONFIDENCE_RECALLED)), 3);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), 2);
  EXPECT_EQ(counted.At(On(1, graph::v1::CONFIDENCE_RECALLED)), 3);
}

TEST(KeptByReadingTest, TheLastUsedAreKept) {
  Counted counted;
  const int kept = static_cast<int>(KeptByReading<int>::kMaxKept);
  for (int day = 1; day <= kept; ++day) EXPECT_EQ(counted.At(On(day)), day);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(100)), kept + 1);
  EXPECT_EQ(counted.At(On(1)), 1);
  EXPECT_EQ(counted.At(On(2)), kept + 2);
}

}  // namespace
}  // namespace attlas::domain
