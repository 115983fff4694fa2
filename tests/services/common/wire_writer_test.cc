#include "services/common/wire_writer.h"

#include <string>
#include <utility>

#include "attlas/instruments/v1/answer.pb.h"
#include "attlas/synergy/v1/bridge.pb.h"
#include "gtest/gtest.h"

namespace attlas::services {
namespace {

using instruments::v1::NamedNode;
using instruments::v1::Statement;

TEST(WireWriterTest, WritesWhatProtobufWrites) {
  Statement statement;
  statement.set_name("edges/1");
  statement.mutable_valid_from()->set_year(2014);
  statement.add_citations()->set_source("sources/a");
  statement.add_citations();
  statement.set_confidence(graph::v1::CONFIDENCE_SEEN);
  WireWriter writer;
  writer.Text(Statement::kNameFieldNumber, "edges/1");
  writer.Text(Statement::kTypeFieldNumber, "");
  writer.Message(Statement::kValidFromFieldNumber, statement.valid_from());
  writer.Item(Statement::kCitationsFieldNumber, statement.citations(0).SerializeAsString());
  writer.Item(Statement::kCitationsFieldNumber, "");
  writer.Number(Statement::kConfidenceFieldNumber, graph::v1::CONFIDENCE_SEEN);
  EXPECT_EQ(writer.view(), statement.SerializeAsString());
}

TEST(WireWriterTest, WritesDoubles) {
  for (const double value : {0.25, 1.0, 1.0 / 3, -2.5}) {
    synergy::v1::Bridge bridge;
    bridge.set_similarity(value);
    bridge.set_sentence("What follows is written behind it.");
    WireWriter writer;
    writer.Double(synergy::v1::Bridge::kSimilarityFieldNumber, value);
    writer.Text(synergy::v1::Bridge::kSentenceFieldNumber, bridge.sentence());
    EXPECT_EQ(writer.view(), bridge.SerializeAsString());
  }
}

TEST(WireWriterTest, AppendsNumbersToATextInDecimal) {
  WireWriter writer;
  for (const uint64_t value : {uint64_t{0}, uint64_t{7}, uint64_t{120}, UINT64_MAX}) {
    writer.AppendDecimal(value);
    writer.Append(";");
  }
  EXPECT_EQ(writer.view(), "0;7;120;18446744073709551615;");
}

TEST(WireWriterTest, ZeroIsNotWritten) {
  WireWriter writer;
  writer.Number(Statement::kConfidenceFieldNumber, 0);
  writer.Double(synergy::v1::Bridge::kSimilarityFieldNumber, 0);
  EXPECT_EQ(writer.view(), "");
}

// Lengths on both sides of where the length itself takes a byte more, in messages within messages.
TEST(WireWriterTest, WritesMessagesOfEveryLength) {
  for (const size_t size : {0, 1, 126, 127, 128, 129, 16'380, 16'383, 16'384, 20'000, 2'097'160}) {
    Statement statement;
    graph::v1::Citation* const citation = statement.add_citations();
    citation->set_source(std::string(size, 's'));
    citation->set_locator("p. 7");
    statement.set_confidence(graph::v1::CONFIDENCE_RECALLED);
    WireWriter writer;
    writer.Append("before");
    const size_t begin = writer.Begin(Statement::kCitationsFieldNumber);
    if (size > 0) {
      const size_t text = writer.Begin(graph::v1::Citation::kSourceFieldNumber);
      writer.Append(std::string(size, 's'));
      writer.End(text);
    }
    writer.Text(graph::v1::Citation::kLocatorFieldNumber, "p. 7");
    writer.End(begin);
    writer.Number(Statement::kConfidenceFieldNumber, graph::v1::CONFIDENCE_RECALLED);
    const OwnedBytes bytes = std::move(writer).Take();
    EXPECT_TRUE(bytes.view() == "before" + statement.SerializeAsString()) << size;
  }
}

TEST(WireWriterTest, TakesFieldsThatWereWrittenBefore) {
  NamedNode named;
  named.set_name("states/IDN");
  WireWriter writer;
  writer.Append(named.SerializeAsString());
  writer.Fields(NamedNode());
  writer.Text(NamedNode::kDisplayNameFieldNumber, "Indonesia");
  named.set_display_name("Indonesia");
  EXPECT_EQ(writer.view(), named.SerializeAsString());
}

}  // namespace
}  // namespace attlas::services
