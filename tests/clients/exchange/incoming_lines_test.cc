// JSON Lines coming in: what is no line, what is cut off, and what a schema refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "clients/exchange/checked_rows.h"
#include "clients/exchange/incoming_rows.h"
#include "tests/testing/status_matchers.h"

namespace attlas::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

std::vector<std::string> ProblemsOf(const std::string& text) {
  const auto ontology =
      graph::OntologyIndex::FromTextFile(ATTLAS_SOURCE_DIR "/data/ontology.textproto");
  EXPECT_TRUE(ontology.ok());
  graph::ProblemLog log;
  TextFile file = TextFile::Holding(text);
  CheckedRows rows;
  EXPECT_OK(ReadJsonLines(&file, "in.jsonl", **ontology, &log, &rows));
  const auto find_none = [](const std::vector<std::string>&) { return std::set<std::string>(); };
  EXPECT_OK(rows.Check("in.jsonl", find_none, &log));
  std::vector<std::string> problems;
  for (const graph::Problem& problem : log.Take())
    problems.push_back(graph::FormatProblem(problem));
  return problems;
}

constexpr char kSource[] = R"({"node":{"name":"sources/a","type":"source","displayName":"A"}})"
                           "\n";

TEST(IncomingLinesTest, TakesAWholeFile) {
  EXPECT_THAT(ProblemsOf(std::string(kSource) + R"({"end":{"nodeCount":"1"}})"
                                                "\n"),
              ElementsAre());
}

TEST(IncomingLinesTest, SaysThatTheEndIsMissingOrWrong) {
  EXPECT_THAT(ProblemsOf(kSource), ElementsAre(StartsWith("in.jsonl:1: ends without")));
  EXPECT_THAT(ProblemsOf(std::string(kSource) + R"({"end":{"nodeCount":"2"}})"),
              ElementsAre(StartsWith("in.jsonl:2: end: counts 2 nodes")));
  EXPECT_THAT(ProblemsOf(""), ElementsAre(StartsWith("in.jsonl: ends without")));
}

TEST(IncomingLinesTest, NamesTheLineOfWhatItCannotTake) {
  EXPECT_THAT(
      ProblemsOf("nonsense\n{}\n"
                 R"({"node":{"name":"sources/b","type":"sauce"}})"
                 "\n"
                 R"({"end":{"nodeCount":"1"}})"),
      ElementsAre(StartsWith("in.jsonl:1: row: is no line"),
                  StartsWith("in.jsonl:2: row: holds neither"), StartsWith("in.jsonl:3: ")));
  EXPECT_THAT(ProblemsOf(std::string(kSource) + kSource + R"({"end":{"nodeCount":"2"}})"),
              ElementsAre(StartsWith("in.jsonl:2: name: sources/a stands on line 1 already")));
}

}  // namespace
}  // namespace attlas::exchange
