#include "tests/integration/salted_graph.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/load.h"
#include "graph/model/name.h"
#include "tests/integration/salt_statements.h"
#include "tests/services/domain/curated_graph.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using salt::Cite;
using salt::Put;
using salt::Source;

constexpr char kHub[] = "organizations/xq-hub";

// Makes the mutations of one commit after the other, with or without salt.
class Salter {
 public:
  Salter(const graph::Dataset& dataset, const graph::Clearance& caller)
      : ontology_(*dataset.ontology),
        nodes_(dataset.nodes),
        edges_(dataset.edges),
        markings_(salt::HiddenMarkings(caller)) {
    for (const v1::Edge& edge : edges_) {
      ++degrees_[edge.from()];
      ++degrees_[edge.to()];
    }
  }

  // The salt comes first, so that what all may see comes to stand elsewhere in the store.
  std::vector<std::vector<v1::Mutation>> Commits(bool salted) {
    std::vector<std::vector<v1::Mutation>> commits(3);
    if (salted) {
      SaltNodes(&commits[0]);
      SaltEdges(&commits[0]);
      salt::PutSpace(edges_.front().citations(0), &commits[0]);
      commits[0].push_back(Put(Hidden(late_edge())));
      SaltAgain(/*deletes=*/true, &commits[1]);
    }
    if (salted) commits[0].push_back(Put(Hidden(Source("xq-deleted", "Deleted"))));
    commits[0].push_back(Put(Source("seen-one", "Seen")));
    commits[0].push_back(Put(Source("comes-and-goes", "Comes and goes")));
    SayAgain(salted, "said again", &commits[0]);
    SayAgain(salted, "and again", &commits[1]);
    // Lists of nodes are in the order of first writing, hidden or not: what is shown in place keeps
    // its place (docs/confidentiality.md), which is the last one here in either graph.
    if (salted) commits[0].push_back(Put(Hidden(Source("seen-late", "Seen late"))));
    commits[1].push_back(Put(Source("seen-one", "Seen again")));
    if (salted) {
      commits[1].emplace_back().set_delete_node(salt::kDeletedSource);
      commits[1].push_back(Put(Hidden(Source("comes-and-goes", "Out of sight"))));
    } else {
      commits[1].emplace_back().set_delete_node("sources/comes-and-goes");
    }
    commits[2].push_back(Put(Source("comes-and-goes", "Comes and goes")));
    commits[2].push_back(Put(Source("seen-late", "Seen late")));
    commits[2].push_back(Put(late_edge()));
    return commits;
  }

  // A commit of nothing but salt.
  std::vector<v1::Mutation> HiddenCommit() {
    std::vector<v1::Mutation> mutations;
    mutations.push_back(Put(Hidden(Source("xq-later", "Later"))));
    SaltAgain(/*deletes=*/false, &mutations);
    return mutations;
  }

  const std::string& hidden_edge() const { return hidden_edge_; }
  std::string late_edge_name() const {
    const v1::Edge edge = late_edge();
    return graph::DeriveEdgeName(edge.type(), edge.from(), edge.to(), edge.qualifier());
  }

 private:
  template <typename Statement>
  Statement Hidden(Statement statement) {
    *statement.mutable_marking() = markings_[turn_++ % markings_.size()];
    return statement;
  }

  bool Limited(const v1::Edge& edge) const {
    return ontology_.edge_type(*ontology_.EdgeTypeId(edge.type())).max_per_from() != 0;
  }

  v1::Edge late_edge() const {
    for (const v1::Edge& edge : edges_) {
      if (edge.from() != "states/IDN" || Limited(edge)) continue;
      v1::Edge late = edge;
      late.clear_name();
      late.set_qualifier("late");
      return late;
    }
    return {};
  }

  // The id of a twin: near enough to real ones to be suggested for a typing error.
  static std::string TwinId(const v1::Node& node) {
    const std::map<std::string, std::string> codes = {
        {"state", "XQS"}, {"economy", "XQU"}, {"territory", "XQV"}};
    const auto code = codes.find(node.type());
    return code == codes.end() ? "xq-salt" : code->second;
  }

  // Which nodes have a twin, and its name.
  std::map<std::string, std::string> Twins() const {
    std::map<std::string, const v1::Node*> best;
    for (const v1::Node& node : nodes_) {
      const v1::Node*& known = best[node.type()];
      const auto degree = [this](const v1::Node* of) {
        const auto found = degrees_.find(of->name());
        return found == degrees_.end() ? 0 : found->second;
      };
      if (known == nullptr || degree(&node) > degree(known)) known = &node;
      if (node.name() == "states/PHL" || node.name() == "instruments/att") {
        best[node.type()] = &node;
        degrees_[node.name()] = 1'000'000;
      }
    }
    std::map<std::string, std::string> twins;
    for (const auto& [type, node] : best) {
      const auto name = graph::ParseResourceName(node->name());
      twins[node->name()] = absl::StrCat(std::string(name->collection), "/", TwinId(*node));
    }
    return twins;
  }

  void SaltNodes(std::vector<v1::Mutation>* mutations) {
    twins_ = Twins();
    for (v1::Node node : nodes_) {
      const auto twin = twins_.find(node.name());
      if (twin == twins_.end()) continue;
      node.set_name(twin->second);
      // Names that people type for another: those would be ambiguous, if this one were seen.
      if (node.type() == "state") {
        node.set_display_name("Indonesia");
        node.add_aliases("Philippines");
      }
      mutations->push_back(Put(Hidden(node)));
      if (node.type() != "organization") continue;
      node.set_name(kHub);
      node.set_display_name("Hub");
      mutations->push_back(Put(Hidden(node)));
    }
  }

  void SaltEdges(std::vector<v1::Mutation>* mutations) {
    for (size_t i = 0; i < edges_.size(); ++i) {
      // What its start may have one of alone leaves no room for salt.
      v1::Edge edge = edges_[i];
      if (i % 5 == 0) edge.mutable_citations(0)->set_source(salt::kHiddenSource);
      if (i % 7 == 0 && !Limited(edge)) {
        v1::Edge copy = Hidden(edge);
        copy.set_qualifier("salt");
        hidden_edge_ = graph::DeriveEdgeName(copy.type(), copy.from(), copy.to(), "salt");
        mutations->push_back(Put(copy));
      }
      const auto from = twins_.find(edge.from());
      const auto to = twins_.find(edge.to());
      if (from != twins_.end()) {
        v1::Edge moved = edge;
        moved.set_from(from->second);
        // Hidden by its end, and by its own marking.
        mutations->push_back(Put(i % 2 == 0 ? moved : Hidden(moved)));
      }
      if (to != twins_.end() && !Limited(edge)) {
        v1::Edge moved = edge;
        moved.set_to(to->second);
        mutations->push_back(Put(i % 2 == 0 ? moved : Hidden(moved)));
      }
    }
    for (const v1::Node& node : nodes_) {
      if (node.type() == "state") SaltState(node, mutations);
    }
  }

  // Statements that all may see: they cite a source that goes out of sight and, with salt, sources
  // that few may see.
  template <typename Statement>
  v1::Mutation Again(bool salted, const char* note, Statement statement) const {
    statement.mutable_citations(0)->set_note(note);
    Cite("sources/comes-and-goes", statement.add_citations());
    if (salted) salt::CiteHidden(&statement);
    return Put(std::move(statement));
  }
  void SayAgain(bool salted, const char* note, std::vector<v1::Mutation>* mutations) const {
    for (size_t i = 0; i < nodes_.size(); ++i) {
      const v1::Node& node = nodes_[i];
      if (node.citations().empty()) continue;
      const bool asked_for = node.name() == "states/IDN" || node.name() == "instruments/att";
      if (i % 9 == 0 || asked_for) mutations->push_back(Again(salted, note, node));
    }
    for (size_t i = 0; i < edges_.size(); ++i) {
      if (i % 11 == 0) mutations->push_back(Again(salted, note, edges_[i]));
    }
  }

  // A short cut through the hub, and acts that would change every count.
  void SaltState(const v1::Node& state, std::vector<v1::Mutation>* mutations) {
    v1::Edge edge;
    edge.set_from(state.name());
    edge.set_to(kHub);
    edge.set_type("MEMBER_OF");
    edge.set_qualifier("member");
    v1::Property& role = *edge.add_properties();
    role.set_name("role");
    role.mutable_value()->set_text("member");
    *edge.add_citations() = edges_.front().citations(0);
    mutations->push_back(Put(edge));
    v1::Edge act;
    act.set_from(state.name());
    act.set_to("instruments/att");
    act.set_type("SIGNED");
    act.set_qualifier("salt");
    *act.add_citations() = edges_.front().citations(0);
    mutations->push_back(Put(Hidden(act)));
  }

  // Changes, and deletions, of what is hidden.
  void SaltAgain(bool deletes, std::vector<v1::Mutation>* mutations) {
    size_t changed = 0;
    for (const v1::Edge& edge : edges_) {
      if (changed == 20) break;
      if (edge.type() != "SIGNED") continue;
      ++changed;
      v1::Edge act;
      act.set_from(edge.from());
      act.set_to("instruments/att");
      act.set_type("SIGNED");
      act.set_qualifier("salt");
      if (deletes && changed % 2 == 0) {
        mutations->emplace_back().set_delete_edge(
            graph::DeriveEdgeName(act.type(), act.from(), act.to(), act.qualifier()));
        continue;
      }
      *act.add_citations() = edge.citations(0);
      act.mutable_citations(0)->set_note(absl::StrCat("changed ", turn_));
      mutations->push_back(Put(Hidden(act)));
    }
  }

  const graph::OntologyIndex& ontology_;
  const std::vector<v1::Node>& nodes_;
  const std::vector<v1::Edge>& edges_;
  const std::vector<v1::Marking> markings_;
  mutable std::map<std::string, int> degrees_;
  std::map<std::string, std::string> twins_;
  std::string hidden_edge_;
  size_t turn_ = 0;
};

absl::Status CommitAll(graph::Graph* graph, std::vector<std::vector<v1::Mutation>> commits) {
  for (std::vector<v1::Mutation>& mutations : commits) {
    ATTLAS_RETURN_IF_ERROR(
        graph->Commit({.mutations = std::move(mutations), .reason = "salt", .unlimited = true})
            .status());
  }
  return absl::OkStatus();
}

// The tokens of the last revision, of the one before, and of the one before the commits.
absl::StatusOr<std::vector<std::string>> Fill(const std::string& directory,
                                              std::vector<std::vector<v1::Mutation>> commits) {
  ATTLAS_RETURN_IF_ERROR(CopyCuratedStore(directory));
  ATTLAS_ASSIGN_OR_RETURN(auto graph, graph::Graph::Open({.path = directory}));
  const std::string loaded = graph->RevisionToken(graph->LatestRevision());
  ATTLAS_RETURN_IF_ERROR(CommitAll(graph.get(), std::move(commits)));
  const uint64_t latest = graph->LatestRevision();
  return std::vector<std::string>{graph->RevisionToken(latest), graph->RevisionToken(latest - 1),
                                  loaded};
}

}  // namespace

absl::StatusOr<SaltedGraph> SaltedGraph::Make(const std::string& directory,
                                              const graph::Clearance& caller, bool hidden_commit) {
  ATTLAS_ASSIGN_OR_RETURN(const graph::Dataset dataset,
                          graph::ReadDataset(std::string(ATTLAS_SOURCE_DIR) + "/data", nullptr));
  Salter salter(dataset, caller);
  SaltedGraph made;
  made.plain_ = directory + "/plain";
  made.salted_ = directory + "/salted";
  ATTLAS_ASSIGN_OR_RETURN(made.plain_revisions_, Fill(made.plain_, salter.Commits(false)));
  std::vector<std::vector<v1::Mutation>> commits = salter.Commits(true);
  if (hidden_commit) commits.push_back(salter.HiddenCommit());
  ATTLAS_ASSIGN_OR_RETURN(made.salted_revisions_, Fill(made.salted_, std::move(commits)));
  // Both are copies of one store, so that its tokens are those of both.
  made.loaded_revision_ = made.plain_revisions_.back();
  made.salted_revisions_.pop_back();
  made.plain_revisions_.resize(1);
  if (!hidden_commit) made.salted_revisions_.pop_back();
  made.hidden_edge_ = salter.hidden_edge();
  made.late_edge_ = salter.late_edge_name();
  made.clear_edge_ = dataset.edges.front().name();
  return made;
}

std::string SaltedGraph::Filled(std::string text) const {
  const auto fill = [&](const std::string& what, const std::string& by) {
    const size_t at = text.find(what);
    if (at != std::string::npos) text.replace(at, what.size(), by);
  };
  fill("{edge}", hidden_edge_);
  fill("{clear_edge}", clear_edge_);
  fill("{late_edge}", late_edge_);
  fill("{loaded}", loaded_revision_);
  return text;
}

}  // namespace attlas::testing
