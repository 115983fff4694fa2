#include "graph/ingest/dataset.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/ingest/dataset_directory.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Bytes(const Dataset& dataset) {
  std::vector<std::string> bytes;
  for (const Node& node : dataset.nodes) bytes.push_back(SerializeDeterministic(node));
  for (const Edge& edge : dataset.edges) bytes.push_back(SerializeDeterministic(edge));
  return bytes;
}

TEST(DatasetTest, ReadsTables) {
  const DatasetDirectory directory;
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(directory.path(), nullptr));
  ASSERT_EQ(dataset.nodes.size(), 5u);
  EXPECT_EQ(dataset.nodes[0].name(), "sources/un");
  const Node& att = dataset.nodes[4];
  EXPECT_EQ(att.name(), "instruments/att");
  EXPECT_EQ(att.type(), "instrument");
  EXPECT_EQ(att.display_name(), "Arms Trade Treaty");
  EXPECT_EQ(FindProperty(att.properties(), "adopted")->date().month(), 4);
  EXPECT_THAT(FindProperty(att.properties(), "goods")->texts().values(),
              ElementsAre("small-arms", "ammunition"));
  ASSERT_EQ(dataset.edges.size(), 1u);
  const Edge& edge = dataset.edges[0];
  EXPECT_EQ(edge.type(), "CONSENTED_TO");
  EXPECT_EQ(edge.valid_from().day(), 24);
  EXPECT_EQ(edge.citations(0).source(), "sources/un");
  EXPECT_EQ(edge.citations(0).confidence(), v1::CONFIDENCE_SEEN);
  EXPECT_EQ(edge.marking().traffic_light(), v1::TRAFFIC_LIGHT_CLEAR);
}

TEST(DatasetTest, SourcesAndRulesComeFirst) {
  const DatasetDirectory directory;
  directory.Write("nodes/rule.csv",
                  "id,kind,instrument,derives,from_edge,source,confidence\n"
                  "r,offset,instruments/att,IN_FORCE_FOR,CONSENTED_TO,sources/un,seen\n");
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(directory.path(), nullptr));
  EXPECT_EQ(dataset.nodes[1].type(), "source");
  EXPECT_EQ(dataset.nodes[2].name(), "rules/r");
}

TEST(DatasetTest, AlignsSeveralCitations) {
  const DatasetDirectory directory;
  directory.Write("nodes/state.csv",
                  "id,source,locator,confidence,retrieved,citation_note\n"
                  "PHL,sources/un; sources/sipri,p. 1;,seen,2020;2021-05,;checked\n"
                  "IDN,sources/un,\"a; b\",recalled,,one; note\n");
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(directory.path(), nullptr));
  const Node& phl = dataset.nodes[2];
  ASSERT_EQ(phl.citations_size(), 2);
  EXPECT_EQ(phl.citations(0).locator(), "p. 1");
  EXPECT_EQ(phl.citations(1).locator(), "");
  EXPECT_EQ(phl.citations(1).confidence(), v1::CONFIDENCE_SEEN);
  EXPECT_EQ(phl.citations(1).retrieved().month(), 5);
  EXPECT_EQ(phl.citations(1).note(), "checked");
  EXPECT_EQ(dataset.nodes[3].citations(0).locator(), "a; b");
  EXPECT_EQ(dataset.nodes[3].citations(0).note(), "one; note");
}

TEST(DatasetTest, ColumnsComeInAnyOrder) {
  const DatasetDirectory directory;
  directory.Write("nodes/state.csv",
                  "space,marking,confidence,source,aliases,id\n"
                  "spaces/room,amber,seen,sources/un,Filipinas;Pilipinas,PHL\n"
                  ",,seen,sources/un,,IDN\n");
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(directory.path(), nullptr));
  EXPECT_EQ(dataset.nodes[2].marking().space(), "spaces/room");
  EXPECT_EQ(dataset.nodes[2].marking().traffic_light(), v1::TRAFFIC_LIGHT_AMBER);
  EXPECT_THAT(dataset.nodes[2].aliases(), ElementsAre("Filipinas", "Pilipinas"));
}

TEST(DatasetTest, TellsProgress) {
  const DatasetDirectory directory;
  std::vector<size_t> steps;
  ASSERT_OK(
      ReadDataset(directory.path(), nullptr, [&](const std::string&, size_t done, size_t total) {
        EXPECT_EQ(total, 4u);
        steps.push_back(done);
      }));
  EXPECT_THAT(steps, ElementsAre(0, 1, 2, 3, 4));
}

TEST(DatasetTest, ExportReadsBackTheSame) {
  std::mt19937 random(17);
  const std::string alphabet = "ab ;,\\\"\n\t'\xc3\xa9";
  const auto text = [&] {
    std::string result = "x";
    for (size_t k = random() % 8; k > 0; --k) {
      const size_t at = random() % (alphabet.size() - 1);
      result += at == alphabet.size() - 2 ? alphabet.substr(at) : alphabet.substr(at, 1);
    }
    return result;
  };
  const DatasetDirectory directory;
  ASSERT_OK_AND_ASSIGN(Dataset dataset, ReadDataset(directory.path(), nullptr));
  for (int round = 0; round < 300; ++round) {
    Node& node = dataset.nodes.emplace_back(dataset.nodes[4]);
    node.set_name("instruments/x" + std::to_string(round));
    node.set_display_name(text());
    for (size_t i = random() % 3; i > 0; --i) node.add_aliases(text());
    const auto add = [&](const char* name) {
      Property* property = node.add_properties();
      property->set_name(name);
      return property->mutable_value();
    };
    if (random() % 2 == 0) add("summary")->set_text(text());
    if (random() % 2 == 0) add("notes")->mutable_texts()->add_values(text());
    if (random() % 2 == 0) add("open")->set_boolean(random() % 2 == 0);
    if (random() % 2 == 0) add("share")->set_decimal(static_cast<double>(random()) / 7);
    if (random() % 2 == 0) add("parties")->set_integer(static_cast<int64_t>(random()));
    for (size_t i = random() % 3; i > 0; --i) {
      Citation* citation = node.add_citations();
      citation->set_source("sources/sipri");
      citation->set_confidence(static_cast<Confidence>(1 + random() % 4));
      if (random() % 2 == 0) citation->set_locator(text());
      if (random() % 2 == 0) citation->set_note(text());
      if (random() % 2 == 0) citation->mutable_retrieved()->set_year(2000 + round);
    }
    node.mutable_marking()->set_traffic_light(static_cast<v1::TrafficLight>(1 + random() % 5));
    if (random() % 2 == 0) node.mutable_marking()->set_space("spaces/room");
    Canonicalize(&node);
    Edge& edge = dataset.edges.emplace_back(dataset.edges[0]);
    edge.clear_name();
    edge.set_to(node.name());
    edge.set_qualifier(text());
    if (random() % 2 == 0) edge.mutable_valid_to()->set_year(2100);
    Canonicalize(&edge);
  }
  const std::string copy = directory.path() + "/copy";
  ASSERT_OK(WriteDataset(dataset, copy));
  std::vector<Problem> problems;
  const absl::StatusOr<Dataset> read = ReadDataset(copy, &problems);
  ASSERT_OK(read);
  EXPECT_EQ(Bytes(*read), Bytes(dataset));
  EXPECT_EQ(SerializeDeterministic(read->ontology->proto()),
            SerializeDeterministic(dataset.ontology->proto()));
}

TEST(DatasetTest, WriteRemovesTablesThatBecameEmpty) {
  const DatasetDirectory directory;
  ASSERT_OK_AND_ASSIGN(Dataset dataset, ReadDataset(directory.path(), nullptr));
  dataset.edges.clear();
  ASSERT_OK(WriteDataset(dataset, directory.path()));
  ASSERT_OK_AND_ASSIGN(const Dataset read, ReadDataset(directory.path(), nullptr));
  EXPECT_THAT(read.edges, IsEmpty());
}

TEST(DatasetTest, WriteSaysWhatItCannotWrite) {
  const DatasetDirectory directory;
  ASSERT_OK_AND_ASSIGN(const Dataset dataset, ReadDataset(directory.path(), nullptr));
  EXPECT_THAT(
      WriteDataset(dataset, directory.path() + "/ontology.textproto"),
      StatusIs(absl::StatusCode::kFailedPrecondition, ::testing::HasSubstr("cannot write ")));
}

}  // namespace
}  // namespace attlas::graph
