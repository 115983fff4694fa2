#include "tests/integration/gateway_fixture.h"

#include "absl/strings/str_cat.h"

namespace attlas::testing {

std::string PutSource(const std::string& name) {
  return absl::StrCat(R"({"mutations":[{"putNode":{"name":")", name,
                      R"(","type":"source","displayName":"A source",)"
                      R"("marking":{"trafficLight":"TRAFFIC_LIGHT_CLEAR"}}}]})");
}

std::string NodeBytes(const std::string& name) {
  return Bytes<graph::v1::GetNodeRequest>(absl::StrCat(R"({"name":")", name, R"("})"));
}

GatewayTest::GatewayTest(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = ServeArguments(directory_.path());
  arguments.push_back("--http_listen=127.0.0.1:0");
  arguments.insert(arguments.end(), more.begin(), more.end());
  daemon_ = std::make_unique<AttlasdProcess>(arguments);
  line_ = daemon_->WaitUntilServing();
  port_ = PortOf(daemon_->web_address());
  client_ = std::make_unique<HttpClient>(port_);
}

void GatewayTest::Put(const std::string& name) {
  const HttpAnswer answer = Ask("POST", kCommit, kJson, PutSource(name));
  ASSERT_EQ(answer.status, 200) << answer.body;
}

}  // namespace attlas::testing
