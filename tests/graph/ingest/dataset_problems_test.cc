// Every kind of bad input, with the exact report.

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "graph/ingest/dataset.h"
#include "gtest/gtest.h"
#include "tests/graph/ingest/dataset_directory.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kStates[] = "id,display_name,source,confidence\n";
constexpr char kGoodStates[] = "PHL,Philippines,sources/un,seen\nIDN,Indonesia,sources/un,seen\n";
constexpr char kEdges[] = "from,to,qualifier,valid_from,valid_to,source,confidence,retrieved\n";

// The problems of the sound dataset with one file replaced.
std::vector<std::string> ProblemsWith(const std::string& file, const std::string& text) {
  const DatasetDirectory directory;
  directory.Write(file, text);
  return directory.Problems();
}

std::vector<std::string> ProblemsWithStates(const std::string& rows) {
  return ProblemsWith("nodes/state.csv", absl::StrCat(kStates, kGoodStates, rows));
}

std::vector<std::string> ProblemsWithEdges(const std::string& rows) {
  return ProblemsWith("edges/consented-to.csv", kEdges + rows);
}

TEST(DatasetProblemsTest, SoundDatasetHasNone) {
  EXPECT_THAT(DatasetDirectory().Problems(), IsEmpty());
}

TEST(DatasetProblemsTest, BrokenQuote) {
  EXPECT_THAT(ProblemsWithStates("THA,Thai\"land,sources/un,seen\n"),
              ElementsAre("nodes/state.csv:4: row: broken quote: a cell that holds a quote must be "
                          "quoted as a whole, and each quote within it doubled"));
  EXPECT_THAT(ProblemsWithStates("THA,\"Thailand,sources/un,seen\nVNM,,sources/un,seen\n"),
              ElementsAre("nodes/state.csv:4: row: broken quote: it is opened and never closed; "
                          "close it, or double each quote within the cell"));
}

TEST(DatasetProblemsTest, WrongColumnCount) {
  EXPECT_THAT(ProblemsWithStates("THA,Thailand,sources/un\nVNM,Viet Nam,sources/un,seen,x\n"),
              ElementsAre("nodes/state.csv:4: row: has 3 cells, but the header names 4 columns",
                          "nodes/state.csv:5: row: has 5 cells, but the header names 4 columns"));
}

TEST(DatasetProblemsTest, DuplicateKey) {
  EXPECT_THAT(
      ProblemsWithStates("PHL,Again,sources/un,seen\n"),
      ElementsAre("nodes/state.csv:4: id: duplicate key `PHL`, first on line 2; each id may "
                  "be given once"));
  EXPECT_THAT(ProblemsWithEdges("states/PHL,instruments/att,,2013,,sources/un,seen,\n"
                                "states/PHL,instruments/att,x,2013,,sources/un,seen,\n"
                                "states/PHL,instruments/att,,2014,,sources/un,seen,\n"),
              ElementsAre("edges/consented-to.csv:4: from: duplicate key "
                          "`states/PHL,instruments/att,`, first on line 2; tell the statements "
                          "apart by `qualifier`"));
}

TEST(DatasetProblemsTest, BadUtf8) {
  EXPECT_THAT(
      ProblemsWithStates("THA,Tha\xefland,sources/un,seen\n"),
      ElementsAre("nodes/state.csv:4: display_name: `Tha\\xefland` is not UTF-8 from byte 4 "
                  "of the cell on; save the file as UTF-8"));
}

TEST(DatasetProblemsTest, BadValue) {
  EXPECT_THAT(
      ProblemsWith("nodes/instrument.csv",
                   "id,adopted,goods,parties,share,open,source,confidence,retrieved\n"
                   "att,2013-02-30,small-arm,many,1/3,yes,sources/un,certain,last year\n"),
      ElementsAre("nodes/instrument.csv:2: adopted: `2013-02-30` is not in the calendar; leave out "
                  "a month or a day that is not known",
                  "nodes/instrument.csv:2: parties: `many` is not a whole number; write digits "
                  "alone",
                  "nodes/instrument.csv:2: share: `1/3` is not a number; write it as 12.5",
                  "nodes/instrument.csv:2: open: `yes` is neither true nor false",
                  "nodes/instrument.csv:2: confidence: `certain` is not a confidence; write seen, "
                  "structure-seen, recalled or unverified",
                  "nodes/instrument.csv:2: retrieved: `last year` is not a date; write YYYY, "
                  "YYYY-MM or YYYY-MM-DD",
                  "nodes/instrument.csv:2: goods: `small-arm` is not a term of taxonomy `goods`; "
                  "did you mean `small-arms`?"));
}

TEST(DatasetProblemsTest, BadMarking) {
  EXPECT_THAT(ProblemsWith("nodes/organization.csv",
                           "id,source,confidence,marking,space\na,sources/un,seen,pink,room\n"),
              ElementsAre("nodes/organization.csv:2: marking: `pink` is not a traffic light; write "
                          "clear, green, amber, amber+strict or red",
                          "nodes/organization.csv:2: space: `room` is not a space; write "
                          "spaces/<id>"));
}

TEST(DatasetProblemsTest, BadHeader) {
  EXPECT_THAT(ProblemsWith("nodes/organization.csv", "id,displayname,id,zzzzzzzz\n"),
              ElementsAre("nodes/organization.csv:1: header: unknown column `displayname`; did you "
                          "mean `display_name`?",
                          "nodes/organization.csv:1: header: the column `id` is given twice; give "
                          "it once",
                          "nodes/organization.csv:1: header: unknown column `zzzzzzzz`; known are "
                          "id, display_name, aliases, source, locator, confidence, retrieved, "
                          "citation_note, marking, space"));
  EXPECT_THAT(
      ProblemsWith("edges/member-of.csv", "from,role\nstates/PHL,member\n"),
      ElementsAre("edges/member-of.csv:1: header: the column `to` is missing; no row can be "
                  "read"));
  EXPECT_THAT(
      ProblemsWith("nodes/organization.csv", "\n \n"),
      ElementsAre("nodes/organization.csv: is empty; the first line must name the columns"));
}

TEST(DatasetProblemsTest, UnknownTable) {
  EXPECT_THAT(ProblemsWith("nodes/states.csv", "id\n"),
              ElementsAre("nodes/states.csv: is the table of no node type of the ontology; did you "
                          "mean `state.csv`?"));
}

TEST(DatasetProblemsTest, MissingEndNode) {
  EXPECT_THAT(ProblemsWithEdges("states/PHI,instruments/att,,2013,,sources/un,seen,\n"
                                "states/PHL,instruments/zzzzz,,2013,,sources/un,seen,\n"),
              ElementsAre("edges/consented-to.csv:2: from: there is no node `states/PHI` in the "
                          "set; did you mean `states/PHL`?",
                          "edges/consented-to.csv:3: to: there is no node `instruments/zzzzz` in "
                          "the set; add it, or mend the name"));
}

TEST(DatasetProblemsTest, MissingSource) {
  EXPECT_THAT(ProblemsWithStates("THA,Thailand,sources/sipr,seen\nVNM,Viet Nam,,\n"
                                 "LAO,Laos,un,seen\nMMR,Myanmar,,seen\n"),
              ElementsAre("nodes/state.csv:5: source: there is no citation; name at least one "
                          "source",
                          "nodes/state.csv:6: source: `un` is not a source; write sources/<id> or "
                          "rules/<id>",
                          "nodes/state.csv:7: confidence: is given without a source; name the "
                          "source, or leave it empty",
                          "nodes/state.csv:7: source: there is no citation; name at least one "
                          "source",
                          "nodes/state.csv:4: source: there is no node `sources/sipr` in the set; "
                          "did you mean `sources/sipri`?"));
}

TEST(DatasetProblemsTest, MisalignedCitations) {
  EXPECT_THAT(
      ProblemsWithStates("THA,Thailand,sources/un;sources/sipri;sources/un,seen;recalled\n"),
      ElementsAre("nodes/state.csv:4: confidence: lists 2 values for 3 sources; list one "
                  "for each, or leave the cell empty"));
}

TEST(DatasetProblemsTest, OntologyViolations) {
  EXPECT_THAT(
      ProblemsWithStates("Thailand,,sources/un,seen\n"),
      ElementsAre("nodes/state.csv:4: id: the id `Thailand` of node type `state` must match "
                  "[A-Z]{3}"));
  EXPECT_THAT(ProblemsWithEdges("instruments/att,states/PHL,,2013,,sources/un,seen,\n"),
              ElementsAre("edges/consented-to.csv:2: from: `instruments/att` is of node type "
                          "instrument, but CONSENTED_TO starts from state or organization",
                          "edges/consented-to.csv:2: to: `states/PHL` is of node type state, but "
                          "CONSENTED_TO points to instrument"));
}

TEST(DatasetProblemsTest, AbsurdInterval) {
  EXPECT_THAT(ProblemsWithEdges("states/PHL,instruments/att,,2022-03-24,2013,sources/un,seen,\n"),
              ElementsAre("edges/consented-to.csv:2: valid_to: the end 2013 is not after the start "
                          "2022-03-24; a statement holds from its start until the day before its "
                          "end"));
}

TEST(DatasetProblemsTest, BadOntology) {
  EXPECT_THAT(ProblemsWith("ontology.textproto", "version: 1\nnode_type {}\n"),
              ElementsAre("ontology.textproto:2: column 11: Message type "
                          "\"attlas.graph.v1.Ontology\" has no field named \"node_type\"."));
  EXPECT_THAT(
      ProblemsWith("ontology.textproto",
                   "version: 1\nnode_types {\n  name: \"state\" collection: \"states\"\n"
                   "  properties { name: \"source\" kind: PROPERTY_KIND_TEXT }\n}\n"),
      ::testing::Contains("ontology.textproto: property `source` of `state` is named like a "
                          "column that every table has; rename it"));
}

TEST(DatasetProblemsTest, BadRule) {
  EXPECT_THAT(ProblemsWith("nodes/rule.csv",
                           "id,kind,instrument,derives,from_edge,source,confidence\n"
                           "a,ofset,instruments/att,IN_FORCE_FOR,CONSENTED_TO,sources/un,seen\n"
                           "b,offset,,IN_FORCE_FR,CONSENTED_TO,sources/un,seen\n"
                           "c,offset,states/PHL,IN_FORCE_FOR,CONSENTED_TO,sources/un,seen\n"),
              ElementsAre("nodes/rule.csv:2: kind: `ofset` is no kind of rule; write offset or "
                          "through-members",
                          "nodes/rule.csv:3: instrument: a rule of this kind needs `instrument`; "
                          "add it",
                          "nodes/rule.csv:3: derives: `IN_FORCE_FR` is not an edge type of the "
                          "ontology; did you mean `IN_FORCE_FOR`?",
                          "nodes/rule.csv:4: instrument: IN_FORCE_FOR may not point to "
                          "`states/PHL`; name a node that the ontology allows"));
}

TEST(DatasetProblemsTest, NoDirectory) {
  std::vector<Problem> problems;
  EXPECT_THAT(ReadDataset("/nonexistent/data", &problems),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no directory /nonexistent/data; name that of a dataset"));
}

TEST(DatasetProblemsTest, StatusNamesTheFirstProblem) {
  const DatasetDirectory directory;
  directory.Write("nodes/organization.csv", "id\na\nb\n");
  EXPECT_THAT(ReadDataset(directory.path(), nullptr),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       absl::StrCat(directory.path(), ": ", directory.path(),
                                    "/nodes/organization.csv:2: source: there is no citation; name "
                                    "at least one source (and 1 more problems)")));
}

TEST(DatasetProblemsTest, CountsBeyondTheLimit) {
  std::string rows;
  for (int i = 0; i < 1234; ++i) rows += "1,2\n";
  const std::vector<std::string> problems = ProblemsWithStates(rows);
  ASSERT_EQ(problems.size(), 1001u);
  EXPECT_EQ(problems.back(), "and 234 more");
}

// Whatever the tables hold, reading ends in a dataset or in problems.
TEST(DatasetProblemsTest, RandomDamageNeverCrashes) {
  std::mt19937 random(23);
  const std::string sound = absl::StrCat(kStates, kGoodStates);
  const std::string edges = absl::StrCat(kEdges,
                                         "states/PHL,instruments/att,,2013,,sources/un;"
                                         "sources/sipri,seen;recalled,2020\n");
  const auto damage = [&](std::string text) {
    for (size_t i = 1 + random() % 6; i > 0; --i) {
      const size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, random() % 5);
          break;
        default:
          text.insert(at, 1, "\",;\n\r\\"[random() % 6]);
      }
      if (text.empty()) text = "x";
    }
    return text;
  };
  const DatasetDirectory directory;
  for (int round = 0; round < 400; ++round) {
    directory.Write("nodes/state.csv", damage(sound));
    directory.Write("edges/consented-to.csv", damage(edges));
    directory.Problems();
  }
}

}  // namespace
}  // namespace attlas::graph
