// Confidential spaces through a real daemon: its policy says who callers are, the store says which
// spaces they are in.
#include <signal.h>

#include <string>

#include "absl/strings/str_replace.h"
#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "services/access/audit_files.h"
#include "tests/integration/access_fixture.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/files.h"

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace v1 = engagement::v1;
using Stub = v1::EngagementService::Stub;

constexpr char kSecret[] = "zq8secretword";

class SpacesAccessTest : public AccessTest {
 protected:
  SpacesAccessTest() {
    EXPECT_OK(CopyCuratedStore(directory_.file("store")));
    // The store has its ontology already.
    std::erase_if(arguments_, [](const std::string& argument) {
      return argument.starts_with("--ontology") || argument.starts_with("--services") ||
             argument == "--create";
    });
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> Ask(const Caller& caller,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                               const Request& request) const {
    const auto stub = v1::EngagementService::NewStub(Connect(caller.identity));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    if (!caller.token.empty()) context.AddMetadata("authorization", "Bearer " + caller.token);
    Response response;
    const grpc::Status status = ((*stub).*method)(&context, request, &response);
    if (!status.ok()) return services::FromGrpcStatus(status);
    return response;
  }
  static std::string NameOf(const std::string& subject) {
    return absl::StrCat("token:", kIssuer, "#", subject);
  }
  // A space of which Ana is the moderator and `speaker` a member.
  std::string Make() const {
    v1::CreateSpaceRequest request;
    v1::Space& space = *request.mutable_space();
    space.set_display_name("Round table");
    space.set_purpose("To speak openly");
    space.set_chatham_house(true);
    space.set_retention_days(30);
    space.add_members()->set_principal(NameOf("speaker"));
    const auto made = Ask(Ana(), &Stub::CreateSpace, request);
    EXPECT_OK(made);
    return made.ok() ? made->space().name() : "";
  }
  absl::StatusOr<v1::PostToSpaceResponse> Post(const Caller& by, const std::string& space) const {
    v1::PostToSpaceRequest request;
    request.set_space(space);
    request.set_text(kSecret);
    return Ask(by, &Stub::PostToSpace, request);
  }
  absl::StatusOr<v1::ListNotesResponse> Notes(const Caller& by, const std::string& space) const {
    v1::ListNotesRequest request;
    request.set_space(space);
    return Ask(by, &Stub::ListNotes, request);
  }
};

TEST_F(SpacesAccessTest, MembershipInTheStoreGivesThePrincipalItsSpaces) {
  Start();
  const std::string space = Make();
  const Caller speaker = {.token = Token("speaker")};
  ASSERT_OK_AND_ASSIGN(const auto posted, Post(speaker, space));
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(Ana(), space));
  ASSERT_EQ(notes.notes_size(), 1);
  EXPECT_EQ(notes.notes(0).author(), "");
  // Through the graph, too: a member's clearance holds the space.
  EXPECT_OK(Get(speaker, posted.name()));
  EXPECT_EQ(ReasonOf(Get({.token = Token("red")}, posted.name())), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Notes({.token = Token("red")}, space).status()), "RESOURCE_NOT_FOUND");
  // Roles hold beside membership.
  EXPECT_EQ(ReasonOf(Post({.token = Token("red")}, space).status()), "ROLE_INSUFFICIENT");
  v1::CreateSpaceRequest create;
  EXPECT_EQ(ReasonOf(Ask(speaker, &Stub::CreateSpace, create).status()), "ROLE_INSUFFICIENT");
  // It is in the store, so it is there after the next start.
  daemon_->Signal(SIGTERM);
  daemon_->Wait();
  Start();
  EXPECT_OK(Get(speaker, posted.name()));
  EXPECT_EQ(ReasonOf(Get({.token = Token("red")}, posted.name())), "RESOURCE_NOT_FOUND");
}

TEST_F(SpacesAccessTest, AContributorCannotLearnByWritingWhatIsSaidWhere) {
  Start();
  const std::string space = Make();
  ASSERT_OK_AND_ASSIGN(const auto posted, Post({.token = Token("speaker")}, space));
  const Caller adder = {.token = Token("adder")};
  const auto told = [&](const std::string& name) {
    const absl::Status status = Commit(adder, Create(name, graph::v1::TRAFFIC_LIGHT_CLEAR));
    return absl::StrReplaceAll(absl::StrCat(status.ToString(), " ", ReasonOf(status)),
                               {{name, "the name"}});
  };
  const std::string nothing(40, 'a');
  EXPECT_THAT(told(space), HasSubstr("made and changed by EngagementService alone"));
  EXPECT_EQ(told(space), told("spaces/" + nothing));
  EXPECT_EQ(told(posted.name()), told("notes/" + nothing));
}

TEST_F(SpacesAccessTest, AMemberThatIsRemovedSeesNothingMore) {
  Start();
  const std::string space = Make();
  const Caller speaker = {.token = Token("speaker")};
  ASSERT_OK_AND_ASSIGN(const auto posted, Post(speaker, space));
  const auto stub = graph::v1::GraphService::NewStub(Connect());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  context.AddMetadata("authorization", "Bearer " + speaker.token);
  const auto stream = stub->Watch(&context, graph::v1::WatchRequest());
  graph::v1::WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  v1::UpdateSpaceMembersRequest remove;
  remove.set_space(space);
  remove.add_remove(NameOf("speaker"));
  ASSERT_OK(Ask(Ana(), &Stub::UpdateSpaceMembers, remove));
  EXPECT_EQ(ReasonOf(Get(speaker, posted.name())), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Notes(speaker, space).status()), "RESOURCE_NOT_FOUND");
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(ReasonOf(services::FromGrpcStatus(stream->Finish())), "CREDENTIALS_REJECTED");
}

TEST_F(SpacesAccessTest, AnErasedSpaceIsInNoFileAndNoKeptAnswer) {
  Start();
  const std::string space = Make();
  const Caller speaker = {.token = Token("speaker")};
  v1::PostToSpaceRequest concern;
  concern.set_space(space);
  concern.set_kind(v1::NOTE_KIND_CONCERN);
  concern.set_text(kSecret);
  concern.add_topics("concern-themes/reporting-burden");
  ASSERT_OK(Ask(speaker, &Stub::PostToSpace, concern));
  v1::CloseSpaceRequest close;
  close.set_space(space);
  close.set_erase(true);
  ASSERT_OK_AND_ASSIGN(const auto closed, Ask(Ana(), &Stub::CloseSpace, close));
  EXPECT_EQ(closed.space().state(), v1::SPACE_STATE_ERASED);
  EXPECT_EQ(ReasonOf(Notes(speaker, space).status()), "RESOURCE_NOT_FOUND");
  EXPECT_THAT(FilesWith(directory_.file("store"), kSecret), IsEmpty());
  EXPECT_GT(FilesWith(directory_.file("store"), "").size(), 5u);
  // The audit log says who did what, and nothing of what was said.
  daemon_->Signal(SIGTERM);
  const Ended ended = daemon_->Wait();
  ASSERT_OK_AND_ASSIGN(const services::AuditReport report, services::VerifyAuditLog(audit(), {}));
  EXPECT_THAT(report.faults, IsEmpty());
  const std::string text = ReadFile(services::ListAuditFiles(audit())->front());
  EXPECT_THAT(text, HasSubstr("EngagementService/PostToSpace"));
  EXPECT_THAT(text, HasSubstr(space));
  EXPECT_THAT(text, Not(HasSubstr(kSecret)));
  EXPECT_THAT(ended.errors, Not(HasSubstr(kSecret)));
}

}  // namespace
}  // namespace attlas::testing
