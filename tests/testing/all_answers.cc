#include "tests/testing/all_answers.h"

#include <map>
#include <optional>

#include "absl/strings/str_cat.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::EdgeRef;
using graph::Graph;
using graph::NodeOrdinal;
using graph::View;

class Teller {
 public:
  Teller(const Graph& graph, const View& view) : graph_(graph), view_(view) {}

  std::string Tell() {
    for (NodeOrdinal node = 0; node < view_.snapshot().node_limit(); ++node) {
      if (view_.Exists(node)) TellNode(node);
    }
    for (uint64_t revision = 1; revision <= view_.revision(); ++revision) {
      const auto changes = graph_.ChangesAt(revision, Clearance::Operator());
      absl::StrAppend(&text_, "revision ", revision, changes.status().ToString(), "\n");
      if (changes.ok()) TellChanges(*changes);
    }
    absl::StrAppend(&text_, view_.snapshot().ontology()->proto().DebugString());
    return std::move(text_);
  }

 private:
  template <typename Record>
  void Say(const absl::StatusOr<Record>& record) {
    absl::StrAppend(&text_, record.ok() ? (*record)->DebugString() : record.status().ToString());
  }

  void TellNode(NodeOrdinal node) {
    const auto record = graph_.ReadNode(view_, node);
    absl::StrAppend(&text_, "node ", node, "\n");
    Say(record);
    if (!record.ok()) return;
    const auto found = graph_.FindNode(view_, (*record)->name());
    if (!found.ok() || *found != node) absl::StrAppend(&text_, "is not found by its name\n");
    TellHistory((*record)->name());
    view_.ForEachEdge(node, graph::v1::DIRECTION_FORWARD, nullptr, [&](const EdgeRef& edge) {
      TellEdge(edge);
      return true;
    });
    std::string in;
    view_.ForEachEdge(node, graph::v1::DIRECTION_BACKWARD, nullptr, [&](const EdgeRef& edge) {
      absl::StrAppend(&in, " ", edge.edge);
      return true;
    });
    absl::StrAppend(&text_, "incoming", in, "\n");
    TellCiting(node);
  }

  void TellEdge(const EdgeRef& edge) {
    const auto record = graph_.ReadEdge(view_, edge.edge);
    absl::StrAppend(&text_, "edge ", edge.edge, "\n");
    Say(record);
    if (!record.ok()) return;
    const auto found = graph_.FindEdge(view_, (*record)->name());
    if (!found.ok() || *found != edge.edge) absl::StrAppend(&text_, "is not found by its name\n");
    TellHistory((*record)->name());
  }

  void TellHistory(const std::string& name) {
    const auto changes = graph_.History(view_, name, 0, 1'000);
    if (changes.ok()) return TellChanges(*changes);
    absl::StrAppend(&text_, changes.status().ToString(), "\n");
  }

  void TellChanges(const std::vector<graph::v1::Change>& changes) {
    for (graph::v1::Change change : changes) {
      const auto revision = graph_.ParseRevisionToken(change.revision(), "revision");
      change.set_revision(revision.ok() ? absl::StrCat(*revision) : revision.status().ToString());
      absl::StrAppend(&text_, change.DebugString());
    }
  }

  template <typename Citing>
  void SayCiting(const absl::StatusOr<Citing>& citing) {
    if (!citing.ok()) return absl::StrAppend(&text_, citing.status().ToString(), "\n");
    for (const auto& [ordinal, record] : citing->found) {
      absl::StrAppend(&text_, "cited by ", record->name(), "\n");
    }
  }
  void TellCiting(NodeOrdinal node) {
    SayCiting(graph_.CitingNodes(view_, node, 0));
    SayCiting(graph_.CitingEdges(view_, node, 0));
  }

  const Graph& graph_;
  const View& view_;
  std::string text_;
};

}  // namespace

std::string AllAnswers(const Graph& graph, uint64_t revision) {
  graph::v1::ReadOptions read;
  read.set_at_revision(graph.RevisionToken(revision));
  const auto view = graph.Read(read, Clearance::Operator());
  if (!view.ok()) return view.status().ToString();
  return Teller(graph, *view).Tell();
}

}  // namespace attlas::testing
