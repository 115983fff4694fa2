#include "graph/ingest/rule.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/utf8.h"

namespace attlas::graph {
namespace {

// Reads rule nodes and says what is wrong with them.
class RuleParser {
 public:
  RuleParser(const OntologyIndex& ontology, std::vector<RuleProblem>* problems)
      : ontology_(ontology), problems_(problems) {}

  std::optional<Rule> Parse(const Node& node) {
    node_ = &node;
    good_ = true;
    Rule rule;
    rule.node = &node;
    const std::string kind = Text("kind");
    if (kind != "offset" && kind != "through-members") {
      Report("kind", absl::StrCat("`", Printable(kind),
                                  "` is no kind of rule; write offset or through-members"));
      return std::nullopt;
    }
    rule.kind = kind == "offset" ? RuleKind::kOffset : RuleKind::kThroughMembers;
    rule.instrument = Required("instrument");
    rule.derives = RequiredEdgeType("derives");
    rule.from_edge = RequiredEdgeType("from_edge");
    rule.article = Text("article");
    if (rule.kind == RuleKind::kThroughMembers) {
      rule.organization = Required("organization");
      rule.role = Text("role");
    }
    rule.shift.months = IntegerProperty(node.properties(), "add_months");
    rule.shift.days = IntegerProperty(node.properties(), "add_days");
    if (const Value* value = FindProperty(node.properties(), "first_day_of_month")) {
      rule.shift.first_day_of_month = value->boolean();
    }
    if (const Value* value = FindProperty(node.properties(), "not_before")) {
      if (value->has_date() && IsValidDate(value->date())) rule.not_before = value->date();
    }
    if (rule.derives != nullptr && rule.derives == rule.from_edge) {
      Report("derives", absl::StrCat("the rule derives ", rule.derives->name(),
                                     " from itself; name another type"));
    }
    if (!good_) return std::nullopt;
    return rule;
  }

 private:
  void Report(const std::string& property, const std::string& text) {
    good_ = false;
    if (problems_ != nullptr) problems_->push_back({node_->name(), property, text});
  }

  std::string Text(std::string_view name) const {
    return std::string(TextProperty(node_->properties(), name));
  }

  std::string Required(const std::string& name) {
    std::string text = Text(name);
    if (text.empty()) Report(name, absl::StrCat("a rule of this kind needs `", name, "`; add it"));
    return text;
  }

  const v1::EdgeType* RequiredEdgeType(const std::string& name) {
    const std::string text = Required(name);
    if (text.empty()) return nullptr;
    if (const std::optional<TypeId> id = ontology_.EdgeTypeId(text)) {
      return &ontology_.edge_type(*id);
    }
    std::vector<std::string> names;
    for (const v1::EdgeType& type : ontology_.proto().edge_types()) names.push_back(type.name());
    const std::vector<std::string> nearest = NearestNames(text, names, 1);
    Report(name,
           absl::StrCat("`", Printable(text), "` is not an edge type of the ontology",
                        nearest.empty() ? "" : absl::StrCat("; did you mean `", nearest[0], "`?")));
    return nullptr;
  }

  const OntologyIndex& ontology_;
  std::vector<RuleProblem>* problems_;
  const Node* node_ = nullptr;
  bool good_ = true;
};

}  // namespace

std::optional<Rule> ParseRule(const OntologyIndex& ontology, const Node& node,
                              std::vector<RuleProblem>* problems) {
  return RuleParser(ontology, problems).Parse(node);
}

}  // namespace attlas::graph
