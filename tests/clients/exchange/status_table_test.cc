#include "clients/exchange/status_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace attlas::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

class StatusTableTest : public ::testing::Test {
 protected:
  StatusTableTest() {
    for (const char* code : {"FJI", "IDN"}) {
      graph::Node node;
      node.set_name(std::string("states/") + code);
      node.set_display_name(std::string(code) == "FJI" ? "Fiji" : "Indonesia");
      names_.Add(node);
    }
  }

  std::vector<StatusRow> Read(const std::string& text) {
    graph::ProblemLog log;
    std::vector<StatusRow> rows =
        ReadStatusTable(text, "t.csv", mapping_, names_, {"accession", "acceptance"}, &log);
    problems_.clear();
    for (const graph::Problem& problem : log.Take()) {
      problems_.push_back(graph::FormatProblem(problem));
    }
    return rows;
  }

  NameIndex names_;
  v1::StatusTableMapping mapping_;
  std::vector<std::string> problems_;
};

TEST_F(StatusTableTest, ReadsDatesAsDepositariesWriteThem) {
  const std::vector<StatusRow> rows = Read(
      "Participant,Signature,\"Ratification, Accession(a)\"\n"
      "Fiji,3 June 2013,2014-12\n"
      "Indonesia,,4 Sep 2016 a\n");
  EXPECT_THAT(problems_, ElementsAre());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].state, "states/FJI");
  EXPECT_EQ(graph::FormatDate(*rows[0].signature), "2013-06-03");
  EXPECT_EQ(graph::FormatDate(*rows[0].deposit), "2014-12");
  EXPECT_EQ(rows[0].act, "");
  EXPECT_EQ(graph::FormatDate(*rows[1].deposit), "2016-09-04");
  EXPECT_EQ(rows[1].act, "accession");
  EXPECT_FALSE(rows[1].signature.has_value());
}

TEST_F(StatusTableTest, NamesEveryBadCell) {
  const std::vector<StatusRow> rows = Read(
      "state,deposit,kind\n"
      "Fidji,2014,a\n"
      "Fiji,31 Feb 2014,a\n"
      "Indonesia,2014,x\n"
      "Indonesia,2014\n");
  EXPECT_EQ(rows.size(), 0u);
  EXPECT_THAT(problems_, ElementsAre(StartsWith("t.csv:2: state: `Fidji`"),
                                     StartsWith("t.csv:3: deposit: `31 Feb 2014` is no date"),
                                     StartsWith("t.csv:4: kind: `x` is no kind of consent"),
                                     StartsWith("t.csv:5: row: has 2 cells")));
}

TEST_F(StatusTableTest, RefusesAStateTwiceAndATableOfNothing) {
  Read("state,signed\nFiji,2014\nFJI,2015\n");
  EXPECT_THAT(problems_, ElementsAre(StartsWith("t.csv:3: state: states/FJI stands on line 2")));
  Read("");
  EXPECT_THAT(problems_, ElementsAre(StartsWith("t.csv: is empty")));
  Read("name,when\nFiji,2014\n");
  EXPECT_THAT(problems_, ElementsAre(StartsWith("t.csv:1: header: no column names the state"),
                                     StartsWith("t.csv:1: header: no column gives")));
}

}  // namespace
}  // namespace attlas::exchange
