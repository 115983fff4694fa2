#include "services/common/peer_channel.h"

#include <array>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace attlas::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const google::protobuf::ServiceDescriptor* GraphContract() {
  return graph::v1::GetNodeRequest::descriptor()->file()->FindServiceByName("GraphService");
}

TEST(PeerServiceConfigTest, AsksReadsAgainAndWritesNever) {
  const std::array services = {GraphContract()};
  const std::string config = PeerServiceConfig(services);
  google::protobuf::Struct parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(config, &parsed).ok()) << config;
  EXPECT_THAT(config, AllOf(HasSubstr("round_robin"), HasSubstr(R"("method":"GetNode"})"),
                            HasSubstr(R"("method":"MatchPaths"})"), HasSubstr("UNAVAILABLE")));
  for (const char* method : {"Commit", "Import", "Watch", "Export", "Traverse"}) {
    EXPECT_THAT(config, Not(HasSubstr(std::string("\"") + method + "\""))) << method;
  }
}

TEST(PeerServiceConfigTest, BalancesWithoutServicesToo) {
  EXPECT_EQ(PeerServiceConfig({}), R"({"loadBalancingConfig":[{"round_robin":{}}]})");
}

}  // namespace
}  // namespace attlas::services
