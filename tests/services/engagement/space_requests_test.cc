// Requests to spaces that are repeated, too many, bad, or past the service.
#include <functional>
#include <string>

#include "absl/strings/str_replace.h"
#include "tests/services/engagement/space_fixture.h"

namespace attlas::engagement {
namespace {

using ::testing::ElementsAre;

using SpaceRequestsTest = SpaceTest;

TEST_F(SpaceRequestsTest, ARepeatedRequestHasTheFirstAnswer) {
  v1::CreateSpaceRequest create = Request();
  create.set_request_id("2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b");
  const std::string space = Make(create);
  EXPECT_EQ(Make(create), space);
  v1::PostToSpaceRequest request = Words(space);
  request.set_request_id("3f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b");
  const v1::PostToSpaceResponse posted = Post(request);
  const v1::PostToSpaceResponse again = Post(request);
  EXPECT_EQ(again.name(), posted.name());
  EXPECT_EQ(again.revision(), posted.revision());
  EXPECT_EQ(again.speaker_key(), posted.speaker_key());
  v1::ReleaseStatementRequest release = Release(space, posted.name());
  release.set_request_id("4f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b");
  ASSERT_OK_AND_ASSIGN(const auto released, queries_->ReleaseStatement(As(kAna), release));
  ASSERT_OK_AND_ASSIGN(const auto repeated, queries_->ReleaseStatement(As(kAna), release));
  EXPECT_EQ(repeated.name(), released.name());
  EXPECT_EQ(repeated.decision(), released.decision());
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kAna), space));
  EXPECT_EQ(notes.notes_size(), 1);
}

TEST_F(SpaceRequestsTest, AFullSpaceSaysSo) {
  v1::CreateSpaceRequest request = Request();
  request.mutable_space()->set_max_members(2);
  request.mutable_space()->set_max_notes(2);
  const std::string space = Make(request);
  v1::UpdateSpaceMembersRequest members;
  members.set_space(space);
  members.add_set()->set_principal(kEve);
  const absl::Status full = queries_->UpdateSpaceMembers(As(kAna), members).status();
  EXPECT_THAT(full, StatusIs(absl::StatusCode::kResourceExhausted, "the space takes 2 members"));
  EXPECT_EQ(ReasonOf(full), "SPACE_FULL");
  Post(Words(space));
  Post(Words(space));
  const absl::Status third = queries_->PostToSpace(As(kBen), Words(space)).status();
  EXPECT_THAT(
      third, StatusIs(absl::StatusCode::kResourceExhausted, "the space takes 2 notes at one time"));
  EXPECT_EQ(ReasonOf(third), "SPACE_FULL");
}

TEST_F(SpaceRequestsTest, NothingIsSaidInAClosedSpace) {
  const std::string space = Make();
  Post(Words(space));
  ASSERT_OK_AND_ASSIGN(const auto closed, Close(As(kAna), space));
  EXPECT_EQ(closed.space().state(), v1::SPACE_STATE_CLOSED);
  EXPECT_TRUE(closed.space().has_close_date());
  EXPECT_EQ(ReasonOf(queries_->PostToSpace(As(kBen), Words(space)).status()), "SPACE_CLOSED");
  // Nor past the service; it can be read, though.
  gv1::CommitRequest commit;
  gv1::Node* node = commit.add_mutations()->mutable_create_node();
  node->set_name("sources/past-the-service");
  node->set_type("source");
  node->mutable_marking()->set_space(space);
  const absl::Status refused = local_->Commit(As(kBen), commit).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused), "SPACE_CLOSED");
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kBen), space));
  EXPECT_EQ(notes.notes_size(), 1);
  EXPECT_OK(Close(As(kAna), space));
}

TEST_F(SpaceRequestsTest, BadRequestsAreBlamedOnTheirFields) {
  const std::string space = Make();
  const auto blamed = [&](const std::function<void(v1::PostToSpaceRequest*)>& change) {
    v1::PostToSpaceRequest request = Words(space);
    change(&request);
    return testing::BlamedFields(queries_->PostToSpace(As(kBen), request).status());
  };
  EXPECT_THAT(blamed([](auto* r) { r->clear_text(); }), ElementsAre("text"));
  EXPECT_THAT(blamed([](auto* r) { r->set_text(std::string(16'001, 'x')); }), ElementsAre("text"));
  EXPECT_THAT(blamed([](auto* r) { r->set_space("states/FJI"); }), ElementsAre("space"));
  EXPECT_THAT(blamed([](auto* r) { r->set_kind(static_cast<v1::NoteKind>(9)); }),
              ElementsAre("kind"));
  EXPECT_THAT(blamed([](auto* r) { r->set_url("https://example.org"); }), ElementsAre("url"));
  EXPECT_THAT(blamed([](auto* r) { r->set_kind(v1::NOTE_KIND_EVIDENCE); }),
              ElementsAre("evidence_kind"));
  EXPECT_THAT(blamed([](auto* r) {
                r->set_kind(v1::NOTE_KIND_EVIDENCE);
                r->set_evidence_kind("gossip");
              }),
              ElementsAre("evidence_kind"));
  EXPECT_THAT(blamed([](auto* r) {
                r->add_topics("instruments/att");
                r->add_topics("instruments/atx");
              }),
              ElementsAre("topics[1]"));
  EXPECT_THAT(blamed([](auto* r) {
                r->set_kind(v1::NOTE_KIND_CONCERN);
                r->add_topics("states/FJI");
              }),
              ElementsAre("topics[0]"));
  EXPECT_THAT(blamed([](auto* r) { r->mutable_attribution(); }), ElementsAre("attribution.text"));
  EXPECT_THAT(blamed([](auto* r) {
                r->mutable_attribution()->set_text("An office");
                r->mutable_attribution()->set_holder("states/FJI");
              }),
              ElementsAre("attribution.holder"));
  for (int i = 0; i < 2; ++i) {
    v1::CreateSpaceRequest request = Request();
    if (i == 0) request.mutable_space()->set_retention_days(0);
    if (i == 1) request.mutable_space()->add_members()->set_principal("Ben");
    EXPECT_THAT(testing::BlamedFields(queries_->CreateSpace(As(kAna), request).status()),
                ElementsAre(i == 0 ? "space.retention_days" : "space.members[1].principal"));
  }
  v1::CreateSpaceRequest named = Request();
  named.mutable_space()->set_name("spaces/round-table");
  EXPECT_THAT(testing::BlamedFields(queries_->CreateSpace(As(kAna), named).status()),
              ElementsAre("space.name"));
  v1::ReleaseStatementRequest release = Release(space, Post(Words(space)).name());
  release.clear_traffic_light();
  EXPECT_THAT(testing::BlamedFields(queries_->ReleaseStatement(As(kAna), release).status()),
              ElementsAre("traffic_light"));
}

TEST_F(SpaceRequestsTest, TheRegistryIsWrittenByTheServiceAlone) {
  const std::string space = Make();
  const auto refused = [&](const gv1::Mutation& mutation) {
    gv1::CommitRequest commit;
    *commit.add_mutations() = mutation;
    return local_->Commit(Operator(), commit).status();
  };
  ASSERT_OK_AND_ASSIGN(graph::Node node, NodeAs(Operator(), space));
  gv1::Mutation mutation;
  *mutation.mutable_update_node() = node;
  EXPECT_THAT(refused(mutation), StatusIs(absl::StatusCode::kInvalidArgument));
  mutation.set_delete_node(space);
  EXPECT_THAT(refused(mutation), StatusIs(absl::StatusCode::kInvalidArgument));
  node.set_name("notes/elsewhere");
  node.set_type("note");
  *mutation.mutable_create_node() = node;
  EXPECT_THAT(refused(mutation), StatusIs(absl::StatusCode::kInvalidArgument));
  node.set_name("spaces/mine");
  node.set_type("space");
  node.clear_marking();
  *mutation.mutable_create_node() = node;
  EXPECT_THAT(refused(mutation), StatusIs(absl::StatusCode::kInvalidArgument));
}

// What an editor is told who writes under this name in every way there is.
class WriterProbe {
 public:
  WriterProbe(services::LocalGraph* graph, CallContext editor)
      : graph_(graph), editor_(std::move(editor)) {}

  std::string Answers(const std::string& name, const std::string& type) const {
    graph::Node node;
    node.set_name(name);
    node.set_type(type);
    node.set_display_name("A guess");
    std::string answers;
    for (int way = 0; way < 6; ++way) {
      gv1::CommitRequest commit;
      gv1::Mutation& mutation = *commit.add_mutations();
      if (way == 0) *mutation.mutable_create_node() = node;
      if (way == 1) *mutation.mutable_put_node() = node;
      if (way == 2) *mutation.mutable_update_node() = node;
      if (way == 3) mutation.set_delete_node(name);
      if (way >= 4) *mutation.mutable_put_node() = Source();
      if (way == 4) commit.add_preconditions()->set_must_exist(name);
      if (way == 5) commit.add_preconditions()->set_must_not_exist(name);
      commit.set_validate_only(true);
      const absl::Status status = graph_->Commit(editor_, commit).status();
      absl::StrAppend(&answers, status.ToString(), " ", ReasonOf(status), "\n");
    }
    return absl::StrReplaceAll(answers, {{name, "the name"}});
  }

 private:
  static graph::Node Source() {
    graph::Node source;
    source.set_name("sources/of-an-editor");
    source.set_type("source");
    return source;
  }

  services::LocalGraph* const graph_;
  const CallContext editor_;
};

TEST_F(SpaceRequestsTest, AWriterCannotLearnWhichSpacesAndNotesThereAre) {
  const std::string space = Make();
  const std::string note = Post(Words(space)).name();
  const WriterProbe eve(local_.get(), As(kEve));
  const std::string nothing(40, 'a');
  EXPECT_EQ(eve.Answers(space, "space"), eve.Answers("spaces/" + nothing, "space"));
  EXPECT_EQ(eve.Answers(note, "note"), eve.Answers("notes/" + nothing, "note"));
  // Of what else is said there the names are too long to be guessed.
  v1::PostToSpaceRequest concern = Words(space);
  concern.set_kind(v1::NOTE_KIND_CONCERN);
  const std::string said = Post(concern).name();
  EXPECT_EQ(said.size(), std::string("challenges/").size() + 40) << said;
  EXPECT_NE(said.substr(said.find('/') + 1), note.substr(note.find('/') + 1));
}

TEST_F(SpaceRequestsTest, SpacesAreNotKeptWhereTheStoreIsNot) {
  const SpaceQueries elsewhere(local_.get(), &RandomCodec(), nullptr);
  EXPECT_EQ(ReasonOf(elsewhere.CreateSpace(As(kAna), Request()).status()), "SPACES_ELSEWHERE");
  EXPECT_EQ(ReasonOf(elsewhere.ListSpaces(As(kAna), {}).status()), "SPACES_ELSEWHERE");
  EXPECT_EQ(ReasonOf(elsewhere.PostToSpace(As(kAna), Words("spaces/x")).status()),
            "SPACES_ELSEWHERE");
}

}  // namespace
}  // namespace attlas::engagement
