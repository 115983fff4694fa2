// Confidential spaces over the curated dataset: who may do what, who sees what, what leaves, and
// that what is erased is gone.
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "graph/base/status_macros.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/access/space_registry.h"
#include "services/engagement/space_keeper.h"
#include "services/engagement/space_queries.h"
#include "services/graph/local_graph.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::engagement {
namespace {

using services::CallContext;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ReasonOf;
using testing::StatusIs;
namespace gv1 = graph::v1;

constexpr char kAna[] = "certificate:spiffe://attlas.example/ana";
constexpr char kBen[] = "token:https://login.example#ben-zq8speaker";
constexpr char kEve[] = "token:https://login.example#eve";
// What must not be found once it is erased.
constexpr char kSecret[] = "zq8secretword";

const services::PageTokenCodec& Codec() {
  static const services::PageTokenCodec codec(services::PageTokenKey::Random());
  return codec;
}

class SpacesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(testing::CopyCuratedStore(directory_.file("store")));
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store")}));
    local_ =
        std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(), Codec());
    keeper_ = std::make_unique<SpaceKeeper>(graph_.get());
    ASSERT_OK(keeper_->Load());
    queries_ = std::make_unique<SpaceQueries>(local_.get(), &Codec(), keeper_.get());
  }

  // A call by this caller, with the spaces that it is a member of now.
  CallContext As(const std::string& principal,
                 graph::TrafficLight level = gv1::TRAFFIC_LIGHT_RED) const {
    CallContext call;
    call.principal = principal;
    call.clearance.level = level;
    call.role = access::v1::ROLE_EDITOR;
    keeper_->Admit(principal, &call.clearance);
    return call;
  }
  static CallContext Operator() { return testing::OperatorCall(); }

  static v1::CreateSpaceRequest Request(bool chatham_house = false) {
    v1::CreateSpaceRequest request;
    v1::Space& space = *request.mutable_space();
    space.set_display_name("Round table");
    space.set_purpose(absl::StrCat("To speak openly about ", kSecret));
    space.set_chatham_house(chatham_house);
    space.set_retention_days(30);
    space.add_members()->set_principal(kBen);
    return request;
  }
  // A space of which Ana is a moderator and Ben a member.
  std::string Make(const v1::CreateSpaceRequest& request = Request()) const {
    const auto made = queries_->CreateSpace(As(kAna), request);
    EXPECT_OK(made);
    return made.ok() ? made->space().name() : "";
  }
  static v1::PostToSpaceRequest Words(const std::string& space, const std::string& text = kSecret) {
    v1::PostToSpaceRequest request;
    request.set_space(space);
    request.set_text(text);
    return request;
  }
  v1::PostToSpaceResponse Post(const v1::PostToSpaceRequest& request,
                               const std::string& by = kBen) const {
    const auto posted = queries_->PostToSpace(As(by), request);
    EXPECT_OK(posted);
    return posted.value_or(v1::PostToSpaceResponse());
  }
  absl::StatusOr<v1::ListNotesResponse> Notes(const CallContext& by, const std::string& space,
                                              int page_size = 0) const {
    v1::ListNotesRequest request;
    request.set_space(space);
    request.set_page_size(page_size);
    return queries_->ListNotes(by, request);
  }
  absl::StatusOr<v1::CloseSpaceResponse> Close(const CallContext& by, const std::string& space,
                                               bool erase = false) const {
    v1::CloseSpaceRequest request;
    request.set_space(space);
    request.set_erase(erase);
    return queries_->CloseSpace(by, request);
  }
  v1::ReleaseStatementRequest Release(const std::string& space, const std::string& note) const {
    v1::ReleaseStatementRequest request;
    request.set_space(space);
    request.set_note(note);
    request.set_traffic_light(gv1::TRAFFIC_LIGHT_GREEN);
    return request;
  }
  absl::StatusOr<graph::Node> NodeAs(const CallContext& by, const std::string& name) const {
    gv1::GetNodeRequest request;
    request.set_name(name);
    ATTLAS_ASSIGN_OR_RETURN(gv1::GetNodeResponse response, local_->GetNode(by, request));
    return response.node();
  }
  // Everything that a caller can read of the graph, as text.
  std::string AllThatIsSeenBy(const CallContext& by) const {
    std::string all;
    EXPECT_OK(local_->Export(by, {}, [&](gv1::ExportResponse&& batch) {
      all += batch.ShortDebugString();
      return true;
    }));
    return all;
  }
  bool FilesHold(const std::string& text) const {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(directory_.file("store"))) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)),
                              std::istreambuf_iterator<char>());
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> local_;
  std::unique_ptr<SpaceKeeper> keeper_;
  std::unique_ptr<SpaceQueries> queries_;
};

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

TEST_F(SpacesTest, AReleaseIsANewStatementThatLeadsNowhereBack) {
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

TEST_F(SpacesTest, TheSpeakerIsNamedOnlyWhereItAgreed) {
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
  ASSERT_EQ(edges.edges_size(), 1);
  EXPECT_EQ(edges.edges(0).from(), "states/FJI");
  EXPECT_EQ(ReasonOf(queries_->SetAttribution(As(kBen), withdraw).status()), "NOTE_RELEASED");
}

TEST_F(SpacesTest, ARepeatedRequestHasTheFirstAnswer) {
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

TEST_F(SpacesTest, AFullSpaceSaysSo) {
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

TEST_F(SpacesTest, NothingIsSaidInAClosedSpace) {
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

TEST_F(SpacesTest, BadRequestsAreBlamedOnTheirFields) {
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

TEST_F(SpacesTest, TheRegistryIsWrittenByTheServiceAlone) {
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

TEST_F(SpacesTest, WhatIsOlderThanItsSpaceKeepsItIsErased) {
  const std::string space = Make();
  const v1::PostToSpaceResponse posted = Post(Words(space));
  const absl::Time now = absl::Now();
  ASSERT_OK(keeper_->Sweep(now + absl::Hours(29 * 24)));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 1);
  ASSERT_TRUE(FilesHold(posted.name()));
  ASSERT_OK(keeper_->Sweep(now + absl::Hours(31 * 24)));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 0);
  EXPECT_FALSE(FilesHold(posted.name()));
  // The space itself is open, and goes on.
  Post(Words(space, "Later"));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 1);
  ASSERT_OK(Close(As(kAna), space));
  ASSERT_OK(keeper_->Sweep(absl::Now() + absl::Hours(33 * 24)));
  EXPECT_THAT(Notes(As(kBen), space).status(), StatusIs(absl::StatusCode::kNotFound));
  v1::GetSpaceRequest get;
  get.set_name(space);
  ASSERT_OK_AND_ASSIGN(const auto left, queries_->GetSpace(Operator(), get));
  EXPECT_EQ(left.space().state(), v1::SPACE_STATE_ERASED);
  EXPECT_EQ(left.space().purpose(), "");
  EXPECT_OK(graph_->Verify());
}

TEST_F(SpacesTest, AnErasedSpaceIsGoneFromHistoryFilesAndCopies) {
  const std::string space = Make();
  const uint64_t made = graph_->LatestRevision();
  v1::PostToSpaceRequest request = Words(space, absl::StrCat(kSecret, " one"));
  request.add_topics("instruments/att");
  const std::string note = Post(request).name();
  const uint64_t posted = graph_->LatestRevision();
  ASSERT_TRUE(FilesHold(kSecret));
  ASSERT_OK_AND_ASSIGN(const auto erased, Close(As(kAna), space, /*erase=*/true));
  EXPECT_EQ(erased.space().state(), v1::SPACE_STATE_ERASED);
  // The note, its source, what it is about, and that it was posted.
  EXPECT_EQ(erased.erased_count(), 4);
  EXPECT_FALSE(FilesHold(kSecret));
  EXPECT_FALSE(FilesHold("ben-zq8speaker"));
  ASSERT_OK(graph_->Checkpoint(directory_.file("copy")));
  // In no revision, for nobody.
  for (const uint64_t revision : {made, posted, graph_->LatestRevision()}) {
    gv1::ExportRequest past;
    past.mutable_read()->set_at_revision(graph_->RevisionToken(revision));
    std::string all;
    ASSERT_OK(local_->Export(Operator(), past, [&](gv1::ExportResponse&& batch) {
      all += batch.ShortDebugString();
      return true;
    }));
    EXPECT_THAT(all, Not(HasSubstr(kSecret)));
    EXPECT_THAT(all, Not(HasSubstr("ben-zq8speaker")));
    EXPECT_THAT(all, Not(HasSubstr(note)));
  }
  EXPECT_THAT(NodeAs(Operator(), note).status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Notes(As(kAna), space).status(), StatusIs(absl::StatusCode::kNotFound));
  // A tombstone is left to whoever is a member of every space.
  v1::GetSpaceRequest get;
  get.set_name(space);
  ASSERT_OK_AND_ASSIGN(const auto left, queries_->GetSpace(Operator(), get));
  EXPECT_TRUE(left.space().has_erase_date());
  EXPECT_EQ(left.space().display_name(), "");
  EXPECT_EQ(ReasonOf(queries_->PostToSpace(Operator(), Words(space)).status()), "SPACE_CLOSED");
  EXPECT_OK(graph_->Verify());
}

TEST_F(SpacesTest, SpacesAreNotKeptWhereTheStoreIsNot) {
  const SpaceQueries elsewhere(local_.get(), &Codec(), nullptr);
  EXPECT_EQ(ReasonOf(elsewhere.CreateSpace(As(kAna), Request()).status()), "SPACES_ELSEWHERE");
  EXPECT_EQ(ReasonOf(elsewhere.ListSpaces(As(kAna), {}).status()), "SPACES_ELSEWHERE");
  EXPECT_EQ(ReasonOf(elsewhere.PostToSpace(As(kAna), Words("spaces/x")).status()),
            "SPACES_ELSEWHERE");
}

}  // namespace
}  // namespace attlas::engagement
