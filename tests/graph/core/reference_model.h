// The graph again, slowly: plain maps, every revision kept whole. What the real one must agree
// with.
#ifndef ATTLAS_TESTS_GRAPH_CORE_REFERENCE_MODEL_H_
#define ATTLAS_TESTS_GRAPH_CORE_REFERENCE_MODEL_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attlas/graph/v1/mutation.pb.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"

namespace attlas::testing {

// One revision of the graph.
struct ReferenceState {
  std::map<std::string, graph::Node> nodes;
  std::map<std::string, graph::Edge> edges;
};

class ReferenceModel {
 public:
  ReferenceModel() : revisions_(1) {}

  // What the commit should come to; none where it should be refused.
  std::optional<ReferenceState> Try(const std::vector<graph::v1::Mutation>& mutations) const;

  // Adopts a state as the next revision.
  void Push(ReferenceState state) { revisions_.push_back(std::move(state)); }

  const ReferenceState& latest() const { return revisions_.back(); }
  const ReferenceState& at(size_t revision) const { return revisions_[revision]; }
  size_t revision() const { return revisions_.size() - 1; }

  // The edges of a state that a filter should let through, by name.
  static std::vector<std::string> VisibleEdges(const ReferenceState& state,
                                               const graph::Clearance& clearance,
                                               std::optional<graph::v1::Date> as_of,
                                               graph::Confidence min_confidence);
  static std::vector<std::string> VisibleNodes(const ReferenceState& state,
                                               const graph::Clearance& clearance);

  // A node or an edge as a caller is shown it: without citations of what is not there for them.
  template <typename Entity>
  static Entity Shown(Entity entity, const ReferenceState& state,
                      const graph::Clearance& clearance) {
    if (graph::SeesEverything(clearance)) return entity;
    auto& citations = *entity.mutable_citations();
    for (int i = citations.size() - 1; i >= 0; --i) {
      const auto source = state.nodes.find(citations[i].source());
      const bool shown =
          source != state.nodes.end() && graph::CanSee(clearance, source->second.marking());
      if (!shown) citations.erase(citations.begin() + i);
    }
    return entity;
  }

 private:
  std::vector<ReferenceState> revisions_;
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_CORE_REFERENCE_MODEL_H_
