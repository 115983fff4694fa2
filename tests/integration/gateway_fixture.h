// A gateway of a real attlasd with an empty store, and the requests that its tests send.
//
// Threads: single-thread.
#ifndef ATTLAS_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_
#define ATTLAS_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/http_client.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {

inline constexpr char kGetNode[] = "/attlas.graph.v1.GraphService/GetNode";
inline constexpr char kCommit[] = "/attlas.graph.v1.GraphService/Commit";
inline constexpr char kWatch[] = "/attlas.graph.v1.GraphService/Watch";
inline constexpr char kExport[] = "/attlas.graph.v1.GraphService/Export";
inline constexpr char kImport[] = "/attlas.graph.v1.GraphService/Import";
inline const HttpFields kJson = {{"content-type", "application/json"}};
inline const HttpFields kProto = {{"content-type", "application/proto"}};
inline const HttpFields kConnectJson = {{"content-type", "application/connect+json"}};
inline const HttpFields kGrpcWeb = {{"content-type", "application/grpc-web+proto"}};

// The fields with one more.
inline HttpFields With(HttpFields fields, const std::string& name, const std::string& value) {
  fields.emplace_back(name, value);
  return fields;
}

// The request that commits a source, as JSON.
std::string PutSource(const std::string& name);

// A message given as JSON, in bytes.
template <typename Message>
std::string Bytes(const std::string& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return message.SerializeAsString();
}

// The request for a node, in bytes.
std::string NodeBytes(const std::string& name);

class GatewayTest : public ::testing::Test {
 protected:
  // `more` are further flags of the daemon.
  explicit GatewayTest(const std::vector<std::string>& more = {});

  HttpAnswer Ask(const std::string& method, const std::string& target,
                 const HttpFields& fields = {}, const std::string& body = "") {
    return client_->Ask(method, target, fields, body);
  }
  // Commits a source of this name.
  void Put(const std::string& name);

  const TemporaryDirectory directory_;
  std::unique_ptr<AttlasdProcess> daemon_;
  std::string line_;  // What the daemon said when it served.
  int port_ = 0;
  std::unique_ptr<HttpClient> client_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_GATEWAY_FIXTURE_H_
