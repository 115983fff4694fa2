#include "graph/model/name.h"

#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::HasSubstr;

TEST(NameTest, SplitsNames) {
  ASSERT_OK_AND_ASSIGN(const ResourceName name, ParseResourceName("states/IDN"));
  EXPECT_EQ(name.collection, "states");
  EXPECT_EQ(name.id, "IDN");
  EXPECT_OK(ParseResourceName("goods-classes/small-arms-2"));
}

TEST(NameTest, RefusesMalformedNames) {
  const auto expect = [](const std::string& name, const std::string& problem) {
    EXPECT_THAT(ParseResourceName(name),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(problem)));
  };
  expect("", "`` is not a resource name; write <collection>/<id>, such as states/IDN");
  expect("IDN", "`IDN` is not a resource name; write <collection>/<id>");
  expect("/IDN", "a collection is made of lower-case letters, digits and hyphens");
  expect("States/IDN", "a collection is made of");
  expect("states/", "an id is made of letters, digits and hyphens");
  expect("states/a/b", "an id is made of");
  expect("states/a b", "an id is made of");
  expect("states/\xc3\xa9", "an id is made of");
  expect("states/" + std::string(122, 'a'), "is too long: 129 bytes, at most 128 are allowed");
}

TEST(NameTest, RecognisesEdgeNames) {
  EXPECT_TRUE(IsEdgeName("edges/abc234"));
  EXPECT_TRUE(IsEdgeName(DeriveEdgeName("A", "b/c", "d/e", "")));
  EXPECT_FALSE(IsEdgeName("edges/"));
  EXPECT_FALSE(IsEdgeName("states/IDN"));
  EXPECT_FALSE(IsEdgeName("edges/a/b"));
}

// Names are kept in stores and sent to clients: they must never change.
TEST(NameTest, EdgeNamesAreStable) {
  EXPECT_EQ(DeriveEdgeName("CONSENTED_TO", "states/PHL", "instruments/att", ""),
            "edges/ztu7vyfntcnarlrviiu2uhb35u");
  EXPECT_EQ(DeriveEdgeName("CONSENTED_TO", "states/PHL", "instruments/att", "2022"),
            "edges/2usqjiknrvlpwtu5ekd2f7yuha");
}

TEST(NameTest, PartsOfAKeyDoNotRunIntoOneAnother) {
  std::set<std::string> names;
  names.insert(DeriveEdgeName("AB", "c/d", "e/f", "g"));
  names.insert(DeriveEdgeName("A", "Bc/d", "e/f", "g"));
  names.insert(DeriveEdgeName("AB", "c/de", "/f", "g"));
  names.insert(DeriveEdgeName("AB", "c/d", "e/fg", ""));
  names.insert(DeriveEdgeName("AB", "e/f", "c/d", "g"));
  EXPECT_EQ(names.size(), 5u);
  for (const std::string& name : names) {
    EXPECT_EQ(name.size(), 32u);
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567", 6), std::string::npos);
  }
}

}  // namespace
}  // namespace attlas::graph
