// One daemon for all tests that may share it.
#ifndef ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CLIENT_TEST_H_
#define ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CLIENT_TEST_H_

#include <attlas/client/client.h>
#include <attlas/graph/v1/graph_service.grpc.pb.h>

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/clients/cpp/consumer/curated_daemon.h"
#include "tests/testing/eventually.h"

namespace attlas::testing {

using GraphStub = graph::v1::GraphService::Stub;

class ClientTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = std::make_unique<CuratedDaemon>();
    daemon_->Start();
  }
  static void TearDownTestSuite() { daemon_.reset(); }

  ClientTest()
      : client_(*client::Client::Connect(daemon_->address(), {.timeout = 4 * kPatience})) {}

  const client::Client& client() const { return client_; }
  static CuratedDaemon& daemon() { return *daemon_; }

  // Creates a source node of this id.
  static graph::v1::CommitRequest Creation(const std::string& id) {
    graph::v1::CommitRequest request;
    graph::v1::Node* node = request.add_mutations()->mutable_create_node();
    node->set_name("sources/" + id);
    node->set_type("source");
    node->set_display_name(id);
    return request;
  }
  static graph::v1::GetNodeRequest Get(const std::string& name) {
    graph::v1::GetNodeRequest request;
    request.set_name(name);
    return request;
  }

 private:
  static inline std::unique_ptr<CuratedDaemon> daemon_;
  const client::Client client_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_CLIENTS_CPP_CONSUMER_CLIENT_TEST_H_
