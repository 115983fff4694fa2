#include "services/gateway/rpc/envelope.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace attlas::gateway {
namespace {

TEST(EnvelopeTest, ParsesWhatItMakes) {
  const std::string body = MakeEnvelope(0, "") + MakeEnvelope(kCompressedFlag, "abc") +
                           MakeEnvelope(kEndStreamFlag, std::string(70'000, 'x'));
  const auto envelopes = ParseEnvelopes(body);
  ASSERT_OK(envelopes);
  ASSERT_EQ(envelopes->size(), 3u);
  EXPECT_EQ((*envelopes)[0].message, "");
  EXPECT_EQ((*envelopes)[1].flags, kCompressedFlag);
  EXPECT_EQ((*envelopes)[1].message, "abc");
  EXPECT_EQ((*envelopes)[2].message.size(), 70'000u);
  EXPECT_EQ(MakeEnvelope(2, "{}"), std::string("\x02\0\0\0\x02{}", 7));
  EXPECT_TRUE(ParseEnvelopes("")->empty());
}

TEST(EnvelopeTest, RefusesABodyThatEndsWithinOne) {
  const std::string body = MakeEnvelope(0, "ab") + MakeEnvelope(0, "cd");
  for (size_t cut = 1; cut < body.size(); ++cut) {
    const bool whole = cut == body.size() / 2;
    EXPECT_EQ(ParseEnvelopes(body.substr(0, cut)).ok(), whole) << cut;
  }
  // A length of nearly 4 GiB promises what is not there.
  EXPECT_THAT(ParseEnvelopes(std::string("\0\xff\xff\xff\xff", 5)),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace attlas::gateway
