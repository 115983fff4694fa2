#include "graph/ingest/derive.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "graph/ingest/rule.h"
#include "graph/model/date.h"
#include "gtest/gtest.h"
#include "tests/graph/ingest/dataset_directory.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Date D(const std::string& text) { return ParseDate(text).value(); }

class DeriveTest : public ::testing::Test {
 protected:
  void AddRule(const std::string& text) {
    Node& rule = rules_.emplace_back();
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &rule));
    rule.set_type(kRuleType);
    if (rule.name().empty()) rule.set_name("rules/r");
    Citation* citation = rule.add_citations();
    citation->set_source("sources/un");
    citation->set_confidence(v1::CONFIDENCE_STRUCTURE_SEEN);
    Canonicalize(&rule);
  }

  void AddOffsetRule(const std::string& more) {
    AddRule(absl::StrCat(R"pb(
                           properties {
                             name: "kind"
                             value { text: "offset" }
                           }
                           properties {
                             name: "instrument"
                             value { text: "instruments/att" }
                           }
                           properties {
                             name: "derives"
                             value { text: "IN_FORCE_FOR" }
                           }
                           properties {
                             name: "from_edge"
                             value { text: "CONSENTED_TO" }
                           }
                           properties {
                             name: "article"
                             value { text: "Art. 22" }
                           }
                         )pb",
                         more));
  }

  void AddMembersRule() {
    AddRule(R"pb(
      name: "rules/members"
      properties {
        name: "kind"
        value { text: "through-members" }
      }
      properties {
        name: "instrument"
        value { text: "instruments/poa" }
      }
      properties {
        name: "derives"
        value { text: "ADDRESSED_BY" }
      }
      properties {
        name: "from_edge"
        value { text: "MEMBER_OF" }
      }
      properties {
        name: "organization"
        value { text: "organizations/un" }
      }
      properties {
        name: "role"
        value { text: "member" }
      }
      properties {
        name: "not_before"
        value { date { year: 2001 month: 7 day: 20 } }
      }
    )pb");
  }

  Edge& AddEdge(const std::string& type, const std::string& from, const std::string& to,
                const std::string& valid_from = "", const std::string& valid_to = "") {
    Edge& edge = edges_.emplace_back();
    edge.set_type(type);
    edge.set_from(from);
    edge.set_to(to);
    edge.set_qualifier(std::to_string(edges_.size()));
    if (!valid_from.empty()) *edge.mutable_valid_from() = D(valid_from);
    if (!valid_to.empty()) *edge.mutable_valid_to() = D(valid_to);
    Citation* citation = edge.add_citations();
    citation->set_source("sources/un");
    citation->set_confidence(v1::CONFIDENCE_SEEN);
    return edge;
  }

  Edge& Consent(const std::string& state, const std::string& from = "",
                const std::string& to = "") {
    return AddEdge("CONSENTED_TO", "states/" + state, "instruments/att", from, to);
  }

  std::vector<Edge> Derive() {
    for (Edge& edge : edges_) Canonicalize(&edge);
    std::vector<RuleProblem> problems;
    std::vector<Edge> derived = DeriveStatements(*Ontology(), rules_, edges_, &problems);
    for (const RuleProblem& p : problems) problems_.push_back(p.rule + "." + p.property);
    for (const Edge& edge : derived) {
      std::vector<FieldViolation> violations;
      Ontology()->CheckEdge(edge, "", &violations);
      EXPECT_THAT(violations, IsEmpty());
      EXPECT_TRUE(IsDerived(edge));
    }
    return derived;
  }

  // The derived edges, each as `from -> to from..to [qualifier]`.
  std::vector<std::string> DeriveLines() {
    std::vector<std::string> lines;
    for (const Edge& e : Derive()) {
      lines.push_back(absl::StrCat(e.from(), " -> ", e.to(), " ", FormatDate(e.valid_from()), "..",
                                   FormatDate(e.valid_to()),
                                   e.qualifier().empty() ? "" : " [" + e.qualifier() + "]"));
    }
    return lines;
  }

  static std::shared_ptr<const OntologyIndex> Ontology() {
    static const auto* const kOntology = [] {
      v1::Ontology proto;
      EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kDatasetOntology, &proto));
      return new std::shared_ptr<const OntologyIndex>(OntologyIndex::Create(proto).value());
    }();
    return *kOntology;
  }

  std::vector<Node> rules_;
  std::vector<Edge> edges_;
  std::vector<std::string> problems_;
};

constexpr char kNinetyDays[] = R"pb(
  properties {
    name: "add_days"
    value { integer: 90 }
  }
  properties {
    name: "not_before"
    value { date { year: 2014 month: 12 day: 24 } }
  }
)pb";

TEST_F(DeriveTest, OffsetShiftsTheStart) {
  AddOffsetRule(kNinetyDays);
  Consent("AFG", "2020-07-29");
  Consent("MEX", "2013-09-25");
  Consent("NZL", "2014");
  Consent("JPN");
  Consent("XXX", "2020-01-01", "2020-02-01");
  Consent("YYY", "2020-01-01", "2026-02-20");
  AddEdge("CONSENTED_TO", "states/AFG", "instruments/other", "2020");
  EXPECT_THAT(DeriveLines(), ElementsAre("states/AFG -> instruments/att 2020-10-27..",
                                         "states/JPN -> instruments/att ..",
                                         "states/MEX -> instruments/att 2014-12-24..",
                                         "states/NZL -> instruments/att 2014-12-24..",
                                         "states/YYY -> instruments/att 2020-03-31..2026-02-20"));
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(DeriveTest, DerivedEdgesSayWhereTheyComeFrom) {
  AddOffsetRule(kNinetyDays);
  Consent("AFG", "2020-07-29").mutable_citations(0)->set_confidence(v1::CONFIDENCE_RECALLED);
  const std::vector<Edge> derived = Derive();
  ASSERT_EQ(derived.size(), 1u);
  ASSERT_EQ(derived[0].citations_size(), 1);
  EXPECT_EQ(derived[0].citations(0).source(), "rules/r");
  EXPECT_EQ(derived[0].citations(0).locator(), "Art. 22");
  EXPECT_EQ(derived[0].citations(0).confidence(), v1::CONFIDENCE_RECALLED);
  EXPECT_EQ(derived[0].citations(0).note(),
            "derived from CONSENTED_TO states/AFG -> instruments/att (1) of 2020-07-29");
  EXPECT_EQ(TextProperty(derived[0].properties(), "derived_from"), edges_[0].name());
}

TEST_F(DeriveTest, KeepsTheEarliestAndWhatOutlastsIt) {
  AddOffsetRule("");
  Consent("AFG", "2020");
  Consent("AFG", "2010", "2015");
  Consent("AFG", "2012", "2014");
  EXPECT_THAT(DeriveLines(), ElementsAre("states/AFG -> instruments/att 2010..2015",
                                         "states/AFG -> instruments/att 2020.. [2020]"));
}

TEST_F(DeriveTest, BetterSourcedStatementIsNotHiddenByAnEarlierOne) {
  AddOffsetRule("");
  Consent("AFG", "2010").mutable_citations(0)->set_confidence(v1::CONFIDENCE_UNVERIFIED);
  Consent("AFG", "2020");
  EXPECT_THAT(DeriveLines(), ElementsAre("states/AFG -> instruments/att 2010..",
                                         "states/AFG -> instruments/att 2020.. [2020]"));
}

TEST_F(DeriveTest, DerivedEdgesAreAsConfidentialAsTheirOrigin) {
  AddOffsetRule("");
  Edge& secret = Consent("AFG", "2010");
  secret.mutable_marking()->set_traffic_light(v1::TRAFFIC_LIGHT_AMBER);
  secret.mutable_marking()->set_space("spaces/room");
  Consent("AFG", "2020");
  const std::vector<Edge> derived = Derive();
  ASSERT_EQ(derived.size(), 2u);
  EXPECT_EQ(derived[0].marking().traffic_light(), v1::TRAFFIC_LIGHT_AMBER);
  EXPECT_EQ(derived[0].marking().space(), "spaces/room");
  // The public statement must not vanish behind the confidential one.
  EXPECT_EQ(derived[1].marking().traffic_light(), v1::TRAFFIC_LIGHT_CLEAR);
  EXPECT_EQ(derived[1].marking().space(), "");
}

TEST_F(DeriveTest, ThroughMembersReachesMembersOfTheRole) {
  AddMembersRule();
  const auto member = [&](const std::string& who, const std::string& role, const std::string& from,
                          const std::string& to = "") {
    Property* property = AddEdge("MEMBER_OF", who, "organizations/un", from, to).add_properties();
    property->set_name("role");
    property->mutable_value()->set_text(role);
  };
  member("states/IDN", "member", "1950-09-28");
  member("states/TLS", "member", "2002-09-27");
  member("states/VAT", "observer", "1964");
  member("states/SCG", "member", "1945", "2000");
  member("states/PSE", "member", "");
  member("organizations/eu", "member", "1974");
  const std::vector<Edge> derived = Derive();
  EXPECT_THAT(DeriveLines(), ElementsAre("states/IDN -> instruments/poa 2001-07-20..",
                                         "states/PSE -> instruments/poa 2001-07-20..",
                                         "states/TLS -> instruments/poa 2002-09-27.."));
  EXPECT_EQ(TextProperty(derived[0].properties(), "through"), "organizations/un");
}

TEST_F(DeriveTest, RulesMayBuildOnRules) {
  AddRule(R"pb(
    name: "rules/second"
    properties {
      name: "kind"
      value { text: "offset" }
    }
    properties {
      name: "instrument"
      value { text: "instruments/att" }
    }
    properties {
      name: "derives"
      value { text: "ADDRESSED_BY" }
    }
    properties {
      name: "from_edge"
      value { text: "IN_FORCE_FOR" }
    }
    properties {
      name: "add_months"
      value { integer: 1 }
    }
  )pb");
  AddOffsetRule(kNinetyDays);
  Consent("AFG", "2020-07-29");
  EXPECT_THAT(DeriveLines(), ElementsAre("states/AFG -> instruments/att 2020-10-27..",
                                         "states/AFG -> instruments/att 2020-11-27.."));
}

TEST_F(DeriveTest, CirclesAreReported) {
  const auto rule = [](const std::string& id, const std::string& derives, const std::string& from) {
    return absl::StrCat("name: \"rules/", id,
                        R"(" properties { name: "kind" value { text: "offset" } }
      properties { name: "instrument" value { text: "instruments/att" } })",
                        "properties { name: \"derives\" value { text: \"", derives, "\" } }",
                        "properties { name: \"from_edge\" value { text: \"", from, "\" } }");
  };
  AddRule(rule("a", "ADDRESSED_BY", "IN_FORCE_FOR"));
  AddRule(rule("b", "IN_FORCE_FOR", "ADDRESSED_BY"));
  AddRule(rule("c", "IN_FORCE_FOR", "IN_FORCE_FOR"));
  EXPECT_THAT(Derive(), IsEmpty());
  EXPECT_THAT(problems_, ElementsAre("rules/c.derives", "rules/a.derives", "rules/b.derives"));
}

TEST_F(DeriveTest, IsTheSameWhateverTheOrder) {
  AddOffsetRule(kNinetyDays);
  Consent("AFG", "2020-07-29");
  Consent("MEX", "2013-09-25");
  const std::vector<std::string> lines = DeriveLines();
  std::reverse(edges_.begin(), edges_.end());
  EXPECT_EQ(DeriveLines(), lines);
}

}  // namespace
}  // namespace attlas::graph
