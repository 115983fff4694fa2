#include "services/search/gather.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "services/access/sha256.h"
#include "services/domain/scope.h"

namespace attlas::search {
namespace {

using graph::Edge;
using graph::Node;
using graph::v1::PropertyType;

constexpr std::string_view kThemeTypes[] = {"theme", "concern_theme"};
constexpr std::string_view kYearProperty = "year";
// How many bytes of names and etags are hashed at once.
constexpr size_t kHashBytes = size_t{1} << 20;

bool IsThemeType(std::string_view type) {
  return std::find(std::begin(kThemeTypes), std::end(kThemeTypes), type) != std::end(kThemeTypes);
}

// Whether it holds words for people.
bool IsReadable(const PropertyType& property) {
  return property.kind() == graph::v1::PROPERTY_KIND_TEXT && !property.opaque();
}

// Whether a statement of this type always says something in words of its own.
bool RequiresText(const graph::v1::EdgeType& type) {
  return std::any_of(type.properties().begin(), type.properties().end(), [](const auto& property) {
    return property.required() && IsReadable(property);
  });
}

bool PointsToThemes(const graph::v1::EdgeType& type) {
  return std::any_of(type.to_types().begin(), type.to_types().end(),
                     [](const std::string& to) { return IsThemeType(to); });
}

// The ontology, as far as it says what to search.
class Schema {
 public:
  explicit Schema(graph::v1::Ontology ontology) : ontology_(std::move(ontology)) {
    for (const auto& type : ontology_.node_types()) node_types_[type.name()] = &type;
    for (const auto& type : ontology_.edge_types()) edge_types_[type.name()] = &type;
    for (const auto& taxonomy : ontology_.taxonomies()) {
      for (const auto& term : taxonomy.terms()) {
        terms_[absl::StrCat(taxonomy.name(), "/", term.id())] = &term.display_name();
      }
    }
  }

  // The types of documents: all of nodes, some of edges.
  std::vector<std::string> DocumentTypes() const {
    std::vector<std::string> types;
    for (const auto& type : ontology_.node_types()) types.push_back(type.name());
    for (const auto& type : ontology_.edge_types()) {
      if (RequiresText(type)) types.push_back(type.name());
    }
    return types;
  }

  // The types that hold what documents are made of.
  void AddTypes(graph::v1::ExportRequest* request) const {
    for (const auto& type : ontology_.node_types()) request->add_types(type.name());
    for (const auto& type : ontology_.edge_types()) {
      if (RequiresText(type) || PointsToThemes(type)) request->add_types(type.name());
    }
  }

  // What documents look like changes with the ontology.
  std::string Version() const { return absl::StrCat("ontology ", ontology_.version(), "\n"); }

  using Properties = google::protobuf::RepeatedPtrField<PropertyType>;
  // The properties of a type; none for one that came with a later ontology.
  const Properties& PropertiesOf(const Node& node) const { return Find(node_types_, node.type()); }
  const Properties& PropertiesOf(const Edge& edge) const { return Find(edge_types_, edge.type()); }
  bool IsSearched(const Edge& edge) const {
    const auto found = edge_types_.find(edge.type());
    return found != edge_types_.end() && RequiresText(*found->second);
  }
  // The name that people read of a term, or its id.
  const std::string& TermName(const std::string& taxonomy, const std::string& term) const {
    const auto found = terms_.find(absl::StrCat(taxonomy, "/", term));
    return found == terms_.end() || found->second->empty() ? term : *found->second;
  }

 private:
  template <typename Types>
  static const Properties& Find(const Types& types, const std::string& name) {
    static const Properties* const none = new Properties();
    const auto found = types.find(name);
    return found == types.end() ? *none : found->second->properties();
  }

  const graph::v1::Ontology ontology_;
  absl::flat_hash_map<std::string, const graph::v1::NodeType*> node_types_;
  absl::flat_hash_map<std::string, const graph::v1::EdgeType*> edge_types_;
  absl::flat_hash_map<std::string, const std::string*> terms_;
};

// Makes documents of nodes and edges.
class Gatherer {
 public:
  Gatherer(const Schema& schema, size_t max_documents)
      : schema_(schema), max_documents_(max_documents), unhashed_(schema.Version()) {}

  // Whether there is room for more.
  bool Take(graph::v1::ExportResponse&& part) {
    for (Node& node : *part.mutable_nodes()) {
      if (!Note(node)) return false;
      display_names_.emplace(node.name(), node.display_name());
      nodes_.push_back(std::move(node));
    }
    for (Edge& edge : *part.mutable_edges()) {
      if (!Note(edge)) return false;
      edges_.push_back(std::move(edge));
    }
    return true;
  }

  Gathered Finish() && {
    Gathered gathered;
    gathered.types = schema_.DocumentTypes();
    gathered.truncated = truncated_;
    gathered.documents.reserve(nodes_.size());
    absl::flat_hash_map<std::string, size_t> positions;
    std::sort(nodes_.begin(), nodes_.end(),
              [](const Node& a, const Node& b) { return a.name() < b.name(); });
    std::sort(edges_.begin(), edges_.end(),
              [](const Edge& a, const Edge& b) { return a.name() < b.name(); });
    for (const Node& node : nodes_) {
      positions.emplace(node.name(), gathered.documents.size());
      if (IsThemeType(node.type())) {
        gathered.themes.push_back({node.name(), node.display_name()});
      }
      gathered.documents.push_back(DocumentOf(node));
    }
    for (const Edge& edge : edges_) AddThemes(edge, positions, &gathered.documents);
    for (const Edge& edge : edges_) {
      if (schema_.IsSearched(edge)) gathered.documents.push_back(DocumentOf(edge));
    }
    Hash();
    gathered.fingerprint = std::move(hash_);
    return gathered;
  }

 private:
  // Counts it and takes it into the fingerprint: an etag changes with whatever changes.
  template <typename Record>
  bool Note(const Record& record) {
    if (nodes_.size() + edges_.size() >= max_documents_) {
      truncated_ = true;
      return false;
    }
    absl::StrAppend(&unhashed_, record.name(), " ", record.etag(), "\n");
    if (unhashed_.size() > kHashBytes) Hash();
    return true;
  }
  void Hash() {
    hash_ = services::Sha256(hash_ + unhashed_);
    unhashed_.clear();
  }

  NamedEntity Named(const std::string& name) const {
    const auto found = display_names_.find(name);
    return {name, found == display_names_.end() ? "" : found->second};
  }

  Document DocumentOf(const Node& node) const {
    Document document;
    document.name = node.name();
    document.type = node.type();
    document.title = node.display_name();
    document.aliases.assign(node.aliases().begin(), node.aliases().end());
    document.marking = node.marking();
    AddProperties(schema_.PropertiesOf(node), node, &document);
    return document;
  }

  Document DocumentOf(const Edge& edge) const {
    Document document;
    document.name = edge.name();
    document.type = edge.type();
    document.is_statement = true;
    document.statement = edge;
    document.from = Named(edge.from());
    document.to = Named(edge.to());
    document.words = {document.from.display_name, document.to.display_name};
    document.marking = edge.marking();
    document.valid_from = domain::StartDay(edge);
    document.valid_to = domain::EndDay(edge);
    document.confidence = graph::BestConfidence(edge.citations());
    if (edge.has_valid_from()) document.year = edge.valid_from().year();
    AddProperties(schema_.PropertiesOf(edge), edge, &document);
    return document;
  }

  template <typename Record>
  void AddProperties(const Schema::Properties& types, const Record& record,
                     Document* document) const {
    for (const PropertyType& type : types) {
      const graph::Value* value = graph::FindProperty(record.properties(), type.name());
      if (value != nullptr) AddProperty(type, *value, document);
    }
  }

  void AddProperty(const PropertyType& type, const graph::Value& value, Document* document) const {
    switch (type.kind()) {
      case graph::v1::PROPERTY_KIND_TEXT:
        if (!IsReadable(type)) break;
        AddText(type, value.text(), document);
        for (const std::string& text : value.texts().values()) AddText(type, text, document);
        break;
      case graph::v1::PROPERTY_KIND_TERM:
        AddTerm(type, value.text(), document);
        for (const std::string& term : value.texts().values()) AddTerm(type, term, document);
        break;
      case graph::v1::PROPERTY_KIND_DATE:
        document->words.push_back(absl::StrCat(value.date().year()));
        if (!document->year.has_value()) document->year = value.date().year();
        break;
      case graph::v1::PROPERTY_KIND_INTEGER:
        if (type.name() != kYearProperty) break;
        document->words.push_back(absl::StrCat(value.integer()));
        if (!document->year.has_value()) document->year = static_cast<int32_t>(value.integer());
        break;
      default:
        break;  // Addresses, other numbers and truth values are nothing to look for.
    }
  }

  // A text that names a node stands for the name that people read.
  void AddText(const PropertyType& type, const std::string& text, Document* document) const {
    if (text.empty()) return;
    if (text.size() <= graph::kMaxNameBytes && graph::ParseResourceName(text).ok()) {
      document->words.push_back(Named(text).display_name);
      return;
    }
    document->texts.push_back({type.name(), text});
  }
  void AddTerm(const PropertyType& type, const std::string& term, Document* document) const {
    if (!term.empty()) document->words.push_back(schema_.TermName(type.taxonomy(), term));
  }

  // What a statement towards a theme is about, it itself included where it is searched.
  void AddThemes(const Edge& edge, const absl::flat_hash_map<std::string, size_t>& positions,
                 std::vector<Document>* documents) const {
    const auto to = positions.find(edge.to());
    const auto from = positions.find(edge.from());
    if (to == positions.end() || from == positions.end()) return;
    if (!IsThemeType((*documents)[to->second].type)) return;
    (*documents)[from->second].themes.push_back({Named(edge.to()),
                                                 graph::BestConfidence(edge.citations()),
                                                 domain::StartDay(edge), domain::EndDay(edge)});
  }

  const Schema& schema_;
  const size_t max_documents_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  absl::flat_hash_map<std::string, std::string> display_names_;
  std::string unhashed_;
  std::string hash_;
  bool truncated_ = false;
};

}  // namespace

absl::StatusOr<Gathered> GatherDocuments(services::GraphApi* graph,
                                         const services::CallContext& context,
                                         const graph::v1::ReadOptions& read, size_t max_documents) {
  graph::v1::GetOntologyRequest ask;
  *ask.mutable_read() = read;
  ATTLAS_ASSIGN_OR_RETURN(graph::v1::GetOntologyResponse answer, graph->GetOntology(context, ask));
  const Schema schema(std::move(*answer.mutable_ontology()));
  graph::v1::ExportRequest request;
  *request.mutable_read() = read;
  request.mutable_read()->set_at_revision(answer.revision());
  schema.AddTypes(&request);
  Gatherer gatherer(schema, max_documents);
  ATTLAS_RETURN_IF_ERROR(graph->Export(
      context, request,
      [&gatherer](graph::v1::ExportResponse&& part) { return gatherer.Take(std::move(part)); }));
  return std::move(gatherer).Finish();
}

}  // namespace attlas::search
