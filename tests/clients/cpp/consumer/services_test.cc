// Every service, each asked once on the curated dataset.
#include <attlas/cooperation/v1/cooperation_service.grpc.pb.h>
#include <attlas/engagement/v1/engagement_service.grpc.pb.h>
#include <attlas/evidence/v1/evidence_service.grpc.pb.h>
#include <attlas/instruments/v1/instrument_service.grpc.pb.h>
#include <attlas/synergy/v1/synergy_service.grpc.pb.h>
#include <attlas/transfers/v1/transfer_service.grpc.pb.h>

#include "tests/clients/cpp/consumer/client_test.h"

namespace attlas::testing {
namespace {

class ServicesTest : public ClientTest {
 protected:
  // About the day that the curated dataset is known for.
  client::Client Dated() const {
    graph::v1::ReadOptions read;
    read.mutable_as_of()->set_year(2026);
    read.mutable_as_of()->set_month(2);
    read.mutable_as_of()->set_day(3);
    return client().Reading(read);
  }
};

TEST_F(ServicesTest, Synergy) {
  synergy::v1::FindSynergiesRequest request;
  request.set_state("IDN");
  request.set_target("att");
  const auto answer = Dated().Call(&synergy::v1::SynergyService::Stub::FindSynergies, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->themes_size(), 32);
  EXPECT_EQ(answer->totals(1).commitment_class(),
            synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS);
  EXPECT_EQ(answer->totals(1).themes(), 23);
}

TEST_F(ServicesTest, Instruments) {
  instruments::v1::GetStatusRequest request;
  request.set_instrument("att");
  request.set_grouping("asean");
  const auto answer = Dated().Call(&instruments::v1::InstrumentService::Stub::GetStatus, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->counts().parties(), 1);
  EXPECT_EQ(answer->counts().size(), 11);
}

TEST_F(ServicesTest, Cooperation) {
  cooperation::v1::GetRoleMapRequest request;
  request.set_state("IDN");
  request.set_instrument("att");
  const auto answer = Dated().Call(&cooperation::v1::CooperationService::Stub::GetRoleMap, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_GT(answer->themes_size(), 0);
}

TEST_F(ServicesTest, Evidence) {
  evidence::v1::SearchRequest request;
  request.set_query("brokering");
  const auto answer = Dated().Call(&evidence::v1::EvidenceService::Stub::Search, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_GT(answer->hits_size(), 0);
}

TEST_F(ServicesTest, Engagement) {
  const auto answer = Dated().Call(&engagement::v1::EngagementService::Stub::ListEngagements,
                                   engagement::v1::ListEngagementsRequest());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_GT(answer->engagements_size(), 0);
}

TEST_F(ServicesTest, Transfers) {
  transfers::v1::GetSuppliersRequest request;
  request.set_state("IDN");
  const auto answer = Dated().Call(&transfers::v1::TransferService::Stub::GetSuppliers, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_GT(answer->total_size(), 0);
}

TEST_F(ServicesTest, Graph) {
  graph::v1::GetNodeRequest request;
  request.set_name("states/IDN");
  const auto answer = client().Call(&graph::v1::GraphService::Stub::GetNode, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->node().display_name(), "Indonesia");
}

}  // namespace
}  // namespace attlas::testing
