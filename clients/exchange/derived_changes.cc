#include "clients/exchange/derived_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"
#include "graph/model/date.h"

namespace attlas::exchange {
namespace {

using graph::Edge;
using graph::Node;

std::string Text(const Node& rule, std::string_view property) {
  return std::string(graph::TextProperty(rule.properties(), property));
}

// What the statements that a rule reads point to.
std::string ReadsTo(const Node& rule) {
  const std::string organization = Text(rule, "organization");
  return organization.empty() ? Text(rule, "instrument") : organization;
}

// The statements that changes set, and the names of those that they take away.
class Overlay {
 public:
  explicit Overlay(const std::vector<v1::PlannedChange>& changes) {
    for (const v1::PlannedChange& change : changes) {
      const graph::v1::Mutation& mutation = change.mutation();
      if (mutation.has_create_edge()) Set(mutation.create_edge());
      if (mutation.has_update_edge()) Set(mutation.update_edge());
      if (mutation.has_put_edge()) Set(mutation.put_edge());
      if (!mutation.delete_edge().empty()) deleted_.insert(mutation.delete_edge());
    }
  }

  bool empty() const { return set_.empty() && deleted_.empty(); }

  std::vector<Edge> Apply(const std::vector<Edge>& held, const std::string& type,
                          const std::string& to) const {
    std::vector<Edge> edges;
    for (const Edge& edge : held) {
      if (!deleted_.contains(edge.name()) && !set_.contains(edge.name())) edges.push_back(edge);
    }
    for (const auto& [name, edge] : set_) {
      if (edge.type() == type && edge.to() == to) edges.push_back(edge);
    }
    return edges;
  }

  // Whether a changed statement is of what a rule reads. One that is taken away without another in
  // its place is not seen: no table says so.
  bool Touches(const std::string& type, const std::string& to) const {
    for (const auto& [name, edge] : set_) {
      if (edge.type() == type && edge.to() == to) return true;
    }
    return false;
  }

 private:
  void Set(const Edge& edge) { set_[edge.name()] = edge; }

  std::map<std::string, Edge> set_;
  std::set<std::string> deleted_;
};

// The sentence of the statement's type, with from when to when it holds.
std::string Words(const graph::OntologyIndex& ontology, const Edge& edge, const ShowName& show,
                  std::string_view what) {
  const auto type = ontology.EdgeTypeId(edge.type());
  std::string words =
      absl::StrReplaceAll(type.has_value() ? ontology.edge_type(*type).sentence() : edge.type(),
                          {{"{from}", show(edge.from())}, {"{to}", show(edge.to())}});
  if (words.ends_with('.')) words.pop_back();
  const std::string from = graph::FormatDate(edge.valid_from());
  const std::string to = graph::FormatDate(edge.valid_to());
  if (!from.empty()) absl::StrAppend(&words, " from ", from);
  if (!to.empty()) absl::StrAppend(&words, " until ", to);
  return absl::StrCat(words, " (", std::string(what), ")");
}

// Whether two canonical statements say the same, their etags apart.
bool SameStatement(Edge a, Edge b) {
  graph::Canonicalize(&a);
  graph::Canonicalize(&b);
  return graph::SerializeDeterministic(a) == graph::SerializeDeterministic(b);
}

// Compares what is derived now with what is held.
void Compare(const std::vector<Edge>& derived, const std::vector<Edge>& held,
             const std::function<std::string(const Edge&, std::string_view)>& words,
             std::vector<v1::PlannedChange>* changes) {
  std::map<std::string, const Edge*> before;
  for (const Edge& edge : held) {
    if (graph::IsDerived(edge)) before[edge.name()] = &edge;
  }
  const auto add = [&](const Edge& edge, std::string_view what) {
    v1::PlannedChange& change = changes->emplace_back();
    change.set_subject(edge.from());
    change.set_words(words(edge, what));
    return change.mutable_mutation();
  };
  for (const Edge& edge : derived) {
    const auto found = before.find(edge.name());
    if (found == before.end()) {
      *add(edge, "follows, new")->mutable_create_edge() = edge;
      continue;
    }
    if (!SameStatement(edge, *found->second)) {
      graph::v1::Mutation* mutation = add(edge, "follows, changed");
      *mutation->mutable_update_edge() = edge;
      mutation->mutable_update_edge()->set_etag(found->second->etag());
    }
    before.erase(found);
  }
  for (const auto& [name, edge] : before) {
    add(*edge, "follows no longer")->set_delete_edge(name);
  }
}

}  // namespace

absl::StatusOr<std::vector<v1::PlannedChange>> PlanDerivedChanges(
    const graph::OntologyIndex& ontology, const std::vector<Node>& rules,
    const std::vector<v1::PlannedChange>& changes, const FindEdges& find, const ShowName& show) {
  const Overlay overlay(changes);
  std::vector<v1::PlannedChange> planned;
  if (overlay.empty()) return planned;
  // Rules of one instrument are applied together: of what they derive only the earliest is kept.
  std::map<std::string, std::vector<const Node*>> by_instrument;
  for (const Node& rule : rules) by_instrument[Text(rule, "instrument")].push_back(&rule);
  for (const auto& [instrument, group] : by_instrument) {
    std::vector<Node> nodes;
    std::vector<Edge> read;
    std::set<std::string> types;
    std::set<std::pair<std::string, std::string>> done;
    const bool touched = std::any_of(group.begin(), group.end(), [&](const Node* rule) {
      return overlay.Touches(Text(*rule, "from_edge"), ReadsTo(*rule));
    });
    if (!touched) continue;
    for (const Node* rule : group) {
      nodes.push_back(*rule);
      types.insert(Text(*rule, "derives"));
      const std::pair<std::string, std::string> key(Text(*rule, "from_edge"), ReadsTo(*rule));
      if (!done.insert(key).second) continue;
      ATTLAS_ASSIGN_OR_RETURN(const std::vector<Edge> held, find(key.second, {key.first}));
      for (Edge& edge : overlay.Apply(held, key.first, key.second)) read.push_back(std::move(edge));
    }
    const std::vector<Edge> derived = graph::DeriveStatements(ontology, nodes, read, nullptr);
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<Edge> held,
                            find(instrument, {types.begin(), types.end()}));
    Compare(
        derived, held,
        [&](const Edge& edge, std::string_view what) { return Words(ontology, edge, show, what); },
        &planned);
  }
  return planned;
}

}  // namespace attlas::exchange
