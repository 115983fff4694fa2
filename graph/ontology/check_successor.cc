// Checks that one ontology may replace another: what is stored must stay valid and readable.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/ontology/ontology_tables.h"

namespace attlas::graph {
namespace {

using google::protobuf::RepeatedPtrField;

template <typename Message>
const Message* FindByName(const RepeatedPtrField<Message>& messages, const std::string& name) {
  for (const Message& message : messages) {
    if (message.name() == name) return &message;
  }
  return nullptr;
}

class SuccessorChecker {
 public:
  SuccessorChecker(const v1::Ontology& before, const v1::Ontology& after,
                   std::vector<FieldViolation>* violations)
      : before_(before), after_(after), report_("", violations) {}

  void Check() {
    if (after_.version() <= before_.version()) {
      report_.Add("version", absl::StrCat("the version ", after_.version(),
                                          " is not above the stored version ", before_.version(),
                                          "; raise it"));
    }
    CheckOrder(before_.node_types(), after_.node_types(), "node_types");
    CheckOrder(before_.edge_types(), after_.edge_types(), "edge_types");
    for (const v1::NodeType& type : before_.node_types()) {
      if (const auto* next = FindByName(after_.node_types(), type.name())) {
        CheckNodeType(type, *next);
      }
    }
    for (const v1::EdgeType& type : before_.edge_types()) {
      if (const auto* next = FindByName(after_.edge_types(), type.name())) {
        CheckEdgeType(type, *next);
      }
    }
    for (const v1::Taxonomy& taxonomy : before_.taxonomies()) CheckTaxonomy(taxonomy);
  }

 private:
  // Types are stored by their position, so that a list may only grow at its end.
  template <typename Type>
  void CheckOrder(const RepeatedPtrField<Type>& before, const RepeatedPtrField<Type>& after,
                  const std::string& list) {
    for (int i = 0; i < before.size(); ++i) {
      const std::string& name = before[i].name();
      if (i < after.size() && after[i].name() == name) continue;
      const std::string field = absl::StrCat(list, "[", i, "]");
      if (FindByName(after, name) == nullptr) {
        report_.Add(field, absl::StrCat(Quoted(name), " was removed or renamed; put it back"));
      } else {
        report_.Add(field, absl::StrCat(Quoted(name),
                                        " was moved; keep the order and add new types at the end"));
      }
    }
  }

  void CheckNodeType(const v1::NodeType& before, const v1::NodeType& after) {
    const std::string owner = absl::StrCat("node type ", Quoted(before.name()));
    const std::string field = absl::StrCat("node_types.", before.name());
    if (before.collection() != after.collection()) {
      report_.Add(field, absl::StrCat("the collection of ", owner, " was changed from ",
                                      Quoted(before.collection()), " to ",
                                      Quoted(after.collection()), "; put it back"));
    }
    if (before.id_pattern() != after.id_pattern()) {
      report_.Add(field, absl::StrCat("the id pattern of ", owner, " was changed from ",
                                      Quoted(before.id_pattern()), " to ",
                                      Quoted(after.id_pattern()), "; put it back"));
    }
    if (before.citation_optional() && !after.citation_optional()) {
      report_.Add(field, absl::StrCat(owner,
                                      " now requires citations, which stored nodes may "
                                      "lack; leave citation_optional on"));
    }
    CheckProperties(before.properties(), after.properties(), owner, field);
  }

  void CheckEdgeType(const v1::EdgeType& before, const v1::EdgeType& after) {
    const std::string owner = absl::StrCat("edge type ", Quoted(before.name()));
    const std::string field = absl::StrCat("edge_types.", before.name());
    CheckEnds(before.from_types(), after.from_types(), owner + " may start from", field);
    CheckEnds(before.to_types(), after.to_types(), owner + " may point to", field);
    if (before.temporal() && !after.temporal()) {
      report_.Add(field, absl::StrCat(owner,
                                      " no longer carries dates, which stored edges may "
                                      "have; leave temporal on"));
    }
    const int limit = after.max_per_from();
    if (limit != 0 && (before.max_per_from() == 0 || limit < before.max_per_from())) {
      report_.Add(field, absl::StrCat("the limit max_per_from of ", owner, " was lowered to ",
                                      limit, "; stored edges may exceed it"));
    }
    CheckProperties(before.properties(), after.properties(), owner, field);
  }

  void CheckEnds(const RepeatedPtrField<std::string>& before,
                 const RepeatedPtrField<std::string>& after, const std::string& what,
                 const std::string& field) {
    for (const std::string& type : before) {
      if (std::find(after.begin(), after.end(), type) != after.end()) continue;
      report_.Add(field, absl::StrCat("the node type ", Quoted(type), ", which ", what,
                                      ", was removed; put it back"));
    }
  }

  void CheckProperties(const RepeatedPtrField<v1::PropertyType>& before,
                       const RepeatedPtrField<v1::PropertyType>& after, const std::string& owner,
                       const std::string& type_field) {
    for (const v1::PropertyType& property : before) {
      const std::string what = absl::StrCat("property ", Quoted(property.name()), " of ", owner);
      const std::string field = absl::StrCat(type_field, ".", property.name());
      const v1::PropertyType* next = FindByName(after, property.name());
      if (next == nullptr) {
        report_.Add(field, absl::StrCat(what, " was removed or renamed; put it back"));
        continue;
      }
      if (next->kind() != property.kind() || next->repeated() != property.repeated() ||
          next->taxonomy() != property.taxonomy()) {
        report_.Add(field, absl::StrCat(what,
                                        " was retyped; keep its kind, taxonomy and "
                                        "repetition, or add a new property"));
      }
      if (NarrowsBounds(property, *next)) {
        report_.Add(field, absl::StrCat(what,
                                        " has narrower bounds; stored values may lie "
                                        "outside them"));
      }
    }
    for (const v1::PropertyType& property : after) {
      const v1::PropertyType* previous = FindByName(before, property.name());
      if (property.required() && (previous == nullptr || !previous->required())) {
        report_.Add(absl::StrCat(type_field, ".", property.name()),
                    absl::StrCat("property ", Quoted(property.name()), " of ", owner,
                                 " is now required, which stored statements may lack; leave it "
                                 "optional"));
      }
    }
  }

  static bool NarrowsBounds(const v1::PropertyType& before, const v1::PropertyType& after) {
    if (after.has_minimum() && !(before.has_minimum() && before.minimum() >= after.minimum())) {
      return true;
    }
    return after.has_maximum() && !(before.has_maximum() && before.maximum() <= after.maximum());
  }

  void CheckTaxonomy(const v1::Taxonomy& before) {
    const std::string field = absl::StrCat("taxonomies.", before.name());
    const v1::Taxonomy* after = FindByName(after_.taxonomies(), before.name());
    if (after == nullptr) {
      report_.Add(field, absl::StrCat("taxonomy ", Quoted(before.name()),
                                      " was removed or renamed; put it back"));
      return;
    }
    for (const v1::Term& term : before.terms()) {
      const auto same = std::find_if(after->terms().begin(), after->terms().end(),
                                     [&](const v1::Term& t) { return t.id() == term.id(); });
      const std::string what =
          absl::StrCat("term ", Quoted(term.id()), " of taxonomy ", Quoted(before.name()));
      if (same == after->terms().end()) {
        report_.Add(absl::StrCat(field, ".", term.id()),
                    absl::StrCat(what, " was removed or renamed; put it back"));
      } else if (same->broader() != term.broader()) {
        report_.Add(absl::StrCat(field, ".", term.id()),
                    absl::StrCat(what, " was moved from ", Quoted(term.broader()), " to ",
                                 Quoted(same->broader()), "; put it back"));
      }
    }
  }

  const v1::Ontology& before_;
  const v1::Ontology& after_;
  ViolationReport report_;
};

}  // namespace

absl::Status OntologyIndex::CheckSuccessor(const OntologyIndex& next) const {
  std::vector<FieldViolation> violations;
  SuccessorChecker(proto(), next.proto(), &violations).Check();
  if (violations.empty()) return absl::OkStatus();
  const std::string message =
      absl::StrCat("the ontology of version ", next.proto().version(),
                   " cannot replace the stored one of version ", proto().version(), ": ",
                   std::string(InvalidFields(violations).message()));
  ErrorDetail detail;
  detail.reason = "ONTOLOGY_VIOLATION";
  detail.violations = std::move(violations);
  return MakeError(absl::StatusCode::kFailedPrecondition, message, detail);
}

}  // namespace attlas::graph
