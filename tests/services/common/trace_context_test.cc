#include "services/common/trace_context.h"

#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attlas::services {
namespace {

using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Ne;

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kParent[] = "00f067aa0ba902b7";

std::string Header(const std::string& version, const std::string& flags) {
  return version + "-" + kTrace + "-" + kParent + "-" + flags;
}

TEST(TraceContextTest, GoesOnUnderTheCallersSpan) {
  const std::optional<TraceContext> trace = ContinueTrace(Header("00", "01"), "vendor=1");
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, kTrace);
  EXPECT_EQ(trace->parent_id, kParent);
  EXPECT_THAT(trace->span_id, MatchesRegex("[0-9a-f]{16}"));
  EXPECT_THAT(trace->span_id, Ne(kParent));
  EXPECT_TRUE(trace->sampled);
  EXPECT_EQ(trace->state, "vendor=1");
  EXPECT_EQ(trace->Traceparent(), "00-" + std::string(kTrace) + "-" + trace->span_id + "-01");
}

TEST(TraceContextTest, EachSpanHasAnIdOfItsOwn) {
  EXPECT_NE(ContinueTrace(Header("00", "00"), "")->span_id,
            ContinueTrace(Header("00", "00"), "")->span_id);
}

TEST(TraceContextTest, OtherFlagsAreNotOurs) {
  EXPECT_FALSE(ContinueTrace(Header("00", "00"), "")->sampled);
  EXPECT_FALSE(ContinueTrace(Header("00", "fe"), "")->sampled);
  EXPECT_TRUE(ContinueTrace(Header("00", "ff"), "")->sampled);
  EXPECT_THAT(ContinueTrace(Header("00", "fe"), "")->Traceparent(), MatchesRegex(".*-00"));
}

TEST(TraceContextTest, ReadsWhatALaterVersionKeeps) {
  EXPECT_TRUE(ContinueTrace(Header("cc", "01"), "").has_value());
  EXPECT_TRUE(ContinueTrace(Header("cc", "01") + "-what-comes", "").has_value());
  EXPECT_FALSE(ContinueTrace(Header("cc", "01") + ".what-comes", "").has_value());
}

TEST(TraceContextTest, IsBegunByNothingElse) {
  const std::string good = Header("00", "01");
  for (const std::string& bad :
       {std::string(), std::string("00"), good + "-more", good.substr(0, 54), Header("ff", "01"),
        Header("0G", "01"), Header("00", "0g"), Header("00", "1"),
        "00-" + std::string(32, '0') + "-" + kParent + "-01",
        "00-" + std::string(kTrace) + "-" + std::string(16, '0') + "-01",
        "00-" + std::string(32, 'A') + "-" + kParent + "-01",
        "00_" + std::string(kTrace) + "-" + kParent + "-01"}) {
    EXPECT_FALSE(ContinueTrace(bad, "").has_value()) << bad;
  }
}

TEST(TraceContextTest, LeavesOutAStateThatItCannotPassOn) {
  EXPECT_THAT(ContinueTrace(Header("00", "01"), std::string(513, 'a'))->state, IsEmpty());
  EXPECT_THAT(ContinueTrace(Header("00", "01"), "a=\n")->state, IsEmpty());
  EXPECT_EQ(ContinueTrace(Header("00", "01"), std::string(512, 'a'))->state.size(), 512);
}

}  // namespace
}  // namespace attlas::services
