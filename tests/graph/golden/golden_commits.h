// What golden stores are made of: some commits over the test ontology, the same for each format.
//
// Threads: functions only. It builds with the programs of earlier formats, too, so it uses no more
// than Graph::Commit.
#ifndef ATTLAS_TESTS_GRAPH_GOLDEN_GOLDEN_COMMITS_H_
#define ATTLAS_TESTS_GRAPH_GOLDEN_GOLDEN_COMMITS_H_

#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/model/name.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {

inline graph::v1::Mutation GoldenPut(graph::Node node) {
  graph::v1::Mutation mutation;
  *mutation.mutable_put_node() = std::move(node);
  return mutation;
}

inline graph::v1::Mutation GoldenPut(graph::Edge edge) {
  graph::v1::Mutation mutation;
  *mutation.mutable_put_edge() = std::move(edge);
  return mutation;
}

inline constexpr char kGoldenRequest[] = "2f1b3c7e-8a4d-4f6e-9b0a-1c2d3e4f5a6b";

// Things that come, change, go, come back, are dated, marked and cited: seven revisions.
inline std::vector<graph::CommitInput> GoldenCommits() {
  std::vector<graph::CommitInput> commits(7);
  commits[0].mutations = {GoldenPut(MakeNode("sources/test", "A source")),
                          GoldenPut(MakeNode("sources/late", "Another"))};
  commits[0].reason = "sources";
  commits[1].mutations = {
      GoldenPut(MakeNode("states/IDN", "Indonesia")), GoldenPut(MakeNode("states/PHL")),
      GoldenPut(MakeNode("instruments/att", "ATT")),
      GoldenPut(MakeDatedEdge("SIGNED", "states/PHL", "instruments/att", "2013-09-25")),
      GoldenPut(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013", "2015-06"))};
  commits[1].request_id = kGoldenRequest;
  graph::Node renamed = MakeNode("instruments/att", "Arms Trade Treaty");
  renamed.mutable_citations(0)->set_source("sources/late");
  commits[2].mutations = {GoldenPut(renamed)};
  commits[2].reason = "its whole name";
  graph::Node confidential = MakeNode("states/BRN", "Brunei");
  confidential.mutable_marking()->set_traffic_light(graph::v1::TRAFFIC_LIGHT_AMBER);
  confidential.mutable_marking()->set_space("spaces/room");
  commits[3].mutations = {GoldenPut(confidential),
                          GoldenPut(MakeEdge("KNOWS", "states/BRN", "states/IDN", "first"))};
  graph::v1::Mutation gone;
  gone.set_delete_edge(graph::DeriveEdgeName("SIGNED", "states/IDN", "instruments/att", ""));
  commits[4].mutations = {gone};
  commits[5].mutations = {
      GoldenPut(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2014-01-02"))};
  commits[6].mutations = {GoldenPut(MakeNode("organizations/asean", "ASEAN")),
                          GoldenPut(MakeEdge("LEADS", "organizations/asean", "instruments/att"))};
  return commits;
}

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_GOLDEN_GOLDEN_COMMITS_H_
