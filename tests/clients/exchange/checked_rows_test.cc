// The rows of a file together: what stands twice, what is named and not there, and their order.
#include "clients/exchange/checked_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace attlas::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

graph::Node Named(const std::string& name, const std::string& source = "") {
  graph::Node node;
  node.set_name(name);
  if (!source.empty()) node.add_citations()->set_source(source);
  return node;
}

graph::Edge From(const std::string& from, const std::string& to, const std::string& name) {
  graph::Edge edge;
  edge.set_name(name);
  edge.set_from(from);
  edge.set_to(to);
  return edge;
}

class CheckedRowsTest : public ::testing::Test {
 protected:
  // The problems of what was taken, in a graph that has the node `states/IDN`.
  std::vector<std::string> Check() {
    graph::ProblemLog log;
    EXPECT_OK(rows_.Check(
        "in.csv",
        [&](const std::vector<std::string>& names) -> absl::StatusOr<std::set<std::string>> {
          asked_.push_back(names);
          std::set<std::string> found;
          for (const std::string& name : names) {
            if (name == "states/IDN") found.insert(name);
          }
          return found;
        },
        &log));
    std::vector<std::string> problems;
    for (const graph::Problem& problem : log.Take()) {
      problems.push_back(graph::FormatProblem(problem));
    }
    return problems;
  }

  CheckedRows rows_;
  std::vector<std::vector<std::string>> asked_;
};

TEST_F(CheckedRowsTest, AsksTheGraphForWhatTheFileDoesNotHave) {
  ASSERT_OK(rows_.TakeEdge(2, From("states/IDN", "events/a", "edges/1")));
  ASSERT_OK(rows_.TakeNode(3, Named("events/a")));
  EXPECT_THAT(Check(), ElementsAre());
  EXPECT_THAT(asked_, ElementsAre(ElementsAre("states/IDN")));
}

TEST_F(CheckedRowsTest, NamesWhatIsNotThereWhereverItIsNamed) {
  ASSERT_OK(rows_.TakeNode(2, Named("events/a", "sources/none")));
  ASSERT_OK(rows_.TakeEdge(3, From("events/a", "states/XXX", "edges/1")));
  ASSERT_OK(rows_.TakeEdge(4, From("no name", "states/IDN", "edges/2")));
  EXPECT_THAT(
      Check(),
      ElementsAre("in.csv:4: from: there is no node `no name` in the file or in the graph",
                  "in.csv:2: source: there is no node `sources/none` in the file or in the "
                  "graph",
                  "in.csv:3: to: there is no node `states/XXX` in the file or in the graph"));
  // What is no name is not asked for.
  EXPECT_THAT(asked_, ElementsAre(ElementsAre("sources/none", "states/IDN", "states/XXX")));
}

TEST_F(CheckedRowsTest, NamesWhatStandsTwice) {
  ASSERT_OK(rows_.TakeNode(2, Named("events/a")));
  ASSERT_OK(rows_.TakeNode(7, Named("events/a")));
  ASSERT_OK(rows_.TakeNode(9, Named("")));
  EXPECT_THAT(Check(), ElementsAre("in.csv:7: name: events/a stands on line 2 already"));
}

TEST_F(CheckedRowsTest, CountsTheProblemsThatItDoesNotKeep) {
  for (int line = 2; line < 2002; ++line) {
    ASSERT_OK(rows_.TakeEdge(line, From("states/IDN", "states/XXX", absl::StrCat("edges/", line))));
  }
  const std::vector<std::string> problems = Check();
  ASSERT_THAT(problems, SizeIs(graph::ProblemLog::kMostProblems + 1));
  EXPECT_EQ(problems.back(), "and 1000 more");
}

TEST_F(CheckedRowsTest, AsksForManyNamesInParts) {
  for (int i = 0; i < 1'200; ++i) {
    ASSERT_OK(rows_.TakeEdge(
        i + 2, From("states/IDN", absl::StrCat("events/", i), absl::StrCat("edges/", i))));
  }
  Check();
  ASSERT_THAT(asked_, SizeIs(3));
  EXPECT_THAT(asked_[0], SizeIs(500));
  EXPECT_THAT(asked_[2], SizeIs(201));
}

TEST_F(CheckedRowsTest, GivesNodesThatCiteAfterThoseThatDoNot) {
  ASSERT_OK(rows_.TakeNode(2, Named("events/a", "sources/s")));
  ASSERT_OK(rows_.TakeNode(300, Named("sources/s")));
  ASSERT_OK(rows_.TakeNode(4, Named("sources/r")));
  EXPECT_THAT(Check(), ElementsAre());
  EXPECT_EQ(rows_.size(), 3U);
  std::vector<std::pair<int, std::string>> nodes;
  std::vector<size_t> parts;
  ASSERT_OK(rows_.ForEachNodes(2, [&](const std::vector<IncomingNode>& some) {
    parts.push_back(some.size());
    for (const IncomingNode& row : some) nodes.emplace_back(row.line, row.node.name());
    return absl::OkStatus();
  }));
  EXPECT_THAT(parts, ElementsAre(2, 1));
  EXPECT_THAT(nodes,
              ElementsAre(Pair(4, "sources/r"), Pair(300, "sources/s"), Pair(2, "events/a")));
}

TEST_F(CheckedRowsTest, GivesTheStatementsOfOneNodeTogether) {
  ASSERT_OK(rows_.TakeNode(1, Named("states/FJI")));
  ASSERT_OK(rows_.TakeEdge(2, From("states/IDN", "states/FJI", "edges/1")));
  ASSERT_OK(rows_.TakeEdge(3, From("states/FJI", "states/IDN", "edges/2")));
  for (int line = 4; line < 7; ++line) {
    ASSERT_OK(rows_.TakeEdge(line, From("states/IDN", "states/IDN", absl::StrCat("edges/", line))));
  }
  EXPECT_THAT(Check(), ElementsAre());
  std::vector<std::pair<std::string, std::vector<int>>> groups;
  ASSERT_OK(rows_.ForEachEdgesFrom(
      3, [&](const std::string& from, const std::vector<IncomingEdge>& edges) {
        auto& lines = groups.emplace_back(from, std::vector<int>()).second;
        for (const IncomingEdge& row : edges) lines.push_back(row.line);
        return absl::OkStatus();
      }));
  EXPECT_THAT(groups, ElementsAre(Pair("states/FJI", ElementsAre(3)),
                                  Pair("states/IDN", ElementsAre(2, 4, 5)),
                                  Pair("states/IDN", ElementsAre(6))));
  int count = 0;
  ASSERT_OK(rows_.ForEachEdge([&](const graph::Edge&) {
    ++count;
    return absl::OkStatus();
  }));
  EXPECT_EQ(count, 5);
}

}  // namespace
}  // namespace attlas::exchange
