// What a daemon says when its disk is full or may not be written. Over file systems of its own,
// where the test may make them.
#include <sys/mount.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "graph/base/error.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using ::testing::HasSubstr;
using ::testing::Not;

// A file system in memory; skips the test where this user may not mount one.
class StorageFaultsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(disk_);
    mounted_ = mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=3m") == 0;
    if (!mounted_) GTEST_SKIP() << "this user may not mount a file system";
  }
  void TearDown() override {
    if (mounted_) {
      EXPECT_EQ(umount(disk_.c_str()), 0);
    }
  }
  absl::Status Put(v1::GraphService::Stub* stub, const graph::Node& node) {
    grpc::ClientContext context;
    v1::CommitRequest request;
    *request.add_mutations()->mutable_put_node() = node;
    v1::CommitResponse response;
    return services::FromGrpcStatus(stub->Commit(&context, request, &response));
  }

  const TemporaryDirectory directory_;
  const std::string disk_ = directory_.file("disk");
  bool mounted_ = false;
};

TEST_F(StorageFaultsTest, AFullDiskIsSaidWithoutPathsAndReadsGoOn) {
  AttlasdProcess daemon(ServeArguments(disk_));
  daemon.WaitUntilServing();
  auto stub = v1::GraphService::NewStub(daemon.Connect());
  ASSERT_OK(Put(stub.get(), MakeNode("sources/test")));
  absl::Status status;
  for (int i = 0; i < 2'000 && status.ok(); ++i) {
    graph::Node node = MakeNode(absl::StrCat("instruments/i", i));
    node.add_aliases(std::string(15'000, 'x'));
    status = Put(stub.get(), node);
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                               HasSubstr("the store cannot be written at present; the server's log "
                                         "tells more under request id ")));
  EXPECT_EQ(graph::GetErrorDetail(status)->reason, "STORAGE_UNAVAILABLE");
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr(disk_)));
  grpc::ClientContext context;
  v1::GetNodeRequest request;
  request.set_name("instruments/i0");
  v1::GetNodeResponse response;
  EXPECT_OK(services::FromGrpcStatus(stub->GetNode(&context, request, &response)));
  stub.reset();
  daemon.Signal(SIGTERM);
  EXPECT_THAT(daemon.Wait().errors, HasSubstr("disk is full"));  // Where the answer points to.
}

TEST_F(StorageFaultsTest, ADirectoryThatMayNotBeWrittenIsOneClearLine) {
  {
    AttlasdProcess daemon(ServeArguments(disk_));
    ASSERT_NE(daemon.WaitUntilServing(), "");
    daemon.Signal(SIGTERM);
    ASSERT_EQ(daemon.Wait().exit_code, 0);
  }
  const std::vector<std::string> arguments = ServeArguments(disk_);
  ASSERT_EQ(mount("", disk_.c_str(), "", MS_REMOUNT | MS_RDONLY, nullptr), 0);
  const Ended ended = RunToTheEnd(arguments);
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, ::testing::StartsWith("attlasd: "));
  EXPECT_THAT(ended.errors, HasSubstr(disk_ + "/store"));
  EXPECT_THAT(ended.errors, HasSubstr("ead-only"));
  EXPECT_EQ(std::count(ended.errors.begin(), ended.errors.end(), '\n'), 1) << ended.errors;
}

}  // namespace
}  // namespace attlas::testing
