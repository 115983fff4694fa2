// What a redaction of a source does to the statements elsewhere that cite it.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/graph/core/redaction_fixture.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

// A source in the room, and what outside of it cites that, now and before.
class CitedRedactionTest : public RedactionTest {
 protected:
  static constexpr char kSource[] = "sources/zq8hiddensource";
  static constexpr char kLocator[] = "zq8locator";

  template <typename Entity>
  static Entity Citing(Entity entity, graph::Confidence other) {
    entity.clear_citations();
    graph::Citation* const hidden = entity.add_citations();
    hidden->set_source(kSource);
    hidden->set_locator(kLocator);
    hidden->set_confidence(graph::v1::CONFIDENCE_SEEN);
    if (other == graph::v1::CONFIDENCE_UNSPECIFIED) return entity;
    graph::Citation* const shown = entity.add_citations();
    shown->set_source("sources/test");
    shown->set_confidence(other);
    return entity;
  }
  // Of a statement that stays, without what the source was cited for.
  void ExpectOneCitation(const google::protobuf::RepeatedPtrField<graph::Citation>& citations) {
    ASSERT_EQ(citations.size(), 1);
    EXPECT_EQ(citations[0].source(), "sources/test");
  }
  graph::SharedEdge ReadEdge(const std::string& name, uint64_t revision) const {
    const View view = At(revision);
    const auto edge = graph_->FindEdge(view, name);
    EXPECT_OK(edge);
    return *graph_->ReadEdge(view, *edge);
  }
  size_t EdgesFrom(graph::Confidence min_confidence) const {
    graph::v1::ReadOptions read;
    read.set_min_confidence(min_confidence);
    const View view = *graph_->Read(read, Clearance::Operator());
    size_t edges = 0;
    view.ForEachEdge(*graph_->FindNode(view, "states/IDN"), graph::v1::DIRECTION_FORWARD, nullptr,
                     [&](const graph::EdgeRef&) {
                       ++edges;
                       return true;
                     });
    return edges;
  }
};

TEST_F(CitedRedactionTest, WhatCitesAnErasedSourceLosesTheCitationInEveryRevision) {
  Commit({Put(Secret(kSource))});
  const uint64_t first = Commit(
      {Put(Citing(MakeEdge("SIGNED", "states/IDN", "instruments/att"),
                  graph::v1::CONFIDENCE_RECALLED)),
       Put(Citing(MakeEdge("KNOWS", "states/IDN", "instruments/att"),
                  graph::v1::CONFIDENCE_UNSPECIFIED)),
       Put(Citing(MakeNode("organizations/cites", "Cites"), graph::v1::CONFIDENCE_RECALLED))},
      kRequestId);
  const std::string member = graph_->ChangesAt(first, Clearance::Operator())->at(0).name();
  const std::string knows = graph_->ChangesAt(first, Clearance::Operator())->at(1).name();
  // A later version that cites it too, and one that no longer does.
  const uint64_t second = Commit({Put(Citing(MakeNode("organizations/cites", "Cites again"),
                                             graph::v1::CONFIDENCE_STRUCTURE_SEEN))});
  const uint64_t third = Commit({Put(MakeNode("organizations/cites", "Cites no more"))});
  ASSERT_EQ(EdgesFrom(graph::v1::CONFIDENCE_SEEN), 2u);
  const graph::RedactionOutput output = Redact(graph_->LatestRevision());
  EXPECT_EQ(output.erased, 1u);
  EXPECT_EQ(output.cut, 3u);
  for (const uint64_t revision : {first, output.revision}) {
    SCOPED_TRACE(revision);
    ExpectOneCitation(ReadEdge(member, revision)->citations());
    EXPECT_THAT(ReadEdge(knows, revision)->citations(), IsEmpty());
  }
  for (const uint64_t revision : {first, second, third}) {
    SCOPED_TRACE(revision);
    const View view = At(revision);
    ASSERT_OK_AND_ASSIGN(const auto node, graph_->FindNode(view, "organizations/cites"));
    ASSERT_OK_AND_ASSIGN(const graph::SharedNode read, graph_->ReadNode(view, node));
    ExpectOneCitation(read->citations());
  }
  // The confidence is that of what is left, now and after the next opening.
  for (int opening = 0; opening < 2; ++opening) {
    EXPECT_EQ(EdgesFrom(graph::v1::CONFIDENCE_UNVERIFIED), 2u);
    EXPECT_EQ(EdgesFrom(graph::v1::CONFIDENCE_RECALLED), 1u);
    EXPECT_EQ(EdgesFrom(graph::v1::CONFIDENCE_STRUCTURE_SEEN), 0u);
    EXPECT_OK(graph_->Verify());
    graph_.reset();
    ASSERT_OK_AND_ASSIGN(graph_, Open());
  }
  // Changes and histories tell what is left, and no reason.
  for (const uint64_t revision : {first, second}) {
    ASSERT_OK_AND_ASSIGN(const auto changes, graph_->ChangesAt(revision, Clearance::Operator()));
    for (const auto& change : changes) {
      EXPECT_THAT(change.DebugString(), Not(HasSubstr("zq8"))) << revision;
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto history,
                       graph_->History(At(third), "organizations/cites", 0, 10));
  EXPECT_EQ(history.size(), 3u);
  for (const auto& change : history) {
    if (change.revision() != graph_->RevisionToken(third)) {
      EXPECT_THAT(change.DebugString(), Not(HasSubstr("zq8")));
    }
  }
  // The request, whose digest a guess could be checked against, is gone, and the name is free.
  EXPECT_OK(
      graph_->Commit({.mutations = {Put(MakeNode(kSource, "Another"))}, .request_id = kRequestId}));
  EXPECT_EQ(Redact(graph_->LatestRevision()).cut, 0u);
}

TEST_F(CitedRedactionTest, LeavesNoByteOfASourceInTheFiles) {
  Commit({Put(Secret(kSource))});
  Commit({Put(Citing(MakeEdge("SIGNED", "states/IDN", "instruments/att"),
                     graph::v1::CONFIDENCE_RECALLED)),
          Put(Citing(MakeNode("organizations/cites", "Cites"), graph::v1::CONFIDENCE_SEEN))},
         kRequestId);
  Commit({Put(MakeNode("organizations/cites", "Cites no more"))});
  Commit({Put(Citing(InSpace(MakeNode("organizations/other"), "spaces/other"),
                     graph::v1::CONFIDENCE_RECALLED))});
  const std::string store = directory_.file("store");
  graph_.reset();
  ASSERT_THAT(ReadRaw(store, kLocator).with_text, IsSupersetOf({"history", "records"}));
  ASSERT_OK_AND_ASSIGN(graph_, Open());
  Redact(graph_->LatestRevision());
  ASSERT_OK(graph_->Checkpoint(directory_.file("after")));
  EXPECT_OK(graph_->Verify());
  graph_.reset();
  for (const std::string& copy : {store, directory_.file("after")}) {
    for (const std::string& text : {std::string(kSource), std::string(kLocator)}) {
      EXPECT_THAT(FilesWith(copy, text), IsEmpty()) << text;
      const RawStore raw = ReadRaw(copy, text);
      EXPECT_THAT(raw.with_text, IsEmpty()) << text;
      EXPECT_EQ(raw.in_files, raw.shown);
    }
  }
}

}  // namespace
}  // namespace attlas::testing
