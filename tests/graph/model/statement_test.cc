#include "graph/model/statement.h"

#include "attlas/graph/v1/subgraph.pb.h"
#include "graph/model/name.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::IsOkAndHolds;
using ::attlas::testing::StatusIs;

Value Text(const std::string& text) {
  Value value;
  value.set_text(text);
  return value;
}
Value Integer(int64_t number) {
  Value value;
  value.set_integer(number);
  return value;
}
Value Year(int year) {
  Value value;
  value.mutable_date()->set_year(year);
  return value;
}
Value Boolean(bool boolean) {
  Value value;
  value.set_boolean(boolean);
  return value;
}
Value Texts(const std::vector<std::string>& texts) {
  Value value;
  for (const std::string& text : texts) value.mutable_texts()->add_values(text);
  return value;
}

TEST(StatementTest, BestConfidenceIsThatOfTheBestCitation) {
  Edge edge;
  EXPECT_EQ(BestConfidence(edge.citations()), v1::CONFIDENCE_UNVERIFIED);
  edge.add_citations()->set_confidence(v1::CONFIDENCE_RECALLED);
  edge.add_citations()->set_confidence(v1::CONFIDENCE_UNVERIFIED);
  EXPECT_EQ(BestConfidence(edge.citations()), v1::CONFIDENCE_RECALLED);
}

TEST(StatementTest, ConfidenceNamesAreInverse) {
  for (int i = v1::CONFIDENCE_UNVERIFIED; i <= v1::CONFIDENCE_SEEN; ++i) {
    const auto confidence = static_cast<Confidence>(i);
    EXPECT_THAT(ParseConfidence(ConfidenceName(confidence)), IsOkAndHolds(confidence));
  }
  EXPECT_EQ(ConfidenceName(v1::CONFIDENCE_UNSPECIFIED), "unspecified");
  EXPECT_THAT(ParseConfidence("sure"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "`sure` is not a confidence; write seen, structure-seen, recalled or "
                       "unverified"));
}

TEST(StatementTest, CanonicalFormSortsAndSpecifies) {
  Edge edge;
  edge.set_type("A");
  edge.set_from("b/c");
  edge.set_to("d/e");
  edge.set_etag("x");
  for (const char* name : {"role", "action", "note"}) {
    Property* property = edge.add_properties();
    property->set_name(name);
    *property->mutable_value() = Text(std::string(name) + "!");
  }
  Canonicalize(&edge);
  EXPECT_EQ(edge.name(), DeriveEdgeName("A", "b/c", "d/e", ""));
  EXPECT_EQ(edge.etag(), "");
  EXPECT_EQ(edge.marking().traffic_light(), v1::TRAFFIC_LIGHT_CLEAR);
  EXPECT_EQ(edge.properties(0).name(), "action");
  EXPECT_EQ(TextProperty(edge.properties(), "role"), "role!");
  EXPECT_EQ(TextProperty(edge.properties(), "absent"), "");
  EXPECT_EQ(FindProperty(edge.properties(), "zzz"), nullptr);
  const std::string bytes = SerializeDeterministic(edge);
  Canonicalize(&edge);
  EXPECT_EQ(SerializeDeterministic(edge), bytes);
  Edge read;
  ASSERT_TRUE(read.ParseFromString(bytes));
  EXPECT_EQ(SerializeDeterministic(read), bytes);
}

TEST(StatementTest, ComparesValuesOfOneKind) {
  EXPECT_THAT(CompareValues(Integer(2), Integer(10)), IsOkAndHolds(-1));
  EXPECT_THAT(CompareValues(Text("b"), Text("a")), IsOkAndHolds(1));
  EXPECT_THAT(CompareValues(Year(2013), Year(2013)), IsOkAndHolds(0));
  EXPECT_THAT(CompareValues(Integer(2), Text("2")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "cannot compare a value of kind integer with one of kind text; give a value "
                       "of the property's kind"));
  EXPECT_THAT(CompareValues(Boolean(true), Boolean(true)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "values of kind boolean have no order; compare them with EQUAL"));
}

TEST(StatementTest, SatisfiesTakesAbsenceIntoAccount) {
  const Value operand = Text("x");
  EXPECT_THAT(Satisfies(nullptr, v1::COMPARISON_PRESENT, Value()), IsOkAndHolds(false));
  EXPECT_THAT(Satisfies(&operand, v1::COMPARISON_PRESENT, Value()), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(nullptr, v1::COMPARISON_EQUAL, operand), IsOkAndHolds(false));
  EXPECT_THAT(Satisfies(nullptr, v1::COMPARISON_NOT_EQUAL, operand), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(nullptr, v1::COMPARISON_LESS, operand), IsOkAndHolds(false));
}

TEST(StatementTest, SatisfiesLooksIntoLists) {
  const Value list = Texts({"a", "b"});
  EXPECT_THAT(Satisfies(&list, v1::COMPARISON_EQUAL, Text("b")), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(&list, v1::COMPARISON_NOT_EQUAL, Text("b")), IsOkAndHolds(false));
  EXPECT_THAT(Satisfies(&list, v1::COMPARISON_EQUAL, Texts({"a", "b"})), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(&list, v1::COMPARISON_EQUAL, Texts({"a"})), IsOkAndHolds(false));
}

TEST(StatementTest, SatisfiesOrdersAndRefusesNonsense) {
  const Value five = Integer(5);
  EXPECT_THAT(Satisfies(&five, v1::COMPARISON_LESS, Integer(5)), IsOkAndHolds(false));
  EXPECT_THAT(Satisfies(&five, v1::COMPARISON_LESS_OR_EQUAL, Integer(5)), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(&five, v1::COMPARISON_GREATER, Integer(4)), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(&five, v1::COMPARISON_GREATER_OR_EQUAL, Integer(6)), IsOkAndHolds(false));
  const Value yes = Boolean(true);
  EXPECT_THAT(Satisfies(&yes, v1::COMPARISON_EQUAL, Boolean(true)), IsOkAndHolds(true));
  EXPECT_THAT(Satisfies(&yes, v1::COMPARISON_LESS, Boolean(true)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      Satisfies(&five, v1::COMPARISON_EQUAL, Value()),
      StatusIs(absl::StatusCode::kInvalidArgument, "a comparison needs a value to compare with"));
  EXPECT_THAT(Satisfies(&five, 42, five),
              StatusIs(absl::StatusCode::kInvalidArgument, "there is no comparison 42"));
}

}  // namespace
}  // namespace attlas::graph
