// Commits: what they answer, what they refuse, and that a refused one leaves nothing behind.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::CommitInput;
using graph::GetErrorDetail;
using graph::Graph;
using graph::View;
using graph::v1::Mutation;
using ::testing::HasSubstr;

Mutation Create(graph::Node node) {
  Mutation mutation;
  *mutation.mutable_create_node() = std::move(node);
  return mutation;
}

Mutation Create(graph::Edge edge) {
  Mutation mutation;
  *mutation.mutable_create_edge() = std::move(edge);
  return mutation;
}

class CommitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(
        graph_, Graph::Open({.path = directory_.file("store"), .ontology = TestOntology()}));
    ASSERT_OK(graph_->Commit({.mutations = {Create(MakeNode("sources/test")),
                                            Create(MakeNode("states/IDN", "Indonesia")),
                                            Create(MakeNode("instruments/att", "ATT"))}}));
  }

  // The reason of an error, or nothing.
  static std::string Reason(const absl::Status& status) {
    const auto detail = GetErrorDetail(status);
    return detail.has_value() ? detail->reason : "";
  }

  static std::string Field(const absl::Status& status) {
    const auto detail = GetErrorDetail(status);
    return detail.has_value() && !detail->violations.empty() ? detail->violations[0].field : "";
  }

  View LatestView(const Clearance& clearance = Clearance::Operator()) {
    return *graph_->Read(graph::v1::ReadOptions(), clearance);
  }

  absl::Status Refused(CommitInput input) {
    const uint64_t before = graph_->LatestRevision();
    const absl::Status status = graph_->Commit(std::move(input)).status();
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(graph_->LatestRevision(), before);
    return status;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(CommitTest, AnswersRevisionNamesAndEtags) {
  ASSERT_OK_AND_ASSIGN(const auto output,
                       graph_->Commit({.mutations = {Create(MakeDatedEdge(
                                           "SIGNED", "states/IDN", "instruments/att", "2013"))}}));
  EXPECT_EQ(output.revision, 2u);
  ASSERT_EQ(output.names.size(), 1u);
  EXPECT_THAT(output.names[0], HasSubstr("edges/"));
  const View view = LatestView();
  ASSERT_OK_AND_ASSIGN(const auto edge, graph_->FindEdge(view, output.names[0]));
  ASSERT_OK_AND_ASSIGN(const auto record, graph_->ReadEdge(view, edge));
  EXPECT_EQ(record->etag(), output.etags[0]);
  EXPECT_EQ(record->valid_from().year(), 2013);
}

TEST_F(CommitTest, PutOfTheSameMakesNoRevision) {
  ASSERT_OK_AND_ASSIGN(const auto output,
                       graph_->Commit({.mutations = {Put(MakeNode("states/IDN", "Indonesia"))}}));
  EXPECT_EQ(output.unchanged, 1u);
  EXPECT_EQ(graph_->LatestRevision(), 1u);
}

TEST_F(CommitTest, RefusesToCreateTwice) {
  const absl::Status status = Refused({.mutations = {Create(MakeNode("states/IDN"))}});
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("states/IDN exists already")));
  EXPECT_EQ(Reason(status), "RESOURCE_ALREADY_EXISTS");
}

TEST_F(CommitTest, IsAllOrNothing) {
  EXPECT_FALSE(
      Refused({.mutations = {Create(MakeNode("states/PHL")), Create(MakeNode("states/IDN"))}})
          .ok());
  EXPECT_THAT(graph_->FindNode(LatestView(), "states/PHL"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CommitTest, RefusesAStaleEtag) {
  graph::Node node = MakeNode("states/IDN", "Republic of Indonesia");
  node.set_etag("\"ff\"");
  Mutation update;
  *update.mutable_update_node() = node;
  const absl::Status status = Refused({.mutations = {update}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, HasSubstr("changed since it was read")));
  EXPECT_EQ(Reason(status), "ETAG_MISMATCH");
}

TEST_F(CommitTest, RefusesAnEdgeToNowhere) {
  const absl::Status status =
      Refused({.mutations = {Create(MakeEdge("SIGNED", "states/XXX", "instruments/att"))}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("there is no node states/XXX")));
  EXPECT_EQ(Field(status), "mutations[0].create_edge.from");
}

TEST_F(CommitTest, RefusesAnEdgeThatTheOntologyForbids) {
  const absl::Status status =
      Refused({.mutations = {Create(MakeEdge("SIGNED", "instruments/att", "states/IDN"))}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Reason(status), "ONTOLOGY_VIOLATION");
}

TEST_F(CommitTest, RefusesAnIntervalThatEndsBeforeItStarts) {
  const absl::Status status =
      Refused({.mutations = {Create(
                   MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2014", "2013"))}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Field(status), "mutations[0].create_edge.valid_to");
}

TEST_F(CommitTest, RefusesAStatementWithoutACitation) {
  graph::Edge edge = MakeEdge("SIGNED", "states/IDN", "instruments/att");
  edge.clear_citations();
  const absl::Status status = Refused({.mutations = {Create(edge)}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Reason(status), "CITATION_REQUIRED");
}

TEST_F(CommitTest, RefusesACitationOfAnUnknownSource) {
  graph::Edge edge = MakeEdge("SIGNED", "states/IDN", "instruments/att");
  edge.mutable_citations(0)->set_source("sources/none");
  const absl::Status status = Refused({.mutations = {Create(edge)}});
  EXPECT_EQ(Field(status), "mutations[0].create_edge.citations[0].source");
}

TEST_F(CommitTest, RefusesAMarkingAboveTheWritersClearance) {
  graph::Node node = MakeNode("states/PHL");
  node.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
  const absl::Status status = Refused(
      {.mutations = {Create(node)}, .clearance = {.level = graph::v1::TRAFFIC_LIGHT_GREEN}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(Reason(status), "MARKING_ABOVE_CLEARANCE");
}

TEST_F(CommitTest, RefusesToDeleteANodeWithEdges) {
  ASSERT_OK(
      graph_->Commit({.mutations = {Create(MakeEdge("SIGNED", "states/IDN", "instruments/att"))}}));
  const absl::Status status = Refused({.mutations = {Delete("states/IDN")}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Reason(status), "NODE_HAS_EDGES");
}

TEST_F(CommitTest, RefusesMoreEdgesThanTheTypeAllows) {
  ASSERT_OK(graph_->Commit({.mutations = {Create(MakeNode("organizations/un"))}}));
  const absl::Status status = Refused(
      {.mutations = {Create(MakeEdge("LEADS", "organizations/un", "instruments/att")),
                     Create(MakeEdge("LEADS", "organizations/un", "instruments/att", "2"))}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("may have no more")));
}

TEST_F(CommitTest, RefusesTooManyMutations) {
  const absl::Status status = Refused({.mutations = std::vector<Mutation>(10'001)});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("at most 10000 changes, not 10001")));
}

TEST_F(CommitTest, ChecksPreconditions) {
  graph::v1::Precondition precondition;
  precondition.set_must_not_exist("states/IDN");
  const absl::Status status =
      Refused({.mutations = {Create(MakeNode("states/PHL"))}, .preconditions = {precondition}});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, HasSubstr("states/IDN exists")));
  EXPECT_EQ(Reason(status), "PRECONDITION_FAILED");
  graph::v1::Precondition no_edge;
  no_edge.mutable_no_edge_matches()->set_type("SIGNED");
  no_edge.mutable_no_edge_matches()->set_from("states/IDN");
  EXPECT_OK(
      graph_->Commit({.mutations = {Create(MakeEdge("SIGNED", "states/IDN", "instruments/att"))},
                      .preconditions = {no_edge}}));
  EXPECT_THAT(Refused({.mutations = {Create(MakeNode("states/PHL"))}, .preconditions = {no_edge}}),
              StatusIs(absl::StatusCode::kAborted));
}

TEST_F(CommitTest, RepeatsTheFirstAnswerOfARequest) {
  const CommitInput input{.mutations = {Create(MakeNode("states/PHL"))},
                          .request_id = "2f1c5a1e-58a5-4c5e-9d0a-3f1f6a7f1a11"};
  ASSERT_OK_AND_ASSIGN(const auto first, graph_->Commit(input));
  ASSERT_OK_AND_ASSIGN(const auto again, graph_->Commit(input));
  EXPECT_EQ(first.revision, again.revision);
  EXPECT_EQ(first.etags, again.etags);
  CommitInput other = input;
  other.mutations = {Create(MakeNode("states/THA"))};
  const absl::Status status = Refused(other);
  EXPECT_EQ(Reason(status), "REQUEST_ID_REUSED");
}

TEST_F(CommitTest, ValidatesWithoutApplying) {
  ASSERT_OK(graph_->Commit({.mutations = {Create(MakeNode("states/PHL"))}, .validate_only = true}));
  EXPECT_EQ(graph_->LatestRevision(), 1u);
}

TEST_F(CommitTest, HiddenAndMissingAreTheSame) {
  graph::Node hidden = MakeNode("states/PHL");
  hidden.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_RED);
  ASSERT_OK(graph_->Commit({.mutations = {Create(hidden)}}));
  const View view = LatestView({.level = graph::v1::TRAFFIC_LIGHT_CLEAR});
  const absl::Status of_hidden = graph_->FindNode(view, "states/PHL").status();
  const absl::Status of_missing = graph_->FindNode(view, "states/PHX").status();
  EXPECT_EQ(of_hidden.code(), of_missing.code());
  EXPECT_EQ(Reason(of_hidden), Reason(of_missing));
  EXPECT_THAT(graph_->History(view, "states/PHL", 0, 10), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CommitTest, RefusesRevisionsItDoesNotKnow) {
  graph::v1::ReadOptions read;
  read.set_at_revision("nonsense");
  EXPECT_EQ(Reason(graph_->Read(read, Clearance::Operator()).status()), "REVISION_MALFORMED");
  read.set_at_revision(graph_->RevisionToken(99));
  EXPECT_EQ(Reason(graph_->Read(read, Clearance::Operator()).status()), "REVISION_IN_FUTURE");
  ASSERT_OK_AND_ASSIGN(const auto other,
                       Graph::Open({.path = directory_.file("other"), .ontology = TestOntology()}));
  read.set_at_revision(other->RevisionToken(0));
  EXPECT_EQ(Reason(graph_->Read(read, Clearance::Operator()).status()),
            "REVISION_FROM_OTHER_STORE");
}

TEST_F(CommitTest, ManyWritersAndReadersAgree) {
  constexpr int kWriters = 8;
  constexpr int kEach = 40;
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int reader = 0; reader < 2; ++reader) {
    threads.emplace_back([&] {
      uint64_t last = 0;
      while (!stop) {
        const View view = LatestView();
        EXPECT_GE(view.revision(), last);
        last = view.revision();
        // Every edge that a commit adds comes with its node: half a commit would show one of them.
        uint64_t edges = 0;
        view.ForEachEdge(1, graph::v1::DIRECTION_FORWARD, nullptr, [&](const auto&) {
          ++edges;
          return true;
        });
        EXPECT_EQ(edges + 3, view.snapshot().node_count());
      }
    });
  }
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kEach; ++i) {
        const std::string name = "instruments/w" + std::to_string(writer) + "-" + std::to_string(i);
        EXPECT_OK(graph_->Commit({.mutations = {Create(MakeNode(name)),
                                                Create(MakeEdge("SIGNED", "states/IDN", name))}}));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  stop = true;
  for (std::thread& reader : threads) reader.join();
  EXPECT_EQ(graph_->LatestRevision(), 1u + kWriters * kEach);
  EXPECT_OK(graph_->Verify());
}

TEST_F(CommitTest, WhoMaySeeItIsNotChangedByWhoeverMayChangeIt) {
  graph::Node node = MakeNode("states/IDN", "Indonesia");
  node.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_GREEN);
  CommitInput input{.mutations = {Put(node)}, .may_remark = false};
  const absl::Status refused = Refused(input);
  EXPECT_EQ(Reason(refused), "ROLE_INSUFFICIENT");
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  input.may_remark = true;
  EXPECT_OK(graph_->Commit(input));
  // The words may change, and what is new may be marked.
  node.set_display_name("Republic of Indonesia");
  graph::Node fresh = MakeNode("states/PHL");
  fresh.mutable_marking()->set_space("spaces/room");
  EXPECT_OK(graph_->Commit({.mutations = {Put(node), Create(fresh)}, .may_remark = false}));
}

TEST_F(CommitTest, NothingIsWrittenIntoAClosedSpace) {
  graph::Node node = MakeNode("states/PHL");
  node.mutable_marking()->set_space("spaces/room");
  Clearance member{.level = graph::v1::TRAFFIC_LIGHT_RED, .spaces = {"spaces/room"}};
  member.read_only_spaces = {"spaces/room"};
  const absl::Status refused = Refused({.mutations = {Create(node)}, .clearance = member});
  EXPECT_EQ(Reason(refused), "SPACE_CLOSED");
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  member.read_only_spaces.clear();
  EXPECT_OK(graph_->Commit({.mutations = {Create(node)}, .clearance = member}));
}

}  // namespace
}  // namespace attlas::testing
