// Checks of the ontology itself.

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "graph/ontology/ontology_tables.h"

namespace attlas::graph {
namespace {

constexpr int kMaxEdgeTypes = 4096;

// How each kind of name is written.
struct NameForm {
  const char* pattern;
  const char* description;
};
constexpr NameForm kLowerWords = {"[a-z][a-z0-9]*(_[a-z0-9]+)*",
                                  "lower-case words joined by underscores"};
constexpr NameForm kUpperWords = {"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*",
                                  "upper-case words joined by underscores"};
constexpr NameForm kCollection = {"[a-z][a-z0-9]*(-[a-z0-9]+)*",
                                  "lower-case words joined by hyphens"};
constexpr NameForm kTermId = {"[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens"};

class SchemaChecker {
 public:
  SchemaChecker(const v1::Ontology& ontology, std::vector<FieldViolation>* violations)
      : ontology_(ontology), report_("", violations) {}

  void Check() {
    if (ontology_.version() < 1) {
      report_.Add("version", absl::StrCat("the version is ", ontology_.version(),
                                          "; start with 1 and raise it with every change"));
    }
    for (const v1::NodeType& type : ontology_.node_types()) node_types_.insert(type.name());
    for (const v1::Taxonomy& taxonomy : ontology_.taxonomies()) taxonomies_.insert(taxonomy.name());
    CheckNodeTypes();
    CheckEdgeTypes();
    CheckTaxonomies();
  }

 private:
  using Names = absl::flat_hash_map<std::string, std::string>;

  // Checks a name's form, and that `seen` holds it only once.
  void CheckName(const std::string& name, const NameForm& form, const std::string& field,
                 Names* seen) {
    if (!RE2::FullMatch(name, form.pattern)) {
      report_.Add(field, absl::StrCat(Quoted(name), " is malformed; write ", form.description));
      return;
    }
    const auto [first, is_new] = seen->emplace(name, field);
    if (!is_new) {
      report_.Add(field, absl::StrCat(Quoted(name), " is given twice, first at ", first->second,
                                      "; each name may be given once"));
    }
  }

  void CheckNodeTypes() {
    Names names;
    Names collections;
    for (int i = 0; i < ontology_.node_types_size(); ++i) {
      const v1::NodeType& type = ontology_.node_types(i);
      const std::string field = absl::StrCat("node_types[", i, "]");
      CheckName(type.name(), kLowerWords, field + ".name", &names);
      CheckName(type.collection(), kCollection, field + ".collection", &collections);
      if (type.collection() == "edges") {
        report_.Add(field + ".collection", "`edges` is the collection of edges; choose another");
      }
      CheckIdPattern(type.id_pattern(), field + ".id_pattern");
      CheckProperties(type.properties(), field);
    }
  }

  void CheckIdPattern(const std::string& pattern, const std::string& field) {
    const RE2 compiled(pattern, RE2::Quiet);
    if (compiled.ok()) return;
    report_.Add(field, absl::StrCat(Quoted(pattern),
                                    " is not a regular expression (RE2): ", compiled.error()));
  }

  void CheckEdgeTypes() {
    if (ontology_.edge_types_size() > kMaxEdgeTypes) {
      report_.Add("edge_types",
                  absl::StrCat("there are ", ontology_.edge_types_size(), " edge types; at most ",
                               kMaxEdgeTypes, " are allowed"));
    }
    Names names;
    for (int i = 0; i < ontology_.edge_types_size(); ++i) {
      const v1::EdgeType& type = ontology_.edge_types(i);
      const std::string field = absl::StrCat("edge_types[", i, "]");
      CheckName(type.name(), kUpperWords, field + ".name", &names);
      CheckEnds(type.from_types(), field + ".from_types");
      CheckEnds(type.to_types(), field + ".to_types");
      CheckProperties(type.properties(), field);
      if (type.max_per_from() < 0) {
        report_.Add(field + ".max_per_from",
                    absl::StrCat(type.max_per_from(), " is negative; 0 sets no limit"));
      }
      const std::string& sentence = type.sentence();
      if (!sentence.empty() &&
          !(absl::StrContains(sentence, "{from}") && absl::StrContains(sentence, "{to}"))) {
        report_.Add(field + ".sentence",
                    absl::StrCat(Quoted(sentence), " must hold both {from} and {to}"));
      }
    }
  }

  void CheckEnds(const google::protobuf::RepeatedPtrField<std::string>& types,
                 const std::string& field) {
    if (types.empty()) {
      report_.Add(field, "is empty; name at least one node type");
    }
    Names seen;
    for (int i = 0; i < types.size(); ++i) {
      const std::string element = absl::StrCat(field, "[", i, "]");
      if (!node_types_.contains(types[i])) {
        report_.Add(element, absl::StrCat(Quoted(types[i]), " is not a node type",
                                          Suggestion(types[i], NamesOf(ontology_.node_types()))));
      } else {
        CheckName(types[i], kLowerWords, element, &seen);
      }
    }
  }

  void CheckProperties(const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties,
                       const std::string& owner) {
    Names names;
    for (int i = 0; i < properties.size(); ++i) {
      const std::string field = absl::StrCat(owner, ".properties[", i, "]");
      CheckName(properties[i].name(), kLowerWords, field + ".name", &names);
      CheckPropertyType(properties[i], field);
    }
  }

  void CheckPropertyType(const v1::PropertyType& property, const std::string& field) {
    const v1::PropertyKind kind = property.kind();
    if (kind == v1::PROPERTY_KIND_UNSPECIFIED || !v1::PropertyKind_IsValid(kind)) {
      report_.Add(field + ".kind", absl::StrCat("property ", Quoted(property.name()),
                                                " has no kind; give one, such as "
                                                "PROPERTY_KIND_TEXT"));
      return;
    }
    const bool is_term = kind == v1::PROPERTY_KIND_TERM;
    const bool is_number = kind == v1::PROPERTY_KIND_INTEGER || kind == v1::PROPERTY_KIND_DECIMAL;
    if (property.repeated() && !is_term && kind != v1::PROPERTY_KIND_TEXT) {
      report_.Add(field + ".repeated",
                  absl::StrCat("property ", Quoted(property.name()), " is of kind ",
                               PropertyKindName(kind), "; only TEXT and TERM may be repeated"));
    }
    if (property.opaque() && kind != v1::PROPERTY_KIND_TEXT) {
      report_.Add(field + ".opaque",
                  absl::StrCat("property ", Quoted(property.name()), " is of kind ",
                               PropertyKindName(kind), "; only TEXT may be opaque"));
    }
    if (is_term && !taxonomies_.contains(property.taxonomy())) {
      report_.Add(field + ".taxonomy",
                  absl::StrCat(Quoted(property.taxonomy()), " is not a taxonomy",
                               Suggestion(property.taxonomy(), NamesOf(ontology_.taxonomies()))));
    } else if (!is_term && !property.taxonomy().empty()) {
      report_.Add(field + ".taxonomy", absl::StrCat("a property of kind ", PropertyKindName(kind),
                                                    " has no taxonomy; leave it out"));
    }
    if (!is_number && (property.has_minimum() || property.has_maximum())) {
      report_.Add(field + (property.has_minimum() ? ".minimum" : ".maximum"),
                  absl::StrCat("a property of kind ", PropertyKindName(kind),
                               " has no bounds; leave them out"));
    } else if (property.has_minimum() && property.has_maximum() &&
               !(property.minimum() <= property.maximum())) {
      report_.Add(field + ".maximum", absl::StrCat("the maximum ", property.maximum(),
                                                   " is below the minimum ", property.minimum()));
    }
  }

  void CheckTaxonomies() {
    Names names;
    for (int i = 0; i < ontology_.taxonomies_size(); ++i) {
      const std::string field = absl::StrCat("taxonomies[", i, "]");
      CheckName(ontology_.taxonomies(i).name(), kLowerWords, field + ".name", &names);
      CheckTerms(ontology_.taxonomies(i), field);
    }
  }

  void CheckTerms(const v1::Taxonomy& taxonomy, const std::string& owner) {
    Names seen;
    absl::flat_hash_map<std::string, std::string> broader;
    std::vector<std::string> ids;
    for (int i = 0; i < taxonomy.terms_size(); ++i) {
      const v1::Term& term = taxonomy.terms(i);
      CheckName(term.id(), kTermId, absl::StrCat(owner, ".terms[", i, "].id"), &seen);
      broader.emplace(term.id(), term.broader());
      ids.push_back(term.id());
    }
    for (int i = 0; i < taxonomy.terms_size(); ++i) {
      const v1::Term& term = taxonomy.terms(i);
      const std::string field = absl::StrCat(owner, ".terms[", i, "].broader");
      if (!term.broader().empty() && !broader.contains(term.broader())) {
        report_.Add(field, absl::StrCat(Quoted(term.broader()), " is not a term of taxonomy ",
                                        Quoted(taxonomy.name()), Suggestion(term.broader(), ids)));
      } else if (LiesWithinItself(term.id(), broader)) {
        report_.Add(field, absl::StrCat("term ", Quoted(term.id()),
                                        " lies within itself; break the cycle of broader terms"));
      }
    }
  }

  static bool LiesWithinItself(const std::string& id,
                               const absl::flat_hash_map<std::string, std::string>& broader) {
    absl::flat_hash_set<std::string> passed;
    auto found = broader.find(id);
    while (found != broader.end() && !found->second.empty()) {
      if (found->second == id) return true;
      if (!passed.insert(found->second).second) return false;
      found = broader.find(found->second);
    }
    return false;
  }

  const v1::Ontology& ontology_;
  ViolationReport report_;
  absl::flat_hash_set<std::string> node_types_;
  absl::flat_hash_set<std::string> taxonomies_;
};

}  // namespace

void CheckSchema(const v1::Ontology& ontology, std::vector<FieldViolation>* violations) {
  SchemaChecker(ontology, violations).Check();
}

}  // namespace attlas::graph
