// The curated dataset with spaces in it, and three callers: Ana, who moderates, Ben, a member, and
// Eve, who is neither.
//
// Threads: single-thread.
#ifndef ATTLAS_TESTS_SERVICES_ENGAGEMENT_SPACE_FIXTURE_H_
#define ATTLAS_TESTS_SERVICES_ENGAGEMENT_SPACE_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "graph/base/status_macros.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/access/space_registry.h"
#include "services/engagement/space_keeper.h"
#include "services/engagement/space_queries.h"
#include "services/graph/local_graph.h"
#include "tests/services/common/random_codec.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/files.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::engagement {

using services::CallContext;
using testing::RandomCodec;
using testing::ReasonOf;
using testing::StatusIs;
namespace gv1 = graph::v1;

inline constexpr char kAna[] = "certificate:spiffe://attlas.example/ana";
inline constexpr char kBen[] = "token:https://login.example#ben-zq8speaker";
inline constexpr char kEve[] = "token:https://login.example#eve";
// What must not be found once it is erased.
inline constexpr char kSecret[] = "zq8secretword";

class SpaceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(testing::CopyCuratedStore(directory_.file("store")));
    ASSERT_OK_AND_ASSIGN(graph_, graph::Graph::Open({.path = directory_.file("store")}));
    local_ = std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(),
                                                    RandomCodec());
    keeper_ = std::make_unique<SpaceKeeper>(graph_.get());
    ASSERT_OK(keeper_->Load());
    queries_ = std::make_unique<SpaceQueries>(local_.get(), &RandomCodec(), keeper_.get());
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
    return !testing::FilesWith(directory_.file("store"), text).empty();
  }

  testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> local_;
  std::unique_ptr<SpaceKeeper> keeper_;
  std::unique_ptr<SpaceQueries> queries_;
};

}  // namespace attlas::engagement

#endif  // ATTLAS_TESTS_SERVICES_ENGAGEMENT_SPACE_FIXTURE_H_
