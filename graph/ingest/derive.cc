#include "graph/ingest/derive.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ingest/rule.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/model/name.h"

namespace attlas::graph {
namespace {

bool Declares(const v1::EdgeType& type, std::string_view property) {
  return std::any_of(type.properties().begin(), type.properties().end(),
                     [&](const v1::PropertyType& p) { return p.name() == property; });
}

void AddText(std::string_view name, std::string_view text, Edge* edge) {
  Property* property = edge->add_properties();
  property->set_name(std::string(name));
  property->mutable_value()->set_text(std::string(text));
}

// A derived edge before it is decided whether it is kept.
struct Candidate {
  Edge edge;
  DayNumber from = kBeginningOfTime;
  DayNumber to = kEndOfTime;
  Confidence confidence = v1::CONFIDENCE_UNVERIFIED;
};

// Whether all who may see what is marked `a` may see what is marked `b`.
bool AtLeastAsOpen(const Marking& b, const Marking& a) {
  return EffectiveLevel(b.traffic_light()) <= EffectiveLevel(a.traffic_light()) &&
         (b.space().empty() || b.space() == a.space());
}

// Whether `kept` says all that `other`, which does not start earlier, says.
bool Covers(const Candidate& kept, const Candidate& other) {
  return kept.to >= other.to && kept.confidence >= other.confidence &&
         AtLeastAsOpen(kept.edge.marking(), other.edge.marking());
}

// Applies the rules in an order in which none reads what a later one derives.
class Deriver {
 public:
  Deriver(const OntologyIndex& ontology, std::span<const Edge> edges, std::vector<Rule> rules,
          std::vector<RuleProblem>* problems)
      : ontology_(ontology), problems_(problems), rules_(std::move(rules)) {
    for (const Rule& rule : rules_) types_read_.insert(rule.from_edge->name());
    for (const Edge& edge : edges) Index(edge);
  }

  std::vector<Edge> Apply() {
    std::vector<Rule>& rules = rules_;
    while (!rules.empty()) {
      // All rules that derive one type go together, since they may derive the same statement.
      const v1::EdgeType* ready = FindReadyType(rules);
      if (ready == nullptr) {
        for (const Rule& rule : rules) {
          Report(rule, "derives",
                 absl::StrCat("the rules that derive ", rule.derives->name(), " and ",
                              rule.from_edge->name(), " need each other; break the circle"));
        }
        break;
      }
      const auto rest = std::stable_partition(rules.begin(), rules.end(),
                                              [&](const Rule& r) { return r.derives == ready; });
      candidates_.clear();
      for (auto rule = rules.begin(); rule != rest; ++rule) ApplyRule(*rule);
      KeepCandidates();
      rules.erase(rules.begin(), rest);
    }
    return {std::make_move_iterator(derived_.begin()), std::make_move_iterator(derived_.end())};
  }

 private:
  using Ends = std::pair<std::string, std::string>;  // From, to.

  void Index(const Edge& edge) {
    if (types_read_.contains(edge.type())) edges_[Ends(edge.type(), edge.to())].push_back(&edge);
  }

  void Report(const Rule& rule, const std::string& property, const std::string& text) {
    if (problems_ == nullptr || !reported_.insert(rule.node->name()).second) return;
    problems_->push_back({rule.node->name(), property, text});
  }

  // A type that some rule derives and of which no rule reads what is still to be derived.
  static const v1::EdgeType* FindReadyType(const std::vector<Rule>& rules) {
    const auto is_pending = [&](const v1::EdgeType* type) {
      return std::any_of(rules.begin(), rules.end(),
                         [&](const Rule& other) { return other.derives == type; });
    };
    for (const Rule& rule : rules) {
      const bool ready = std::all_of(rules.begin(), rules.end(), [&](const Rule& other) {
        return other.derives != rule.derives || !is_pending(other.from_edge);
      });
      if (ready) return rule.derives;
    }
    return nullptr;
  }

  bool Allowed(const google::protobuf::RepeatedPtrField<std::string>& types,
               const std::string& name) const {
    const absl::StatusOr<ResourceName> parsed = ParseResourceName(name);
    if (!parsed.ok()) return false;
    const std::optional<TypeId> type = ontology_.NodeTypeOfCollection(parsed->collection);
    if (!type.has_value()) return false;
    const std::string& wanted = ontology_.node_type(*type).name();
    return std::find(types.begin(), types.end(), wanted) != types.end();
  }

  void ApplyRule(const Rule& rule) {
    const bool through = rule.kind == RuleKind::kThroughMembers;
    if (!Allowed(rule.derives->to_types(), rule.instrument)) {
      Report(rule, "instrument",
             absl::StrCat(rule.derives->name(), " may not point to `", Printable(rule.instrument),
                          "`; name a node that "
                          "the ontology allows"));
      return;
    }
    const auto found =
        edges_.find(Ends(rule.from_edge->name(), through ? rule.organization : rule.instrument));
    if (found == edges_.end()) return;
    for (const Edge* original : found->second) {
      if (through && !rule.role.empty() &&
          TextProperty(original->properties(), "role") != rule.role) {
        continue;
      }
      if (Allowed(rule.derives->from_types(), original->from())) Derive(rule, *original);
    }
  }

  // The start of the derived edge; nothing where it is not known.
  static std::optional<Date> Start(const Rule& rule, const Edge& original, bool* beyond) {
    if (!original.has_valid_from()) {
      return rule.kind == RuleKind::kThroughMembers ? rule.not_before : std::nullopt;
    }
    std::optional<Date> start = original.valid_from();
    if (rule.kind == RuleKind::kOffset) start = ShiftDate(original.valid_from(), rule.shift);
    *beyond = !start.has_value();
    if (start.has_value() && rule.not_before.has_value() &&
        FirstDay(*start) < FirstDay(*rule.not_before)) {
      start = rule.not_before;
    }
    return start;
  }

  void Derive(const Rule& rule, const Edge& original) {
    Candidate candidate;
    Edge& edge = candidate.edge;
    edge.set_type(rule.derives->name());
    edge.set_from(original.from());
    edge.set_to(rule.instrument);
    bool beyond = false;
    const std::optional<Date> start = Start(rule, original, &beyond);
    if (beyond) return;
    if (rule.derives->temporal()) {
      if (start.has_value()) *edge.mutable_valid_from() = *start;
      if (original.has_valid_to()) *edge.mutable_valid_to() = original.valid_to();
      if (start.has_value()) candidate.from = FirstDay(*start);
      if (original.has_valid_to()) candidate.to = FirstDay(original.valid_to());
      if (candidate.to <= candidate.from) return;
    }
    if (Declares(*rule.derives, "derived_from")) AddText("derived_from", original.name(), &edge);
    if (rule.kind == RuleKind::kThroughMembers && Declares(*rule.derives, "through")) {
      AddText("through", rule.organization, &edge);
    }
    candidate.confidence =
        std::min(BestConfidence(rule.node->citations()), BestConfidence(original.citations()));
    Cite(rule, original, candidate.confidence, &edge);
    if (!Mark(rule, original, &edge)) return;
    Canonicalize(&edge);
    std::vector<FieldViolation> violations;
    ontology_.CheckEdge(edge, "", &violations);
    if (!violations.empty()) {
      Report(rule, "derives",
             absl::StrCat("the rule derives from ", original.name(), " what the ontology forbids: ",
                          violations[0].field, ": ", violations[0].description));
      return;
    }
    edge.clear_name();
    candidates_[Ends(edge.from(), edge.to())].push_back(std::move(candidate));
  }

  static void Cite(const Rule& rule, const Edge& original, Confidence confidence, Edge* edge) {
    Citation* citation = edge->add_citations();
    citation->set_source(rule.node->name());
    citation->set_locator(rule.article);
    citation->set_confidence(confidence);
    std::string note =
        absl::StrCat("derived from ", original.type(), " ", original.from(), " -> ", original.to());
    if (!original.qualifier().empty()) absl::StrAppend(&note, " (", original.qualifier(), ")");
    if (original.has_valid_from()) {
      absl::StrAppend(&note, " of ", FormatDate(original.valid_from()));
    }
    citation->set_note(note);
  }

  // What follows from a confidential statement is as confidential. False where no marking says so.
  bool Mark(const Rule& rule, const Edge& original, Edge* edge) {
    const Marking& a = rule.node->marking();
    const Marking& b = original.marking();
    if (!a.space().empty() && !b.space().empty() && a.space() != b.space()) {
      Report(rule, "space",
             absl::StrCat("the rule is in ", a.space(), " and ", original.name(), " in ", b.space(),
                          "; nothing can be marked with both"));
      return false;
    }
    edge->mutable_marking()->set_traffic_light(
        std::max(EffectiveLevel(a.traffic_light()), EffectiveLevel(b.traffic_light())));
    edge->mutable_marking()->set_space(a.space().empty() ? b.space() : a.space());
    return true;
  }

  void KeepCandidates() {
    std::vector<Ends> order;
    for (const auto& [ends, group] : candidates_) order.push_back(ends);
    std::sort(order.begin(), order.end());  // The same edges in the same order on every run.
    for (const Ends& ends : order) KeepOfGroup(&candidates_[ends]);
  }

  void KeepOfGroup(std::vector<Candidate>* group) {
    // Of those that start together, the better sourced, more open and longer one comes first.
    const auto key = [](const Candidate& c) {
      return std::tuple(c.from, -static_cast<int>(c.confidence),
                        static_cast<int>(c.edge.marking().traffic_light()),
                        std::string_view(c.edge.marking().space()), -int64_t{c.to});
    };
    std::stable_sort(group->begin(), group->end(),
                     [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
    std::vector<const Candidate*> kept;
    absl::flat_hash_set<std::string> qualifiers;
    for (Candidate& candidate : *group) {
      if (std::any_of(kept.begin(), kept.end(),
                      [&](const Candidate* k) { return Covers(*k, candidate); })) {
        continue;
      }
      std::string qualifier = kept.empty() ? "" : FormatDate(candidate.edge.valid_from());
      for (int i = 2; !qualifiers.insert(qualifier).second; ++i) {
        qualifier = absl::StrCat(FormatDate(candidate.edge.valid_from()), "#", i);
      }
      candidate.edge.set_qualifier(qualifier);
      Canonicalize(&candidate.edge);
      kept.push_back(&candidate);
      derived_.push_back(candidate.edge);
      Index(derived_.back());
    }
  }

  const OntologyIndex& ontology_;
  std::vector<RuleProblem>* const problems_;
  std::vector<Rule> rules_;  // Those that are still to be applied.
  absl::flat_hash_set<std::string> types_read_;
  absl::flat_hash_map<Ends, std::vector<const Edge*>> edges_;  // By type and node pointed to.
  absl::flat_hash_map<Ends, std::vector<Candidate>> candidates_;
  absl::flat_hash_set<std::string> reported_;
  std::deque<Edge> derived_;  // A deque, since edges_ points into it.
};

}  // namespace

std::vector<Edge> DeriveStatements(const OntologyIndex& ontology, std::span<const Node> nodes,
                                   std::span<const Edge> edges,
                                   std::vector<RuleProblem>* problems) {
  std::vector<Rule> rules;
  for (const Node& node : nodes) {
    if (node.type() != kRuleType) continue;
    if (std::optional<Rule> rule = ParseRule(ontology, node, problems)) {
      rules.push_back(*std::move(rule));
    }
  }
  if (rules.empty()) return {};
  return Deriver(ontology, edges, std::move(rules), problems).Apply();
}

bool IsDerived(const Edge& edge) {
  return std::any_of(edge.citations().begin(), edge.citations().end(), [](const Citation& c) {
    return std::string_view(c.source()).starts_with("rules/");
  });
}

}  // namespace attlas::graph
