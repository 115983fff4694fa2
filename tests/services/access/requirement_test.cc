#include "services/access/requirement.h"

#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A service of two RPCs, of which the second declares `role`.
const google::protobuf::ServiceDescriptor* MakeService(google::protobuf::DescriptorPool* pool,
                                                       Role role, bool declares) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("made/up.proto");
  file.set_package("made.up");
  file.add_dependency("attlas/graph/v1/graph_service.proto");
  auto* service = file.add_service();
  service->set_name("MadeUpService");
  for (const char* name : {"Declared", "Asked"}) {
    auto* method = service->add_method();
    method->set_name(name);
    method->set_input_type(".attlas.graph.v1.GetNodeRequest");
    method->set_output_type(".attlas.graph.v1.GetNodeResponse");
    auto* needs = method->mutable_options()->MutableExtension(access::v1::needs);
    needs->set_role(access::v1::ROLE_READER);
  }
  if (declares) {
    service->mutable_method(1)
        ->mutable_options()
        ->MutableExtension(access::v1::needs)
        ->set_role(role);
  } else {
    service->mutable_method(1)->clear_options();
  }
  return pool->BuildFile(file)->FindServiceByName("MadeUpService");
}

TEST(Requirement, EveryRpcMustDeclareWhatItNeeds) {
  google::protobuf::DescriptorPool whole(google::protobuf::DescriptorPool::generated_pool());
  EXPECT_OK(CheckDeclared(*MakeService(&whole, access::v1::ROLE_EDITOR, true)));

  google::protobuf::DescriptorPool silent(google::protobuf::DescriptorPool::generated_pool());
  const absl::Status status =
      CheckDeclared(*MakeService(&silent, access::v1::ROLE_UNSPECIFIED, false));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("made.up.MadeUpService.Asked"), Not(HasSubstr("Declared"))));

  google::protobuf::DescriptorPool empty(google::protobuf::DescriptorPool::generated_pool());
  EXPECT_FALSE(CheckDeclared(*MakeService(&empty, access::v1::ROLE_UNSPECIFIED, true)).ok());
}

TEST(Requirement, WritesNeedMoreThanReads) {
  const auto& service = *graph::v1::GetNodeRequest::descriptor()->file()->service(0);
  EXPECT_OK(CheckDeclared(service));
  EXPECT_EQ(RequiredRole(*service.FindMethodByName("GetNode")), access::v1::ROLE_READER);
  EXPECT_EQ(RequiredRole(*service.FindMethodByName("Commit")), access::v1::ROLE_CONTRIBUTOR);
  const auto& mutation = *graph::v1::Mutation::descriptor();
  EXPECT_EQ(RequiredRole(*mutation.FindFieldByName("create_node")), access::v1::ROLE_UNSPECIFIED);
  EXPECT_EQ(RequiredRole(*mutation.FindFieldByName("delete_node")), access::v1::ROLE_EDITOR);
}

TEST(Requirement, RolesIncludeTheOnesBefore) {
  EXPECT_TRUE(Suffices(access::v1::ROLE_OPERATOR, access::v1::ROLE_READER));
  EXPECT_TRUE(Suffices(access::v1::ROLE_EDITOR, access::v1::ROLE_EDITOR));
  EXPECT_FALSE(Suffices(access::v1::ROLE_READER, access::v1::ROLE_CONTRIBUTOR));
  EXPECT_FALSE(Suffices(access::v1::ROLE_UNSPECIFIED, access::v1::ROLE_READER));
  EXPECT_FALSE(Suffices(access::v1::ROLE_OPERATOR, access::v1::ROLE_UNSPECIFIED));
}

}  // namespace
}  // namespace attlas::services
