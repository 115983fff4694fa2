#include "clients/exchange/name_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace attlas::exchange {
namespace {

using ::testing::HasSubstr;

graph::Node State(const std::string& code, const std::string& name, const std::string& alias) {
  graph::Node node;
  node.set_name("states/" + code);
  node.set_display_name(name);
  node.add_aliases(alias);
  return node;
}

NameIndex Names() {
  NameIndex names;
  names.Add(State("TUR", "Türkiye", "Republic of Türkiye"));
  names.Add(State("CIV", "Côte d'Ivoire", "Ivory Coast"));
  names.Add(State("NLD", "Netherlands", "Holland"));
  names.Add(State("COG", "Congo", "Republic of the Congo"));
  names.Add(State("COD", "Democratic Republic of the Congo", "Congo"));
  return names;
}

TEST(FoldNameTest, DropsCaseAccentsAndPunctuation) {
  EXPECT_EQ(FoldName("  Côte d’IVOIRE "), "cote divoire");
  EXPECT_EQ(FoldName("Guinea-Bissau"), "guinea bissau");
  EXPECT_EQ(FoldName("Ａ"), "a") << "wide letters are the narrow ones";
  EXPECT_EQ(FoldName(""), "");
  EXPECT_EQ(FoldName("\xff\xfe"), FoldName("\xff\xfe")) << "no UTF-8 is no crash";
}

TEST(NameIndexTest, FindsCodesNamesAndAliases) {
  const NameIndex names = Names();
  for (const char* text :
       {"TUR", "tur", "states/TUR", "TÜRKIYE", "Turkiye", "Republic of Turkiye"}) {
    EXPECT_EQ(names.Find(text).value_or(""), "states/TUR") << text;
  }
  EXPECT_EQ(names.Find("Netherlands (Kingdom of the)").value_or(""), "states/NLD");
  EXPECT_EQ(names.Find("Cote d'Ivoire").value_or(""), "states/CIV");
}

TEST(NameIndexTest, SuggestsTheNearest) {
  const absl::Status status = Names().Find("Turkiy").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean `Türkiye`"));
}

TEST(NameIndexTest, RefusesANameOfTwo) {
  const absl::Status status = Names().Find("Congo").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("states/COD and of states/COG"));
}

}  // namespace
}  // namespace attlas::exchange
