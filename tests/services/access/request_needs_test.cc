#include "services/access/request_needs.h"

#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "graph/base/error.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(RequestNeeds, AddingIsForContributorsAndChangingForEditors) {
  graph::v1::CommitRequest request;
  request.add_mutations()->mutable_create_node()->set_name("states/IDN");
  EXPECT_OK(CheckFieldNeeds(request, access::v1::ROLE_CONTRIBUTOR));
  request.add_mutations()->set_delete_node("states/PHL");
  const absl::Status refused = CheckFieldNeeds(request, access::v1::ROLE_CONTRIBUTOR);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied,
                                HasSubstr("mutations[1].delete_node: needs the role editor")));
  EXPECT_EQ(graph::GetErrorDetail(refused)->reason, "ROLE_INSUFFICIENT");
  EXPECT_OK(CheckFieldNeeds(request, access::v1::ROLE_EDITOR));
}

// So that a way to change the graph cannot be added without a thought for who may.
TEST(RequestNeeds, EveryMutationButCreationNeedsAnEditor) {
  const auto& mutation = *graph::v1::Mutation::descriptor();
  for (int i = 0; i < mutation.field_count(); ++i) {
    const bool creates = mutation.field(i)->name().rfind("create_", 0) == 0;
    EXPECT_EQ(RequiredRole(*mutation.field(i)),
              creates ? access::v1::ROLE_UNSPECIFIED : access::v1::ROLE_EDITOR)
        << mutation.field(i)->name();
  }
  EXPECT_TRUE(HasFieldNeeds(*graph::v1::CommitRequest::descriptor()));
  EXPECT_FALSE(HasFieldNeeds(*graph::v1::GetNodeRequest::descriptor()));
}

TEST(RequestNeeds, NamesTheResourcesOfARequestAndNoContents) {
  graph::v1::GetNodeRequest get;
  get.set_name("states/IDN");
  EXPECT_THAT(NamedResources(get), ElementsAre("states/IDN"));
  graph::v1::CommitRequest commit;
  auto* node = commit.add_mutations()->mutable_create_node();
  node->set_name("concerns/one");
  node->set_display_name("what/nobody-else-may-read");
  node->add_citations()->set_source("sources/two");
  commit.set_reason("a reason");
  commit.add_mutations()->set_delete_edge("edges/abc");
  EXPECT_THAT(NamedResources(commit), UnorderedElementsAre("concerns/one", "edges/abc"));
  get.set_name("no name");
  EXPECT_THAT(NamedResources(get), IsEmpty());
}

}  // namespace
}  // namespace attlas::services
