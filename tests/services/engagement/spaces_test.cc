// Confidential spaces over the curated dataset: who may do what, and who sees what.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/services/engagement/space_fixture.h"

namespace attlas::engagement {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using SpacesTest = SpaceTest;

TEST_F(SpacesTest, MembersReadWhatMembersSay) {
  const std::string space = Make();
  v1::PostToSpaceRequest note = Words(space);
  note.add_topics("themes/export-licensing");
  note.add_topics("instruments/att");
  note.add_topics("states/FJI");
  const std::string first = Post(note).name();
  v1::PostToSpaceRequest concern = Words(space, "We could not report in time.");
  concern.set_kind(v1::NOTE_KIND_CONCERN);
  Post(concern, kAna);
  v1::PostToSpaceRequest evidence = Words(space, "It answers this.");
  evidence.set_kind(v1::NOTE_KIND_EVIDENCE);
  evidence.set_display_name("A guide");
  evidence.set_evidence_kind("guide");
  evidence.set_url("https://example.org/guide");
  evidence.add_topics("themes/export-licensing");
  evidence.add_topics("states/FJI");
  Post(evidence);

  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kAna), space));
  ASSERT_EQ(notes.notes_size(), 3);
  EXPECT_EQ(notes.notes(0).name(), first);
  EXPECT_EQ(notes.notes(0).text(), kSecret);
  EXPECT_EQ(notes.notes(0).author(), kBen);
  EXPECT_EQ(notes.notes(0).topics_size(), 3);
  EXPECT_EQ(notes.notes(0).traffic_light(), gv1::TRAFFIC_LIGHT_AMBER);
  EXPECT_EQ(notes.notes(1).kind(), v1::NOTE_KIND_CONCERN);
  EXPECT_EQ(notes.notes(1).author(), kAna);
  EXPECT_EQ(notes.notes(2).url(), "https://example.org/guide");
  EXPECT_EQ(notes.notes(2).text(), "It answers this.");
  EXPECT_EQ(notes.notes(2).topics_size(), 2);
  // To members they are nodes like any other; to others they are not there.
  EXPECT_OK(NodeAs(As(kAna), first));
  EXPECT_THAT(NodeAs(As(kEve), first).status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(AllThatIsSeenBy(As(kEve)), Not(HasSubstr(kSecret)));
  EXPECT_THAT(AllThatIsSeenBy(As(kEve)), Not(HasSubstr(space)));

  v1::GetSpaceRequest get;
  get.set_name(space);
  ASSERT_OK_AND_ASSIGN(const auto shown, queries_->GetSpace(As(kBen), get));
  EXPECT_EQ(shown.note_count(), 3);
  EXPECT_FALSE(shown.moderated());
  EXPECT_EQ(shown.space().members_size(), 2);
  ASSERT_OK_AND_ASSIGN(const auto moderated, queries_->GetSpace(As(kAna), get));
  EXPECT_TRUE(moderated.moderated());
}

TEST_F(SpacesTest, PagesAreOneList) {
  const std::string space = Make();
  for (int i = 0; i < 7; ++i) Post(Words(space, absl::StrCat("Note ", i)));
  v1::ListNotesRequest request;
  request.set_space(space);
  request.set_page_size(3);
  std::vector<std::string> texts;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, queries_->ListNotes(As(kBen), request));
    EXPECT_LE(page.notes_size(), 3);
    for (const v1::Note& note : page.notes()) texts.push_back(note.text());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(texts,
              ElementsAre("Note 0", "Note 1", "Note 2", "Note 3", "Note 4", "Note 5", "Note 6"));
  // A token is good for its own space alone.
  request.set_page_token("");
  ASSERT_OK_AND_ASSIGN(const auto page, queries_->ListNotes(As(kBen), request));
  request.set_space(Make());
  request.set_page_token(page.next_page_token());
  EXPECT_EQ(ReasonOf(queries_->ListNotes(As(kBen), request).status()), "PAGE_TOKEN_MISMATCH");
}

TEST_F(SpacesTest, ListsTheCallersOwnSpaces) {
  const std::string first = Make();
  v1::CreateSpaceRequest alone = Request();
  alone.mutable_space()->clear_members();
  const std::string second = Make(alone);
  const auto listed = [&](const CallContext& by, gv1::TrafficLight ceiling = {}) {
    v1::ListSpacesRequest request;
    request.mutable_read()->set_ceiling(ceiling);
    request.set_page_size(1);
    std::vector<std::string> names;
    do {
      const auto page = queries_->ListSpaces(by, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const v1::Space& space : page->spaces()) {
        names.push_back(space.name());
        EXPECT_THAT(space.members(), IsEmpty());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  };
  EXPECT_THAT(listed(As(kAna)), ElementsAre(first, second));
  EXPECT_THAT(listed(As(kBen)), ElementsAre(first));
  EXPECT_THAT(listed(As(kEve)), IsEmpty());
  EXPECT_THAT(listed(Operator()), ElementsAre(first, second));
  EXPECT_THAT(listed(As(kAna), gv1::TRAFFIC_LIGHT_RED), IsEmpty());
}

TEST_F(SpacesTest, ToOthersASpaceDoesNotExist) {
  const std::string space = Make();
  const std::string note = Post(Words(space)).name();
  const std::string none = "spaces/0123456789012345678901234567890123456789";
  const auto all = [&](const CallContext& by, const std::string& name) {
    std::vector<absl::Status> said;
    v1::GetSpaceRequest get;
    get.set_name(name);
    said.push_back(queries_->GetSpace(by, get).status());
    said.push_back(Notes(by, name).status());
    said.push_back(queries_->PostToSpace(by, Words(name)).status());
    v1::UpdateSpaceMembersRequest members;
    members.set_space(name);
    said.push_back(queries_->UpdateSpaceMembers(by, members).status());
    v1::SetAttributionRequest attribution;
    attribution.set_space(name);
    attribution.set_note(note);
    attribution.set_speaker_key("x");
    said.push_back(queries_->SetAttribution(by, attribution).status());
    said.push_back(queries_->ReleaseStatement(by, Release(name, note)).status());
    said.push_back(Close(by, name, true).status());
    return said;
  };
  const std::vector<absl::Status> hidden = all(As(kEve), space);
  const std::vector<absl::Status> missing = all(As(kEve), none);
  ASSERT_EQ(hidden.size(), missing.size());
  for (size_t i = 0; i < hidden.size(); ++i) {
    EXPECT_THAT(hidden[i], StatusIs(absl::StatusCode::kNotFound)) << i;
    EXPECT_EQ(absl::StrReplaceAll(hidden[i].ToString(absl::StatusToStringMode::kWithEverything),
                                  {{space, "S"}}),
              absl::StrReplaceAll(missing[i].ToString(absl::StatusToStringMode::kWithEverything),
                                  {{none, "S"}}))
        << i;
  }
  // Nor through a ceiling, for a member.
  v1::GetSpaceRequest get;
  get.set_name(space);
  get.mutable_read()->set_ceiling(gv1::TRAFFIC_LIGHT_RED);
  EXPECT_THAT(queries_->GetSpace(As(kAna), get).status(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SpacesTest, ModeratorsAloneModerate) {
  const std::string space = Make();
  const std::string note = Post(Words(space)).name();
  v1::UpdateSpaceMembersRequest members;
  members.set_space(space);
  members.add_set()->set_principal(kEve);
  EXPECT_EQ(ReasonOf(queries_->UpdateSpaceMembers(As(kBen), members).status()),
            "MODERATOR_REQUIRED");
  EXPECT_EQ(ReasonOf(queries_->ReleaseStatement(As(kBen), Release(space, note)).status()),
            "MODERATOR_REQUIRED");
  EXPECT_EQ(ReasonOf(Close(As(kBen), space).status()), "MODERATOR_REQUIRED");
  EXPECT_OK(queries_->UpdateSpaceMembers(As(kAna), members));
  EXPECT_OK(Notes(As(kEve), space));
  members.clear_set();
  members.add_remove(kEve);
  EXPECT_OK(queries_->UpdateSpaceMembers(As(kAna), members));
  EXPECT_THAT(Notes(As(kEve), space).status(), StatusIs(absl::StatusCode::kNotFound));
  // A space with a moderator keeps one.
  members.clear_remove();
  members.add_remove(kAna);
  EXPECT_THAT(queries_->UpdateSpaceMembers(As(kAna), members).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("leaves no moderator")));
  // Ben becomes one, and Ana a member like others.
  members.clear_remove();
  v1::SpaceMember* ben = members.add_set();
  ben->set_principal(kBen);
  ben->set_moderator(true);
  members.add_set()->set_principal(kAna);
  EXPECT_OK(queries_->UpdateSpaceMembers(As(kAna), members));
  EXPECT_EQ(ReasonOf(Close(As(kAna), space).status()), "MODERATOR_REQUIRED");
  EXPECT_OK(Close(As(kBen), space));
}

TEST_F(SpacesTest, TheChathamHouseRuleKeepsTheSpeakerOut) {
  const std::string space = Make(Request(/*chatham_house=*/true));
  v1::UpdateSpaceMembersRequest members;
  members.set_space(space);
  ASSERT_THAT(AllThatIsSeenBy(Operator()), HasSubstr("ben-zq8speaker"));
  Post(Words(space));
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kAna), space));
  EXPECT_EQ(notes.notes(0).text(), kSecret);
  EXPECT_EQ(notes.notes(0).author(), "");
  EXPECT_THAT(AllThatIsSeenBy(As(kAna)), Not(HasSubstr("ben-zq8speaker")));
  // Nor does the store hold it, once Ben is a member no more and his membership is forgotten.
  members.add_remove(kBen);
  ASSERT_OK(queries_->UpdateSpaceMembers(As(kAna), members));
  EXPECT_THAT(AllThatIsSeenBy(Operator()), Not(HasSubstr("ben-zq8speaker")));
}

TEST_F(SpacesTest, AMemberSeesWhatItIsClearedFor) {
  const std::string space = Make();
  for (int i = 0; i < 4; ++i) {
    v1::PostToSpaceRequest request = Words(space, absl::StrCat("Note ", i));
    request.set_traffic_light(i % 2 == 0 ? gv1::TRAFFIC_LIGHT_RED : gv1::TRAFFIC_LIGHT_GREEN);
    Post(request);
  }
  // A page is full although there is something else between.
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kBen, gv1::TRAFFIC_LIGHT_AMBER), space, 2));
  ASSERT_EQ(notes.notes_size(), 2);
  EXPECT_EQ(notes.notes(0).text(), "Note 1");
  EXPECT_EQ(notes.notes(1).text(), "Note 3");
  EXPECT_EQ(notes.next_page_token(), "");
  v1::GetSpaceRequest get;
  get.set_name(space);
  EXPECT_EQ(queries_->GetSpace(As(kBen, gv1::TRAFFIC_LIGHT_AMBER), get)->note_count(), 2);
  // Nor may it set more than that.
  v1::PostToSpaceRequest above = Words(space);
  above.set_traffic_light(gv1::TRAFFIC_LIGHT_RED);
  EXPECT_EQ(ReasonOf(queries_->PostToSpace(As(kBen, gv1::TRAFFIC_LIGHT_AMBER), above).status()),
            "MARKING_ABOVE_CLEARANCE");
  v1::ReleaseStatementRequest release = Release(space, notes.notes(0).name());
  release.set_traffic_light(gv1::TRAFFIC_LIGHT_RED);
  EXPECT_EQ(
      ReasonOf(queries_->ReleaseStatement(As(kAna, gv1::TRAFFIC_LIGHT_AMBER), release).status()),
      "MARKING_ABOVE_CLEARANCE");
}

}  // namespace
}  // namespace attlas::engagement
