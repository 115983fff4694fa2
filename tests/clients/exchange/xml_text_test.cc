#include "clients/exchange/xml_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace attlas::exchange {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  AppendXmlText(text, &out);
  return out;
}

TEST(XmlTextTest, EscapesMarkupAndLineEnds) {
  EXPECT_EQ(Escaped("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
  EXPECT_EQ(Escaped("]]>"), "]]&gt;");
  EXPECT_EQ(Escaped("a\tb\nc\r"), "a&#9;b&#10;c&#13;");
  EXPECT_EQ(Escaped("Türkiye 漢"), "Türkiye 漢");
}

TEST(XmlTextTest, ReplacesWhatXmlCannotHold) {
  EXPECT_EQ(Escaped(std::string_view("a\0b\x01", 4)),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_EQ(Escaped("\xef\xbf\xbe|\xef\xbf\xbf"), "\xef\xbf\xbd|\xef\xbf\xbd");
}

}  // namespace
}  // namespace attlas::exchange
