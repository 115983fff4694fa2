// An installation of several daemons, as in a cluster, while each of them is killed and restarted
// under load: no wrong answer, and no error that asking again does not cure.
#include <signal.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "attlas/cooperation/v1/cooperation_service.pb.h"
#include "attlas/engagement/v1/engagement_service.pb.h"
#include "attlas/evidence/v1/evidence_service.pb.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "attlas/transfers/v1/transfer_service.pb.h"
#include "services/common/status.h"
#include "tests/integration/topology.h"
#include "tests/integration/topology_load.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"

namespace attlas::testing {
namespace {

using ::testing::IsEmpty;

constexpr char kGraph[] = "/attlas.graph.v1.GraphService/";

// The questions of the load, at one revision, so that writes change no answer.
std::vector<KnownAnswer> Questions(const std::string& revision) {
  std::vector<KnownAnswer> questions;
  const auto add = [&](const char* service, const char* method, auto request) {
    *request.mutable_read()->mutable_as_of() = AsOf("2026-02-03").as_of();
    request.mutable_read()->set_at_revision(revision);
    questions.push_back({service, method, request.SerializeAsString(), ""});
  };
  synergy::v1::FindSynergiesRequest synergies;
  synergies.set_state("states/IDN");
  synergies.set_target("instruments/att");
  add("synergy", "/attlas.synergy.v1.SynergyService/FindSynergies", synergies);
  instruments::v1::GetStatusRequest status;
  status.set_instrument("instruments/att");
  add("instruments", "/attlas.instruments.v1.InstrumentService/GetStatus", status);
  cooperation::v1::GetRoleMapRequest roles;
  roles.set_state("states/IDN");
  roles.set_instrument("instruments/att");
  add("cooperation", "/attlas.cooperation.v1.CooperationService/GetRoleMap", roles);
  transfers::v1::GetSuppliersRequest suppliers;
  suppliers.set_state("states/IDN");
  add("transfers", "/attlas.transfers.v1.TransferService/GetSuppliers", suppliers);
  evidence::v1::ListConcernsRequest concerns;
  concerns.set_state("states/IDN");
  add("evidence", "/attlas.evidence.v1.EvidenceService/ListConcerns", concerns);
  graph::v1::GetNodeRequest node;
  node.set_name("instruments/att");
  add("graph", "/attlas.graph.v1.GraphService/GetNode", node);
  return questions;
}

// The questions with what one daemon that hosts everything answers.
std::vector<KnownAnswer> AskOneDaemon(const std::string& store, const std::string& clearance) {
  AttlasdProcess daemon({"--listen=127.0.0.1:0", "--admin_listen=", "--data_dir=" + store,
                         "--clearance=" + clearance});
  EXPECT_NE(daemon.WaitUntilServing(), "") << daemon.Wait().errors;
  const auto channel = daemon.Connect();
  graph::v1::GetStatisticsResponse statistics;
  const RawAnswer latest = CallRaw(channel, std::string(kGraph) + "GetStatistics", "");
  EXPECT_TRUE(latest.status.ok() && statistics.ParseFromString(latest.response));
  std::vector<KnownAnswer> known = Questions(statistics.revision());
  for (KnownAnswer& question : known) {
    const RawAnswer answer = CallRaw(channel, question.method, question.request);
    EXPECT_TRUE(answer.status.ok()) << question.method << ": " << answer.status.error_message();
    EXPECT_FALSE(answer.response.empty()) << question.method;
    question.response = answer.response;
  }
  return known;
}

class TopologyTest : public ::testing::Test {
 protected:
  // The topology is made first: it leaves the network of the machine before there is a thread.
  static void SetUpTestSuite() {
    topology_ = new Topology();
    // A write into a connection whose other end was killed is an error, not the end.
    signal(SIGPIPE, SIG_IGN);
    std::cout << (topology_->hosts().isolated() ? "each daemon in a network namespace of its own"
                                                : "no network namespaces here: loopback addresses")
              << std::endl;
    ASSERT_OK(CopyCuratedStore(topology_->store()));
    const TemporaryDirectory beside;
    ASSERT_OK(CopyCuratedStore(beside.file("store")));
    known_ = new std::vector<KnownAnswer>(AskOneDaemon(beside.file("store"), "red"));
    known_to_all_ = new std::vector<KnownAnswer>(AskOneDaemon(beside.file("store"), "clear"));
    for (const std::string& name : Topology::Names()) ASSERT_TRUE(topology_->Start(name));
  }
  static void TearDownTestSuite() {
    delete topology_;
    delete known_;
    delete known_to_all_;
  }

  static Topology* topology_;
  static std::vector<KnownAnswer>* known_;         // To the steward.
  static std::vector<KnownAnswer>* known_to_all_;  // To whoever shows nothing.
};

Topology* TopologyTest::topology_ = nullptr;
std::vector<KnownAnswer>* TopologyTest::known_ = nullptr;
std::vector<KnownAnswer>* TopologyTest::known_to_all_ = nullptr;

TEST_F(TopologyTest, WhoIsNotTrustedSpeaksForNobody) {
  graph::v1::CommitRequest commit;
  graph::v1::Node* const node = commit.add_mutations()->mutable_create_node();
  node->set_name("sources/forged");
  node->set_type("source");
  node->set_display_name("Forged");
  node->mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_CLEAR);
  const std::string method = std::string(kGraph) + "Commit";
  // A service may pass on what readers may do; it is granted nothing for itself.
  for (const char* name : {"synergy", "gateway"}) {
    const auto own = CallRaw(topology_->Connect("graph", topology_->identity(name)), method,
                             commit.SerializeAsString());
    EXPECT_EQ(own.status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << name;
  }
  // Without a certificate one is nobody, also for the graph.
  const auto nobody =
      CallRaw(topology_->Connect("graph", Topology::Nobody()), method, commit.SerializeAsString());
  EXPECT_EQ(nobody.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(TopologyTest, AnswersAsOneDaemonDoesWhileEachIsRestarted) {
  std::vector<std::unique_ptr<LoadClient>> clients;
  clients.push_back(std::make_unique<Asker>(*topology_, topology_->steward(), *known_));
  clients.push_back(std::make_unique<Asker>(*topology_, Topology::Nobody(), *known_to_all_));
  clients.push_back(std::make_unique<HttpAsker>(*topology_, topology_->steward(), *known_));
  clients.push_back(std::make_unique<HttpAsker>(*topology_, Topology::Nobody(), *known_to_all_));
  auto writer = std::make_unique<Writer>(*topology_);
  auto watcher = std::make_unique<Watcher>(*topology_);
  watcher->Start();
  ASSERT_TRUE(Eventually([&] { return watcher->begun(); }));
  writer->Start();
  for (const auto& client : clients) client->Start();

  // Every client has gone round twice more: once may have begun before.
  const auto go_round = [&] {
    const auto passed = [](const LoadClient& client) {
      return [&client, from = client.rounds()] {
        return !client.faults().empty() || client.rounds() >= from + 2;
      };
    };
    std::vector<std::function<bool()>> waits;
    for (const auto& client : clients) waits.push_back(passed(*client));
    waits.push_back(passed(*writer));
    return std::all_of(waits.begin(), waits.end(),
                       [](const auto& wait) { return Eventually(wait); });
  };
  ASSERT_TRUE(go_round());
  for (const int signal : {SIGKILL, SIGTERM}) {
    for (const std::string& name : Topology::Names()) {
      SCOPED_TRACE(name + (signal == SIGKILL ? " is killed" : " ends"));
      const Ended ended = topology_->End(name, signal);
      EXPECT_EQ(ended.exit_code, signal == SIGKILL ? -1 : 0) << ended.errors;
      ASSERT_TRUE(topology_->Start(name));
      ASSERT_TRUE(go_round());
    }
  }

  writer->Stop();
  EXPECT_TRUE(Eventually([&] { return watcher->seen().size() >= writer->written().size(); }));
  // Everything acknowledged was told, once and in order, and nothing else.
  EXPECT_EQ(watcher->seen(), writer->written());
  uint64_t retries = writer->retries();
  for (const auto& client : clients) {
    client->Stop();
    retries += client->retries();
    EXPECT_THAT(client->faults(), IsEmpty());
  }
  EXPECT_THAT(writer->faults(), IsEmpty());
  EXPECT_THAT(watcher->faults(), IsEmpty());
  // The daemons were away, and that was met.
  EXPECT_GT(retries, 0);
  EXPECT_GE(writer->written().size(), 12);
  std::cout << writer->written().size() << " writes, " << retries << " calls asked again"
            << std::endl;
}

}  // namespace
}  // namespace attlas::testing
