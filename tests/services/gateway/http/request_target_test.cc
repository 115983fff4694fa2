#include "services/gateway/http/request_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attlas::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(RequestTargetTest, SplitsAndDecodes) {
  const auto target = ParseTarget("/a%20b/c+d?x=1&y=a%26b+c&empty=&alone&x=2#not");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/a b/c+d");
  EXPECT_THAT(target->query, ElementsAre(Pair("x", "1"), Pair("y", "a&b c"), Pair("empty", ""),
                                         Pair("alone", ""), Pair("x", "2")));
  EXPECT_EQ(*target->Find("x"), "1");
  EXPECT_EQ(target->Find("z"), nullptr);
}

TEST(RequestTargetTest, TakesTheFormForProxies) {
  EXPECT_EQ(ParseTarget("http://host:80/a?b=c")->path, "/a");
  EXPECT_EQ(ParseTarget("HTTPS://host")->path, "/");
  EXPECT_EQ(ParseTarget("http://host?b=c")->path, "/");
}

TEST(RequestTargetTest, RefusesWhatIsNoPath) {
  for (const char* target : {"", "*", "host:80", "a/b", "/%", "/%4", "/%zz", "/a?b=%", "/../a",
                             "/a/..", "/a/%2e%2e/b", "/./a", "/a%00b"}) {
    EXPECT_FALSE(ParseTarget(target).has_value()) << target;
  }
  EXPECT_TRUE(ParseTarget("/a..b/...").has_value());
}

TEST(RequestTargetTest, PercentEncodingIsUndoneByDecoding) {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  const std::string encoded = PercentEncode(all);
  for (const char c : encoded) EXPECT_TRUE(c >= ' ' && c <= '~');
  EXPECT_EQ(PercentDecode(encoded, false), all);
  EXPECT_EQ(PercentEncode("50% of é"), "50%25 of %C3%A9");
}

}  // namespace
}  // namespace attlas::gateway
