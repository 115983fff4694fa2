#include <functional>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "graph/ontology/ontology.h"
#include "gtest/gtest.h"
#include "tests/graph/ontology/small_ontology.h"

namespace attlas::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCitation[] = R"pb(
  citations { source: "sources/un" confidence: CONFIDENCE_SEEN }
)pb";

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text + kCitation, &message));
  Canonicalize(&message);
  return message;
}

Node Instrument() {
  return Parse<Node>(R"pb(
    name: "instruments/att"
    type: "instrument"
    display_name: "Arms Trade Treaty"
    properties {
      name: "adopted"
      value { date { year: 2013 month: 4 day: 2 } }
    }
    properties {
      name: "goods"
      value { texts { values: "arms" values: "firearms" } }
    }
  )pb");
}

Edge Consent() {
  return Parse<Edge>(R"pb(
    type: "CONSENTED_TO"
    from: "states/PHL"
    to: "instruments/att"
    valid_from { year: 2022 month: 3 day: 24 }
  )pb");
}

std::vector<std::string> Check(const Node& node) {
  std::vector<FieldViolation> violations;
  SmallOntology()->CheckNode(node, "", &violations);
  std::vector<std::string> lines;
  for (const FieldViolation& v : violations) lines.push_back(v.field + ": " + v.description);
  return lines;
}

std::vector<std::string> Check(const Edge& edge) {
  std::vector<FieldViolation> violations;
  SmallOntology()->CheckEdge(edge, "", &violations);
  std::vector<std::string> lines;
  for (const FieldViolation& v : violations) lines.push_back(v.field + ": " + v.description);
  return lines;
}

// Adds a property and returns what is wrong then.
std::vector<std::string> CheckProperty(const std::string& name, const std::string& value) {
  Node node = Instrument();
  Property* property = node.add_properties();
  property->set_name(name);
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(value, property->mutable_value()));
  Canonicalize(&node);
  return Check(node);
}

TEST(CheckNodeTest, AcceptsWhatTheOntologyDescribes) {
  EXPECT_THAT(Check(Instrument()), IsEmpty());
}

TEST(CheckNodeTest, PrefixesThePath) {
  Node node = Instrument();
  node.clear_citations();
  std::vector<FieldViolation> violations;
  SmallOntology()->CheckNode(node, "mutations[3].put_node", &violations);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "mutations[3].put_node.citations");
  EXPECT_EQ(violations[0].description, "there is no citation; name at least one source");
}

TEST(CheckNodeTest, SourcesNeedNoCitation) {
  Node node;
  node.set_name("sources/un");
  node.set_type("source");
  EXPECT_THAT(Check(node), IsEmpty());
}

TEST(CheckNodeTest, RefusesWrongNamesAndTypes) {
  Node node = Instrument();
  node.set_type("instrumnt");
  EXPECT_THAT(Check(node), ElementsAre("type: `instrumnt` is not a node type of the ontology; did "
                                       "you mean `instrument`?"));
  node = Instrument();
  node.set_name("instruments/ATT");
  EXPECT_THAT(Check(node), ElementsAre("name: the id `ATT` of node type `instrument` must match "
                                       "[a-z0-9][a-z0-9-]{0,62}"));
  node.set_name("states/PHL");
  EXPECT_THAT(Check(node), ElementsAre("name: `states/PHL` is not in the collection of node type "
                                       "`instrument`; write instruments/<id>"));
  node.set_name("att");
  EXPECT_THAT(Check(node), ElementsAre("name: `att` is not a resource name; write "
                                       "<collection>/<id>, such as states/IDN"));
}

TEST(CheckNodeTest, RefusesWrongProperties) {
  EXPECT_THAT(CheckProperty("adoptd", "text: \"x\""),
              ElementsAre("properties[0].name: node type `instrument` has no property `adoptd`; "
                          "did you mean `adopted`?"));
  EXPECT_THAT(CheckProperty("goods", "texts { values: \"fuel\" }"),
              ElementsAre("properties[2].name: property `goods` is given twice; give it once"));
  EXPECT_THAT(CheckProperty("kind", "text: \"traety\""),
              ElementsAre("properties[2].value: `traety` is not a term of taxonomy `kinds`; did "
                          "you mean `treaty`?"));
  EXPECT_THAT(CheckProperty("kind", "text: \"zzz\""),
              ElementsAre("properties[2].value: `zzz` is not a term of taxonomy `kinds`; known are "
                          "`political`, `treaty`"));
  EXPECT_THAT(CheckProperty("kind", "text: \"\""),
              ElementsAre("properties[2].value: property `kind` is empty; leave out what is not "
                          "known"));
  EXPECT_THAT(CheckProperty("kind", "integer: 3"),
              ElementsAre("properties[2].value: property `kind` takes one value of kind TERM; the "
                          "value is of another kind"));
  EXPECT_THAT(CheckProperty("parties", "integer: -1"),
              ElementsAre("properties[2].value: `parties` is -1, below its minimum of 0"));
  EXPECT_THAT(CheckProperty("share", "decimal: 101.5"),
              ElementsAre("properties[2].value: `share` is 101.5 percent, above its maximum of 100 "
                          "percent"));
  EXPECT_THAT(
      CheckProperty("share", "decimal: nan"),
      ElementsAre("properties[2].value: property `share` must be a finite number; leave out "
                  "what is not known"));
  EXPECT_THAT(CheckProperty("notes", "texts { }"),
              ElementsAre("properties[2].value: property `notes` is an empty list; leave the "
                          "property out"));
  EXPECT_THAT(CheckProperty("notes", "text: \"x\""),
              ElementsAre("properties[2].value: property `notes` takes a list of values of kind "
                          "TEXT; the value is of another kind"));
  EXPECT_THAT(CheckProperty("open", "boolean: true"), IsEmpty());
}

TEST(CheckNodeTest, RefusesWhatIsMissingOrNoDate) {
  Node node = Instrument();
  node.mutable_properties(0)->mutable_value()->mutable_date()->set_month(13);
  EXPECT_THAT(Check(node), ElementsAre("properties[0].value: year 2013, month 13, day 2 is not a "
                                       "date of the years 1 to 9999"));
  node.clear_properties();
  EXPECT_THAT(Check(node), ElementsAre("properties.adopted: node type `instrument` requires the "
                                       "property `adopted`; add it"));
}

TEST(CheckNodeTest, RefusesBadAddressesAndTexts) {
  for (const char* url : {"treaties.un.org", "ftp://un.org", "https://", "https://un org"}) {
    Node node;
    node.set_name("sources/un");
    node.set_type("source");
    Property* property = node.add_properties();
    property->set_name("url");
    property->mutable_value()->set_text(url);
    EXPECT_THAT(Check(node),
                ElementsAre(std::string("properties[0].value: `") + url +
                            "` is not an address; write http://... or https://... without blanks"));
  }
  Node node = Instrument();
  node.set_display_name("caf\xe9");
  EXPECT_THAT(Check(node),
              ElementsAre("display_name: is not UTF-8 from byte 4 on; write it in UTF-8"));
  node.set_display_name(std::string(16385, 'x'));
  EXPECT_THAT(Check(node),
              ElementsAre("display_name: is 16385 bytes long; at most 16384 are allowed"));
}

TEST(CheckEdgeTest, AcceptsWhatTheOntologyDescribes) { EXPECT_THAT(Check(Consent()), IsEmpty()); }

TEST(CheckEdgeTest, RefusesWrongTypesAndEnds) {
  Edge edge = Consent();
  edge.set_type("CONSENTS_TO");
  EXPECT_THAT(Check(edge), ElementsAre("type: `CONSENTS_TO` is not an edge type of the ontology; "
                                       "did you mean `CONSENTED_TO`?"));
  edge = Consent();
  edge.set_from("instruments/npt");
  edge.set_to("statez/PHL");
  EXPECT_THAT(
      Check(edge),
      ElementsAre(
          "from: `instruments/npt` is of node type instrument, but CONSENTED_TO starts from "
          "state",
          "to: `statez/PHL` is in no collection of the ontology; did you mean "
          "`states`?"));
  edge = Consent();
  edge.set_name("x");
  EXPECT_THAT(Check(edge), ElementsAre("name: `x` is not the name of an edge; leave it empty to "
                                       "have it derived"));
}

TEST(CheckEdgeTest, RefusesAbsurdIntervals) {
  Edge edge = Consent();
  edge.mutable_valid_to()->set_year(2022);
  EXPECT_THAT(Check(edge),
              ElementsAre("valid_to: the end 2022 is not after the start 2022-03-24; a statement "
                          "holds from its start until the day before its end"));
  *edge.mutable_valid_to() = edge.valid_from();
  EXPECT_EQ(Check(edge).size(), 1u);
  edge.mutable_valid_to()->set_day(25);
  EXPECT_THAT(Check(edge), IsEmpty());
  edge.mutable_valid_to()->set_day(32);
  EXPECT_THAT(Check(edge), ElementsAre("valid_to: year 2022, month 3, day 32 is not a date of the "
                                       "years 1 to 9999"));
}

TEST(CheckEdgeTest, RefusesDatesWhereTheTypeHasNone) {
  Edge edge = Parse<Edge>(R"pb(
    type: "REFERS_TO"
    from: "instruments/att"
    to: "sources/un"
    valid_to { year: 2020 }
  )pb");
  EXPECT_THAT(Check(edge),
              ElementsAre("valid_to: edge type `REFERS_TO` carries no dates; leave it out"));
}

TEST(CheckEdgeTest, RefusesBadCitationsAndMarkings) {
  Edge edge = Consent();
  edge.mutable_citations(0)->set_source("states/PHL");
  edge.mutable_citations(0)->clear_confidence();
  edge.mutable_citations(0)->mutable_retrieved()->set_day(1);
  edge.mutable_marking()->set_traffic_light(static_cast<v1::TrafficLight>(9));
  edge.mutable_marking()->set_space("room");
  EXPECT_THAT(
      Check(edge),
      ElementsAre("citations[0].source: `states/PHL` is not a source; write sources/<id> or "
                  "rules/<id>",
                  "citations[0].confidence: there is no confidence; give seen, structure-seen, "
                  "recalled or unverified",
                  "citations[0].retrieved: year 0, month 0, day 1 is not a date of the years 1 to "
                  "9999",
                  "marking.traffic_light: 9 is not a traffic light; give clear, green, amber, "
                  "amber+strict or red",
                  "marking.space: `room` is not a space; write spaces/<id>"));
  edge = Consent();
  edge.clear_citations();
  EXPECT_THAT(Check(edge),
              ElementsAre("citations: there is no citation; name at least one source"));
}

}  // namespace
}  // namespace attlas::graph
