// What the tests of attlasd as a process have in common: its arguments, and what to ask it.
#ifndef ATTLAS_TESTS_INTEGRATION_ATTLASD_FIXTURE_H_
#define ATTLAS_TESTS_INTEGRATION_ATTLASD_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {

namespace v1 = graph::v1;

// `arguments`, and `more` as the last.
std::vector<std::string> With(std::vector<std::string> arguments, const std::string& more);

// Gives a call as long as a test waits.
void SetPatience(grpc::ClientContext* context);

absl::StatusOr<v1::CommitResponse> Commit(v1::GraphService::Stub* stub,
                                          const v1::CommitRequest& request);
absl::StatusOr<v1::GetNodeResponse> GetNode(v1::GraphService::Stub* stub, const std::string& name);

// A commit that puts the node `sources/test`.
v1::CommitRequest PutSource();

// What a plain HTTP GET answers, its head included.
std::string GetPage(const std::string& port, const std::string& path);
std::string GetMetrics(const std::string& port);

class AttlasdTest : public ::testing::Test {
 protected:
  std::vector<std::string> arguments() const { return ServeArguments(directory_.path()); }

  const TemporaryDirectory directory_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_ATTLASD_FIXTURE_H_
