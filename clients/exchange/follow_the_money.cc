// FollowTheMoney entities (followthemoney.tech), one JSON object a line.
//
// Every node is an entity of the schema nearest to its type, and every statement one of its own: a
// Membership, a Documentation or a ProjectParticipant where it is one, otherwise an UnknownLink
// whose role is the type of the statement. Types that the tables below do not know are Notes and
// UnknownLinks, so that an ontology that grows is exported too.
//
// Ids are names with a dot in place of the slash (`states.IDN`); `recordId` of a statement holds
// its name. `endDate` is the first date on which a statement no longer holds. Sources stand in
// `proof`.
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/exchange/json_value.h"
#include "clients/exchange/stream_writer.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/ingest/cell.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::exchange {
namespace {

using graph::ToAbsl;

struct NodeSchema {
  std::string_view type;
  std::string_view schema;
};

// A rule is cited as sources are, and what is cited must be a Document.
constexpr NodeSchema kNodeSchemata[] = {
    {"state", "PublicBody"},         {"economy", "LegalEntity"}, {"territory", "LegalEntity"},
    {"armed_group", "Organization"}, {"grouping", "Territory"},  {"organization", "Organization"},
    {"agency", "PublicBody"},        {"role", "Position"},       {"instrument", "Document"},
    {"provision", "Document"},       {"evidence", "Document"},   {"dataset", "Document"},
    {"source", "Document"},          {"rule", "Document"},       {"event", "Event"},
    {"activity", "Project"},
};
constexpr std::string_view kOtherNodes = "Note";

struct EdgeSchema {
  std::string_view type;
  std::string_view schema;
  std::string_view from;  // The property that holds the node that the statement is about.
  std::string_view to;
  std::string_view to_schema = {};  // Only where it points to an entity of this schema.
};

constexpr EdgeSchema kEdgeSchemata[] = {
    {"MEMBER_OF", "Membership", "member", "organization"},
    {"ADDRESSES", "Documentation", "document", "entity"},
    {"EVIDENCE_ON", "Documentation", "document", "entity"},
    {"ATTENDED", "ProjectParticipant", "participant", "project", "Project"},
};
constexpr EdgeSchema kOtherEdges = {{}, "UnknownLink", "subject", "object"};

// Which property of a node says which property of an entity.
struct PropertyRule {
  std::string_view schema;  // Empty for every schema.
  std::string_view from;
  std::string_view to;
};

constexpr PropertyRule kPropertyRules[] = {
    {"", "url", "sourceUrl"},
    {"", "publisher", "publisher"},
    {"", "official_name", "alias"},
    {"", "description", "description"},
    {"", "paraphrase", "description"},
    {"", "statement", "description"},
    {"", "claim", "description"},
    {"", "purpose", "description"},
    {"", "text", "description"},
    {"", "definition_note", "description"},
    {"", "note", "notes"},
    {"", "explanation", "notes"},
    {"Document", "full_title", "title"},
    {"Document", "adopted", "publishedAt"},
    {"Document", "date", "publishedAt"},
    {"Document", "published", "publishedAt"},
    {"Event", "start_date", "startDate"},
    {"Event", "end_date", "endDate"},
    {"Event", "city", "location"},
    {"Project", "start_date", "startDate"},
    {"Project", "end_date", "endDate"},
};

std::string_view SchemaOfType(std::string_view type) {
  for (const NodeSchema& known : kNodeSchemata) {
    if (known.type == type) return known.schema;
  }
  return kOtherNodes;
}

std::string IdOf(const std::string& name) { return absl::StrReplaceAll(name, {{"/", "."}}); }

class Entity {
 public:
  Entity(const std::string& name, std::string_view schema) : entity_(JsonValue::Object()) {
    entity_.Set("id", JsonValue::Text(IdOf(name)));
    entity_.Set("schema", JsonValue::Text(schema));
  }

  // Says each value once: an official name may be an alias as well.
  void Say(std::string_view property, std::string_view value) {
    if (value.empty() || !said_.emplace(property, value).second) return;
    properties_.AddTo(std::string(property), JsonValue::Text(value));
  }

  // Sources, and how sure and how shareable a node or statement is.
  template <typename Statement>
  void SayWhence(const Statement& statement) {
    for (const graph::Citation& citation : statement.citations()) {
      Say("proof", IdOf(citation.source()));
      Say("retrievedAt", graph::FormatDate(citation.retrieved()));
    }
    std::string note =
        absl::StrCat("Marking: ", ToAbsl(graph::TrafficLightName(
                                      graph::EffectiveLevel(statement.marking().traffic_light()))));
    if (!statement.citations().empty()) {
      absl::StrAppend(&note, ". Confidence: ",
                      ToAbsl(graph::ConfidenceName(graph::BestConfidence(statement.citations()))));
    }
    Say("summary", note);
  }

  std::string Format() {
    entity_.Set("properties", std::move(properties_));
    return entity_.Format();
  }

 private:
  JsonValue entity_;
  JsonValue properties_ = JsonValue::Object();
  std::set<std::pair<std::string, std::string>> said_;
};

class FollowTheMoneyWriter : public StreamWriter {
 public:
  explicit FollowTheMoneyWriter(Sink* sink) : StreamWriter(sink) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView&) override {
    ontology_ = &ontology;
    return absl::OkStatus();
  }

  absl::Status AddNode(const graph::Node& node) override {
    const std::string_view schema = SchemaOfType(node.type());
    Entity entity(node.name(), schema);
    entity.Say("name", node.display_name().empty() ? node.name() : node.display_name());
    for (const std::string& alias : node.aliases()) entity.Say("alias", alias);
    if (schema == "Document") entity.Say("fileName", IdOf(node.name()));
    for (const PropertyRule& rule : kPropertyRules) {
      if (!rule.schema.empty() && rule.schema != schema) continue;
      const graph::Value* value = graph::FindProperty(node.properties(), rule.from);
      if (value != nullptr) entity.Say(rule.to, graph::FormatValue(*value));
    }
    entity.Say("country", CountryOf(node));
    entity.SayWhence(node);
    absl::StrAppend(&text(), entity.Format(), "\n");
    return FlushIfLarge();
  }

  absl::Status AddEdge(const graph::Edge& edge) override {
    const EdgeSchema& schema = SchemaOf(edge);
    Entity entity(edge.name(), schema.schema);
    entity.Say(schema.from, IdOf(edge.from()));
    entity.Say(schema.to, IdOf(edge.to()));
    entity.Say("role", edge.type());
    entity.Say("status", edge.qualifier());
    entity.Say("recordId", edge.name());
    entity.Say("startDate", graph::FormatDate(edge.valid_from()));
    entity.Say("endDate", graph::FormatDate(edge.valid_to()));
    for (const graph::Property& property : edge.properties()) {
      entity.Say("description",
                 absl::StrCat(property.name(), ": ", graph::FormatValue(property.value())));
    }
    entity.SayWhence(edge);
    absl::StrAppend(&text(), entity.Format(), "\n");
    return FlushIfLarge();
  }

  absl::Status Finish() override { return Flush(); }

 private:
  // The code of a state, or of the state that an agency belongs to, where that came before it.
  std::string CountryOf(const graph::Node& node) {
    if (node.type() == "state") {
      const std::string code(graph::TextProperty(node.properties(), "iso2"));
      return countries_[node.name()] = absl::AsciiStrToLower(code);
    }
    const auto found =
        countries_.find(std::string(graph::TextProperty(node.properties(), "state")));
    return found == countries_.end() ? "" : found->second;
  }

  const EdgeSchema& SchemaOf(const graph::Edge& edge) const {
    for (const EdgeSchema& known : kEdgeSchemata) {
      if (known.type != edge.type()) continue;
      if (known.to_schema.empty() || known.to_schema == SchemaOfName(edge.to())) return known;
    }
    return kOtherEdges;
  }

  // The collection in a name tells the type of the node.
  std::string_view SchemaOfName(std::string_view name) const {
    const auto type = ontology_->NodeTypeOfCollection(name.substr(0, name.find('/')));
    return type.has_value() ? SchemaOfType(ontology_->node_type(*type).name()) : kOtherNodes;
  }

  const graph::OntologyIndex* ontology_ = nullptr;
  absl::flat_hash_map<std::string, std::string> countries_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewFollowTheMoneyWriter(Sink* sink) {
  return std::make_unique<FollowTheMoneyWriter>(sink);
}

}  // namespace attlas::exchange
