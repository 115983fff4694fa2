// Backups of a daemon that serves: who may make them, what is in them, and that commits go on.
#include <atomic>
#include <thread>

#include "attlas/backup/v1/backup_service.grpc.pb.h"
#include "graph/graph.h"
#include "services/access/audit_files.h"
#include "services/backup/backup_set.h"
#include "tests/integration/access_fixture.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using backup::v1::BackupService;
using backup::v1::CreateBackupRequest;
using backup::v1::CreateBackupResponse;
using backup::v1::ListBackupsRequest;
using backup::v1::ListBackupsResponse;
using backup::v1::VerifyBackupRequest;
using backup::v1::VerifyBackupResponse;
namespace v1 = graph::v1;
using ::testing::HasSubstr;
using ::testing::Not;

class BackupServiceTest : public AccessTest {
 protected:
  BackupServiceTest() {
    Write("policy.textproto",
          PolicyText() + Grant(Subject("operator"), "ROLE_OPERATOR",
                               "clearance: TRAFFIC_LIGHT_RED all_spaces: true"));
    arguments_.push_back("--services=graph,backup");
  }

  std::string backups() const { return directory_.file("backups"); }
  void StartWithBackups() {
    arguments_.push_back("--backup_dir=" + backups());
    arguments_.push_back("--backup_keep=3");
    Start();
  }
  Caller Operator() const { return {.token = Token("operator")}; }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const Caller& caller,
                               grpc::Status (BackupService::Stub::*rpc)(grpc::ClientContext*,
                                                                        const Request&, Response*),
                               const Request& request) const {
    const auto stub = BackupService::NewStub(Connect(caller.identity));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    if (!caller.token.empty()) context.AddMetadata("authorization", "Bearer " + caller.token);
    Response response;
    const grpc::Status status = (stub.get()->*rpc)(&context, request, &response);
    if (!status.ok()) return services::FromGrpcStatus(status);
    return response;
  }
  absl::StatusOr<CreateBackupResponse> BackUp(const Caller& caller, int keep = 0) const {
    CreateBackupRequest request;
    request.set_keep_count(keep);
    return Ask(caller, &BackupService::Stub::CreateBackup, request);
  }
  absl::StatusOr<ListBackupsResponse> List(const Caller& caller) const {
    return Ask(caller, &BackupService::Stub::ListBackups, ListBackupsRequest());
  }
  absl::StatusOr<VerifyBackupResponse> Verify(const Caller& caller,
                                              const std::string& name = "") const {
    VerifyBackupRequest request;
    request.set_name(name);
    return Ask(caller, &BackupService::Stub::VerifyBackup, request);
  }
};

TEST_F(BackupServiceTest, IsForOperators) {
  StartWithBackups();
  EXPECT_EQ(ReasonOf(BackUp(Ana()).status()), "ROLE_INSUFFICIENT");
  EXPECT_EQ(ReasonOf(List(Ana()).status()), "ROLE_INSUFFICIENT");
  EXPECT_EQ(ReasonOf(Verify(Ana()).status()), "ROLE_INSUFFICIENT");
  EXPECT_FALSE(std::filesystem::exists(backups()));
  ASSERT_OK_AND_ASSIGN(const ListBackupsResponse none, List(Operator()));
  EXPECT_EQ(none.backups_size(), 0);
  ASSERT_OK(BackUp(Operator()));
  ASSERT_OK_AND_ASSIGN(const ListBackupsResponse one, List(Operator()));
  ASSERT_EQ(one.backups_size(), 1);
  EXPECT_EQ(one.backups(0).name(), "backups/1");
}

TEST_F(BackupServiceTest, SaysThatItIsNotConfigured) {
  Start();
  const absl::Status status = BackUp(Operator()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "BACKUPS_NOT_CONFIGURED");
  EXPECT_THAT(std::string(status.message()), HasSubstr("--backup_dir"));
}

TEST_F(BackupServiceTest, KeepsAsManyAsWasSaid) {
  StartWithBackups();
  for (int i = 0; i < 4; ++i) ASSERT_OK(BackUp(Operator()));
  ASSERT_OK_AND_ASSIGN(const ListBackupsResponse three, List(Operator()));
  EXPECT_EQ(three.backups_size(), 3);  // --backup_keep.
  ASSERT_OK_AND_ASSIGN(const CreateBackupResponse made, BackUp(Operator(), 1));
  EXPECT_EQ(made.removed_backups_size(), 3);
  ASSERT_OK_AND_ASSIGN(const ListBackupsResponse one, List(Operator()));
  ASSERT_EQ(one.backups_size(), 1);
  EXPECT_EQ(one.backups(0).name(), made.backup().name());
  EXPECT_EQ(BackUp(Operator(), -1).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Verify(Operator(), "backups/1").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Verify(Operator(), "states/IDN").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(BackupServiceTest, NamesTheFileThatIsDamagedAndNoPathOfTheServer) {
  StartWithBackups();
  ASSERT_OK(BackUp(Operator()));
  ASSERT_OK_AND_ASSIGN(const VerifyBackupResponse whole, Verify(Operator()));
  EXPECT_EQ(whole.faults_size(), 0);
  std::ofstream(backups() + "/store/meta/1", std::ios::app) << "more";
  ASSERT_OK_AND_ASSIGN(const VerifyBackupResponse damaged, Verify(Operator()));
  ASSERT_EQ(damaged.faults_size(), 1);
  EXPECT_EQ(damaged.faults(0).file(), "store/meta/1");
  EXPECT_THAT(damaged.DebugString(), Not(HasSubstr(directory_.path())));
}

// What was acknowledged before a backup was asked for is in it; what is committed meanwhile is in
// it whole or not at all.
TEST_F(BackupServiceTest, CommitsGoOnMeanwhile) {
  StartWithBackups();
  const Caller ana = Ana();
  ASSERT_OK(Commit(ana, Create("sources/first", v1::TRAFFIC_LIGHT_CLEAR)));
  std::atomic<bool> done = false;
  std::atomic<int> committed = 0;
  std::thread writer([&] {
    for (int i = 0; !done; ++i) {
      ASSERT_OK(Commit(ana, Create(absl::StrCat("sources/s", i), v1::TRAFFIC_LIGHT_CLEAR)));
      committed = i + 1;
    }
  });
  std::vector<std::pair<std::string, int>> made;
  for (int round = 0; round < 3; ++round) {
    const int before = committed;
    EXPECT_TRUE(Eventually([&] { return committed > before; }));
    const int acknowledged = committed;
    const auto response = BackUp(Operator());
    EXPECT_OK(response);
    if (response.ok()) made.emplace_back(response->backup().name(), acknowledged);
  }
  done = true;
  writer.join();
  daemon_->Signal(SIGTERM);
  EXPECT_EQ(daemon_->Wait().exit_code, 0);

  ASSERT_OK_AND_ASSIGN(const auto set, services::BackupSet::Open(backups(), {}));
  ASSERT_EQ(made.size(), 3u);
  for (const auto& [name, acknowledged] : made) {
    ASSERT_OK_AND_ASSIGN(const uint32_t number, services::ParseBackupName(name));
    EXPECT_THAT(set->Verify(number), IsOkAndHolds(::testing::IsEmpty()));
    const std::string store = directory_.file(absl::StrCat("again", number));
    ASSERT_OK(set->Restore(number, {.store = store, .audit_dir = store + ".audit"}));
    ASSERT_OK_AND_ASSIGN(const auto graph, graph::Graph::Open({.path = store}));
    EXPECT_OK(graph->Verify());
    // The first source, and one for each commit after it.
    EXPECT_GE(graph->Latest()->node_count(), static_cast<uint64_t>(acknowledged) + 1);
    EXPECT_EQ(graph->Latest()->node_count(), graph->LatestRevision());
    ASSERT_OK_AND_ASSIGN(const auto audit, services::VerifyAuditLog(store + ".audit", {}));
    EXPECT_TRUE(audit.faults.empty());
    EXPECT_GE(audit.records, static_cast<uint64_t>(acknowledged));
  }
}

}  // namespace
}  // namespace attlas::testing
