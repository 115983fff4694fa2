// The fixture of the contract of GraphApi, held by LocalGraph and by RemoteGraph over a real
// daemon.
#ifndef ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_API_TEST_H_
#define ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_API_TEST_H_

#include <functional>
#include <string>
#include <vector>

#include "tests/services/graph/graph_fixture.h"

namespace attlas::services::testing {

class GraphApiTest : public ::testing::TestWithParam<Access> {
 protected:
  // Three states, an instrument, an organization; two signatures, one of them ended.
  std::string PutWorld() {
    return house_.Put({MakeNode("states/IDN", "Indonesia"), MakeNode("states/PHL", "Philippines"),
                       MakeNode("states/FJI", "Fiji"), MakeNode("instruments/att", "ATT"),
                       MakeNode("organizations/asean", "ASEAN")},
                      {MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2013-09-25"),
                       MakeDatedEdge("SIGNED", "states/FJI", "instruments/att", "2013", "2015"),
                       MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean"),
                       MakeEdge("MEMBER_OF", "states/PHL", "organizations/asean")});
  }
  GraphApi& api() { return house_.api(); }
  CallContext Call() { return house_.Call(); }

  absl::StatusOr<v1::GetNodeResponse> GetNode(const std::string& name,
                                              const v1::ReadOptions& read = {}) {
    v1::GetNodeRequest request;
    request.set_name(name);
    *request.mutable_read() = read;
    return api().GetNode(Call(), request);
  }
  absl::StatusOr<v1::CommitResponse> Commit(const v1::Mutation& mutation) {
    v1::CommitRequest request;
    *request.add_mutations() = mutation;
    return api().Commit(Call(), request);
  }
  // All pages of a listing of nodes, with `between` called after each page.
  std::vector<std::string> ListAll(
      v1::ListNodesRequest request, const std::function<void()>& between = [] {}) {
    std::vector<std::string> names;
    while (true) {
      const auto page = api().ListNodes(Call(), request);
      EXPECT_OK(page);
      if (!page.ok()) return names;
      for (const graph::Node& node : (*page)->nodes()) names.push_back(node.name());
      if ((*page)->next_page_token().empty()) return names;
      request.set_page_token((*page)->next_page_token());
      between();
    }
  }

  GraphHouse house_{GetParam()};
};

// The name of the way to the graph in the names of tests.
inline std::string AccessName(const ::testing::TestParamInfo<Access>& param) {
  return param.param == Access::kLocal ? "Local" : "Remote";
}

}  // namespace attlas::services::testing

#endif  // ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_API_TEST_H_
