// A graph in a directory of its own, reached in the same process or over a real channel.
#ifndef ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_FIXTURE_H_
#define ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "attlas/graph/v1/graph_service.pb.h"
#include "services/attlasd/daemon.h"
#include "services/common/graph_api.h"
#include "services/graph/local_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::services::testing {

namespace v1 = graph::v1;
using ::attlas::testing::MakeDatedEdge;
using ::attlas::testing::MakeEdge;
using ::attlas::testing::MakeNode;

// The two ways to the graph that one contract holds for.
enum class Access { kLocal, kRemote };

// Limits small enough to be reached in a test.
ServiceLimits SmallLimits();

// A store with a daemon over it, and the GraphApi under test.
class GraphHouse {
 public:
  explicit GraphHouse(Access access, const ServiceLimits& limits = SmallLimits(),
                      graph::Clearance clearance = graph::Clearance::Operator());
  ~GraphHouse();

  GraphApi& api() { return *api_; }
  Daemon& daemon() { return *daemon_; }
  graph::Graph& graph() { return *daemon_->graph(); }
  // Ends watches, as a drain does.
  void StopWatches();

  // A call without a deadline to speak of, by the operator.
  CallContext Call() const;
  // The same by a caller of this clearance.
  CallContext CallAs(graph::TrafficLight level) const;

  // Commits puts of these nodes and edges, sources/test first; returns the revision.
  std::string Put(const std::vector<graph::Node>& nodes,
                  const std::vector<graph::Edge>& edges = {});

 private:
  ::attlas::testing::TemporaryDirectory directory_;
  std::unique_ptr<Daemon> daemon_;
  std::unique_ptr<LocalGraph> local_;
  std::unique_ptr<GraphApi> remote_;
  GraphApi* api_ = nullptr;
};

// `states/AAA`, `states/AAB`, ... and as many of them.
std::string StateName(int i);
std::vector<graph::Node> States(int count);

// The detail of an error; empty for none.
graph::ErrorDetail DetailOf(const absl::Status& status);
// The value of a key of an error's metadata; empty for none.
std::string MetadataOf(const absl::Status& status, std::string_view key);

// Nodes and edges marked so that only some see them.
graph::Node Marked(graph::Node node, graph::TrafficLight level);
graph::Edge Marked(graph::Edge edge, graph::TrafficLight level);

// The names of nodes or edges.
template <typename List>
std::vector<std::string> NamesOf(const List& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item.name());
  return names;
}

// Expects INVALID_ARGUMENT with exactly this field at fault and this text.
void ExpectInvalid(const absl::Status& status, std::string_view field,
                   std::string_view description);

}  // namespace attlas::services::testing

#endif  // ATTLAS_TESTS_SERVICES_GRAPH_GRAPH_FIXTURE_H_
