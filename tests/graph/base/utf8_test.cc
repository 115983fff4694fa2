#include "graph/base/utf8.h"

#include "gtest/gtest.h"

namespace attlas::graph {
namespace {

TEST(Utf8Test, AcceptsEveryLength) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x95\x8a"));
  EXPECT_TRUE(IsValidUtf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST(Utf8Test, RefusesMalformedText) {
  EXPECT_EQ(ValidUtf8Prefix("ab\x80"), 2u);            // No lead byte.
  EXPECT_EQ(ValidUtf8Prefix("\xc0\x80"), 0u);          // Overlong.
  EXPECT_EQ(ValidUtf8Prefix("\xe0\x9f\xbf"), 0u);      // Overlong.
  EXPECT_EQ(ValidUtf8Prefix("\xf0\x8f\xbf\xbf"), 0u);  // Overlong.
  EXPECT_EQ(ValidUtf8Prefix("\xed\xa0\x80"), 0u);      // A surrogate.
  EXPECT_EQ(ValidUtf8Prefix("\xf4\x90\x80\x80"), 0u);  // Above U+10FFFF.
  EXPECT_EQ(ValidUtf8Prefix("\xff"), 0u);
  EXPECT_EQ(ValidUtf8Prefix("x\xe2\x82"), 1u);  // Cut off.
}

TEST(Utf8Test, PrintableEscapesAndShortens) {
  EXPECT_EQ(Printable("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(Printable("caf\xe9\n"), "caf\\xe9\\x0a");
  EXPECT_EQ(Printable("abcdef", 3), "abc...");
  EXPECT_EQ(Printable("ab\xc3\xa9", 3), "ab...");
}

}  // namespace
}  // namespace attlas::graph
