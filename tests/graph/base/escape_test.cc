#include "graph/base/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace attlas::graph {
namespace {

std::string Escaped(std::string_view text) {
  std::string out = "before ";
  AppendEscaped(text, &out);
  return out;
}

TEST(EscapeTest, LeavesWhatNeedsNoEscape) {
  EXPECT_EQ(Escaped(""), "before ");
  EXPECT_EQ(Escaped("Türkiye, \xe2\x80\xa8/'"), "before Türkiye, \xe2\x80\xa8/'");
}

TEST(EscapeTest, EscapesQuotesBackslashesAndControlCharacters) {
  EXPECT_EQ(Escaped("a\"b\\c"), "before a\\\"b\\\\c");
  EXPECT_EQ(Escaped("\n\r\t"), "before \\n\\r\\t");
  EXPECT_EQ(Escaped(std::string_view("\0\x1f\x7f", 3)), "before \\u0000\\u001f\\u007f");
}

TEST(EscapeTest, TellsWhetherAllIsAscii) {
  std::string out;
  EXPECT_TRUE(AppendEscaped("", &out));
  EXPECT_TRUE(AppendEscaped("a\n~\x7f", &out));
  EXPECT_FALSE(AppendEscaped("\x80", &out));
  EXPECT_FALSE(AppendEscaped("\n\xc3\xa9\"", &out));
  EXPECT_EQ(out, "a\\n~\\u007f\x80\\n\xc3\xa9\\\"");
}

}  // namespace
}  // namespace attlas::graph
