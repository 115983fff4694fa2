#include "clients/exchange/derived_changes.h"

#include <algorithm>
#include <iterator>
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

// What a rule reads: statements of a type to a node.
using Source = std::pair<std::string, std::string>;

Source SourceOf(const Node& rule) { return {Text(rule, "from_edge"), ReadsTo(rule)}; }

// The sources that changed statements are of. One that is taken away without another in its place
// is not seen: no table says so.
absl::StatusOr<std::set<Source>> TouchedSources(const std::vector<Node>& rules,
                                                const ChangedEdges& changed) {
  std::set<Source> sources;
  for (const Node& rule : rules) sources.insert(SourceOf(rule));
  std::set<Source> touched;
  ATTLAS_RETURN_IF_ERROR(changed.visit([&](const Edge& edge) {
    const Source source(edge.type(), edge.to());
    if (sources.contains(source)) touched.insert(source);
    return absl::OkStatus();
  }));
  return touched;
}

// The statements of one source after the changes.
absl::StatusOr<std::vector<Edge>> EdgesAfter(const Source& source, const ChangedEdges& changed,
                                             const FindEdges& find) {
  std::map<std::string, Edge> set;
  ATTLAS_RETURN_IF_ERROR(changed.visit([&](const Edge& edge) {
    if (edge.type() == source.first && edge.to() == source.second) set[edge.name()] = edge;
    return absl::OkStatus();
  }));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<Edge> held, find(source.second, {source.first}));
  std::vector<Edge> edges;
  for (Edge& edge : held) {
    if (changed.deleted.contains(edge.name()) || set.contains(edge.name())) continue;
    edges.push_back(std::move(edge));
  }
  for (auto& [name, edge] : set) edges.push_back(std::move(edge));
  return edges;
}

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

template <typename Statement>
bool SayTheSame(Statement* a, Statement* b) {
  graph::Canonicalize(a);
  graph::Canonicalize(b);
  return graph::SerializeDeterministic(*a) == graph::SerializeDeterministic(*b);
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
    if (!SaySame(edge, *found->second)) {
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

bool SaySame(Edge a, Edge b) { return SayTheSame(&a, &b); }

bool SaySame(Node a, Node b) { return SayTheSame(&a, &b); }

const std::string& EdgeNameOf(const graph::v1::Mutation& mutation) {
  if (mutation.has_create_edge()) return mutation.create_edge().name();
  if (mutation.has_update_edge()) return mutation.update_edge().name();
  if (mutation.has_put_edge()) return mutation.put_edge().name();
  return mutation.delete_edge();
}

ChangedEdges ChangedEdgesOf(const std::vector<v1::PlannedChange>& changes) {
  ChangedEdges changed;
  for (const v1::PlannedChange& change : changes) {
    const std::string& deleted = change.mutation().delete_edge();
    if (!deleted.empty()) changed.deleted.insert(deleted);
  }
  changed.visit = [&changes](const std::function<absl::Status(const Edge&)>& take) -> absl::Status {
    for (const v1::PlannedChange& change : changes) {
      const graph::v1::Mutation& mutation = change.mutation();
      if (mutation.has_create_edge()) ATTLAS_RETURN_IF_ERROR(take(mutation.create_edge()));
      if (mutation.has_update_edge()) ATTLAS_RETURN_IF_ERROR(take(mutation.update_edge()));
      if (mutation.has_put_edge()) ATTLAS_RETURN_IF_ERROR(take(mutation.put_edge()));
    }
    return absl::OkStatus();
  };
  return changed;
}

absl::Status PlanDerivedChanges(
    const graph::OntologyIndex& ontology, const std::vector<Node>& rules,
    const ChangedEdges& changed, const FindEdges& find, const ShowName& show,
    const std::function<absl::Status(std::vector<v1::PlannedChange>)>& take) {
  ATTLAS_ASSIGN_OR_RETURN(const std::set<Source> touched, TouchedSources(rules, changed));
  // Rules of one instrument are applied together: of what they derive only the earliest is kept.
  std::map<std::string, std::vector<Node>> by_instrument;
  for (const Node& rule : rules) by_instrument[Text(rule, "instrument")].push_back(rule);
  for (const auto& [instrument, group] : by_instrument) {
    std::set<Source> sources;
    std::set<std::string> types;
    for (const Node& rule : group) {
      sources.insert(SourceOf(rule));
      types.insert(Text(rule, "derives"));
    }
    const bool is_touched = std::any_of(sources.begin(), sources.end(), [&](const Source& source) {
      return touched.contains(source);
    });
    if (!is_touched) continue;
    std::vector<Edge> read;
    for (const Source& source : sources) {
      ATTLAS_ASSIGN_OR_RETURN(std::vector<Edge> edges, EdgesAfter(source, changed, find));
      std::move(edges.begin(), edges.end(), std::back_inserter(read));
    }
    const std::vector<Edge> derived = graph::DeriveStatements(ontology, group, read, nullptr);
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<Edge> held,
                            find(instrument, {types.begin(), types.end()}));
    std::vector<v1::PlannedChange> planned;
    Compare(
        derived, held,
        [&](const Edge& edge, std::string_view what) { return Words(ontology, edge, show, what); },
        &planned);
    ATTLAS_RETURN_IF_ERROR(take(std::move(planned)));
  }
  return absl::OkStatus();
}

}  // namespace attlas::exchange
