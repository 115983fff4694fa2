// What a moderator releases from a space: a new statement that names nobody who did not agree.
#include <string>

#include "tests/services/engagement/space_fixture.h"

namespace attlas::engagement {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using SpaceReleaseTest = SpaceTest;

TEST_F(SpaceReleaseTest, AReleaseIsANewStatementThatLeadsNowhereBack) {
  const std::string space = Make(Request(true));
  v1::PostToSpaceRequest request = Words(space, "Reports ask too much of small offices.");
  request.set_kind(v1::NOTE_KIND_CONCERN);
  request.add_topics("concern-themes/reporting-burden");
  const v1::PostToSpaceResponse posted = Post(request);
  ASSERT_OK_AND_ASSIGN(const auto released,
                       queries_->ReleaseStatement(As(kAna), Release(space, posted.name())));
  const CallContext green = As(kEve, gv1::TRAFFIC_LIGHT_GREEN);
  ASSERT_OK_AND_ASSIGN(const graph::Node statement, NodeAs(green, released.name()));
  EXPECT_EQ(statement.type(), "challenge");
  EXPECT_NE(statement.name(), posted.name());
  EXPECT_THAT(statement.ShortDebugString(), HasSubstr("Reports ask too much"));
  ASSERT_EQ(statement.citations_size(), 1);
  EXPECT_EQ(statement.citations(0).source(), released.decision());
  ASSERT_OK_AND_ASSIGN(const graph::Node decision, NodeAs(green, released.decision()));
  EXPECT_THAT(decision.ShortDebugString(), HasSubstr("Not attributed."));
  EXPECT_EQ(released.statements_size(), 1);
  // Nothing of the space shows in it.
  const std::string seen = AllThatIsSeenBy(green);
  EXPECT_THAT(seen, HasSubstr(released.name()));
  for (const std::string& hidden : {space, posted.name(), std::string("ben-zq8speaker")}) {
    EXPECT_THAT(seen, Not(HasSubstr(hidden)));
  }
  EXPECT_THAT(NodeAs(As(kEve, gv1::TRAFFIC_LIGHT_CLEAR), released.name()).status(),
              StatusIs(absl::StatusCode::kNotFound));
  // Members see that it was.
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kBen), space));
  EXPECT_EQ(notes.notes(0).released_as(), released.name());
  EXPECT_EQ(ReasonOf(queries_->ReleaseStatement(As(kAna), Release(space, posted.name())).status()),
            "NOTE_RELEASED");
  // It stays when the space goes.
  ASSERT_OK(Close(As(kAna), space, /*erase=*/true));
  EXPECT_OK(NodeAs(green, released.name()));
}

TEST_F(SpaceReleaseTest, TheSpeakerIsNamedOnlyWhereItAgreed) {
  const std::string space = Make(Request(true));
  v1::PostToSpaceRequest request = Words(space, "We need help with stockpiles.");
  request.set_kind(v1::NOTE_KIND_CONCERN);
  const v1::PostToSpaceResponse posted = Post(request);
  v1::ReleaseStatementRequest release = Release(space, posted.name());
  release.set_attributed(true);
  EXPECT_EQ(ReasonOf(queries_->ReleaseStatement(As(kAna), release).status()),
            "ATTRIBUTION_NOT_AGREED");
  v1::SetAttributionRequest agree;
  agree.set_space(space);
  agree.set_note(posted.name());
  agree.mutable_attribution()->set_text("The Ministry of Defence of Fiji");
  agree.mutable_attribution()->set_holder("states/FJI");
  agree.set_speaker_key("not the key");
  EXPECT_EQ(ReasonOf(queries_->SetAttribution(As(kAna), agree).status()), "SPEAKER_KEY_REJECTED");
  agree.set_speaker_key(posted.speaker_key());
  EXPECT_OK(queries_->SetAttribution(As(kBen), agree));
  // Taken back, and given again.
  v1::SetAttributionRequest withdraw = agree;
  withdraw.clear_attribution();
  EXPECT_OK(queries_->SetAttribution(As(kBen), withdraw));
  EXPECT_EQ(ReasonOf(queries_->ReleaseStatement(As(kAna), release).status()),
            "ATTRIBUTION_NOT_AGREED");
  EXPECT_OK(queries_->SetAttribution(As(kBen), agree));
  ASSERT_OK_AND_ASSIGN(const auto released, queries_->ReleaseStatement(As(kAna), release));
  const CallContext green = As(kEve, gv1::TRAFFIC_LIGHT_GREEN);
  ASSERT_OK_AND_ASSIGN(const graph::Node decision, NodeAs(green, released.decision()));
  EXPECT_THAT(decision.ShortDebugString(),
              HasSubstr("The Ministry of Defence of Fiji, who agreed"));
  gv1::ListEdgesRequest voiced;
  voiced.set_node(released.name());
  voiced.add_types("VOICED");
  ASSERT_OK_AND_ASSIGN(const auto edges, local_->ListEdges(green, voiced));
  ASSERT_EQ(edges->edges_size(), 1);
  EXPECT_EQ(edges->edges(0).from(), "states/FJI");
  EXPECT_EQ(ReasonOf(queries_->SetAttribution(As(kBen), withdraw).status()), "NOTE_RELEASED");
}

}  // namespace
}  // namespace attlas::engagement
