// Conditions on properties: refused where they can mean nothing, and met where they hold.
#include <map>
#include <set>
#include <utility>

#include "gmock/gmock.h"
#include "graph/base/error.h"
#include "graph/query/pattern.h"
#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::EdgeOrdinal;
using graph::NodeOrdinal;
using ::testing::HasSubstr;

// Every state has a population of its ordinal and every edge a weight of its ordinal. Counts reads.
class CountingRecords final : public graph::RecordSource {
 public:
  absl::StatusOr<NodeOrdinal> FindNode(const graph::View&, std::string_view name) const override {
    return graph::ResourceNotFound(name);
  }
  absl::StatusOr<graph::SharedNode> ReadNode(const graph::View&, NodeOrdinal node) const override {
    ++node_reads[node];
    graph::Node record;
    Set(record, "population", node);
    return graph::SharedNode::Of(std::move(record));
  }
  absl::StatusOr<graph::SharedEdge> ReadEdge(const graph::View&, EdgeOrdinal edge) const override {
    if (fail_edges) return absl::DataLossError("damaged");
    graph::Edge record;
    Set(record, "weight", edge);
    return graph::SharedEdge::Of(std::move(record));
  }

  bool fail_edges = false;
  mutable std::map<NodeOrdinal, int> node_reads;

 private:
  template <typename Record>
  static void Set(Record& record, const char* name, uint32_t value) {
    graph::Property* property = record.add_properties();
    property->set_name(name);
    property->mutable_value()->set_integer(value);
  }
};

class PredicateTest : public ::testing::Test {
 protected:
  PredicateTest() {
    request_.clearance = graph::Clearance::Operator();
    pattern_.mutable_start()->add_types("state");
    hop_ = pattern_.add_hops();
    hop_->add_edge_types("KNOWS");
    hop_->mutable_to()->add_types("state");
  }

  static void Condition(graph::v1::PropertyPredicate* predicate, const char* property,
                        graph::v1::Comparison comparison, int64_t value) {
    predicate->set_property(property);
    predicate->set_comparison(comparison);
    predicate->mutable_value()->set_integer(value);
  }

  absl::StatusOr<std::set<EdgeOrdinal>> Matched() {
    const graph::View view = graph_.MakeView(request_);
    ATTLAS_ASSIGN_OR_RETURN(const auto pattern,
                            graph::CompilePattern(view, records_, pattern_, 8, "pattern"));
    std::set<EdgeOrdinal> edges;
    graph::Budget budget{graph::QueryLimits()};
    ATTLAS_RETURN_IF_ERROR(
        graph::MatchPaths(view, records_, pattern, budget, [&](const graph::MatchedPath& path) {
          edges.insert(path.edges[0]);
          return true;
        }));
    graph::Budget again{graph::QueryLimits()};
    ATTLAS_ASSIGN_OR_RETURN(const auto subgraph,
                            graph::MatchSubgraph(view, records_, pattern, again));
    // A loop is a walk but no path.
    for (const EdgeOrdinal edge : subgraph.edges) {
      const auto& link = graph_.edges()[edge].link;
      EXPECT_TRUE(link.from == link.to || edges.contains(edge));
    }
    return edges;
  }

  void ExpectRefused(const std::string& field, const std::string& message) {
    const absl::Status status = Matched().status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message)));
    const auto detail = graph::GetErrorDetail(status);
    ASSERT_TRUE(detail.has_value() && !detail->violations.empty());
    EXPECT_EQ(detail->violations[0].field, field);
  }

  RandomGraph graph_{11, 60, 1500};
  graph::ReadRequest request_;
  CountingRecords records_;
  graph::v1::Pattern pattern_;
  graph::v1::Hop* hop_;
};

TEST_F(PredicateTest, MatchesTheNodesAndEdgesThatMeetThem) {
  Condition(hop_->mutable_to()->add_predicates(), "population", graph::v1::COMPARISON_LESS, 30);
  Condition(hop_->add_edge_predicates(), "weight", graph::v1::COMPARISON_GREATER_OR_EQUAL, 500);
  const auto state = static_cast<graph::TypeId>(0);
  std::set<EdgeOrdinal> expected;
  for (const PlainEdge& edge : graph_.edges()) {
    if (edge.link.type != *TestOntology()->EdgeTypeId("KNOWS") || edge.link.from == edge.link.to ||
        graph_.node(edge.link.from).type != state || graph_.node(edge.link.to).type != state ||
        edge.link.to >= 30 || edge.edge < 500) {
      continue;
    }
    expected.insert(edge.edge);
  }
  ASSERT_FALSE(expected.empty());
  EXPECT_THAT(Matched(), IsOkAndHolds(expected));
}

TEST_F(PredicateTest, ReadsEachRecordOnceAQuery) {
  Condition(hop_->mutable_to()->add_predicates(), "population", graph::v1::COMPARISON_LESS, 30);
  ASSERT_OK(Matched());
  ASSERT_FALSE(records_.node_reads.empty());
  // Once for the paths and once for the subgraph.
  for (const auto& [node, reads] : records_.node_reads) EXPECT_LE(reads, 2) << node;
}

TEST_F(PredicateTest, PassesOnADamagedRecord) {
  Condition(hop_->add_edge_predicates(), "weight", graph::v1::COMPARISON_LESS, 30);
  records_.fail_edges = true;
  EXPECT_THAT(Matched(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(PredicateTest, RefusesAPropertyThatTheTypesDoNotHave) {
  Condition(hop_->add_edge_predicates(), "act", graph::v1::COMPARISON_EQUAL, 1);
  ExpectRefused("pattern.hops[0].edge_predicates[0].property", "there is no property 'act'");
}

TEST_F(PredicateTest, RefusesAValueOfAnotherKind) {
  auto* predicate = hop_->mutable_to()->add_predicates();
  predicate->set_property("population");
  predicate->set_comparison(graph::v1::COMPARISON_EQUAL);
  predicate->mutable_value()->set_text("many");
  ExpectRefused("pattern.hops[0].to.predicates[0].value", "PROPERTY_KIND_INTEGER");
}

TEST_F(PredicateTest, RefusesAnOrderOfLists) {
  auto* predicate = pattern_.mutable_start()->add_predicates();
  pattern_.mutable_start()->add_types("instrument");
  predicate->set_property("goods");
  predicate->set_comparison(graph::v1::COMPARISON_LESS);
  predicate->mutable_value()->set_text("firearms");
  ExpectRefused("pattern.start.predicates[0].value", "one that the comparison takes");
}

TEST_F(PredicateTest, RefusesNoComparisonAndNoDirection) {
  hop_->set_direction(static_cast<graph::v1::Direction>(7));
  ExpectRefused("pattern.hops[0].direction", "7 is no direction");
  hop_->clear_direction();
  Condition(hop_->add_edge_predicates(), "weight", graph::v1::COMPARISON_UNSPECIFIED, 1);
  ExpectRefused("pattern.hops[0].edge_predicates[0].comparison", "must be set");
}

TEST_F(PredicateTest, RefusesRepeatsThatMakeNoSense) {
  hop_->set_min_repeats(3);
  hop_->set_max_repeats(2);
  ExpectRefused("pattern.hops[0].max_repeats", "at least min_repeats");
  hop_->set_min_repeats(-1);
  ExpectRefused("pattern.hops[0].max_repeats", "neither may be negative");
}

}  // namespace
}  // namespace attlas::testing
