// JSON-LD 1.1: one named graph, one resource a line, with the prefixes of its names as context.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/exchange/json_value.h"
#include "clients/exchange/rdf_description.h"
#include "clients/exchange/stream_writer.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::exchange {
namespace {

using graph::ToAbsl;

std::string Compact(const RdfName& name) {
  return absl::StrCat(ToAbsl(name.prefix), ":", name.local);
}

JsonValue ObjectOf(const RdfObject& object) {
  if (!object.literal) {
    JsonValue reference = JsonValue::Object();
    reference.Set("@id", JsonValue::Text(Compact(object.name)));
    return reference;
  }
  if (object.datatype.empty()) return JsonValue::Text(object.text);
  JsonValue literal = JsonValue::Object();
  literal.Set("@value", JsonValue::Text(object.text));
  literal.Set("@type", JsonValue::Text(absl::StrCat("xsd:", ToAbsl(object.datatype))));
  return literal;
}

JsonValue ResourceOf(const RdfDescription& description) {
  JsonValue resource = JsonValue::Object();
  resource.Set("@id", JsonValue::Text(Compact(description.subject)));
  for (const RdfStatement& statement : description.statements) {
    const bool is_type = statement.predicate.prefix == "rdf" && statement.predicate.local == "type";
    if (is_type) {
      resource.AddTo("@type", JsonValue::Text(Compact(statement.object.name)));
    } else {
      resource.AddTo(Compact(statement.predicate), ObjectOf(statement.object));
    }
  }
  return resource;
}

class JsonLdWriter : public StreamWriter {
 public:
  JsonLdWriter(Sink* sink, std::string base) : StreamWriter(sink), base_(std::move(base)) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) override {
    ontology_ = &ontology;
    JsonValue context = JsonValue::Object();
    for (const RdfNamespace& space : kRdfNamespaces) {
      const std::string iri = absl::StrCat(space.under_base ? base_ : "", ToAbsl(space.iri));
      // So that a prefix counts as one whatever its last character is.
      JsonValue prefix = JsonValue::Object();
      prefix.Set("@id", JsonValue::Text(iri));
      prefix.Set("@prefix", JsonValue::Boolean(true));
      context.Set(std::string(space.prefix), std::move(prefix));
    }
    JsonValue head = ResourceOf(DescribeView(view));
    // The members of the graph's own description, after the context and before its content.
    const std::string members = head.Format();
    absl::StrAppend(&text(), "{\"@context\":", context.Format(), ",\n",
                    members.substr(1, members.size() - 2), ",\n\"@graph\":[\n");
    for (const RdfDescription& description : DescribeOntology(ontology.proto())) {
      Append(description);
    }
    return FlushIfLarge();
  }

  absl::Status AddNode(const graph::Node& node) override { return AddAll(node); }
  absl::Status AddEdge(const graph::Edge& edge) override { return AddAll(edge); }

  absl::Status Finish() override {
    text() += "\n]}\n";
    return Flush();
  }

 private:
  template <typename Statement>
  absl::Status AddAll(const Statement& statement) {
    for (const RdfDescription& description : Describe(*ontology_, statement)) Append(description);
    return FlushIfLarge();
  }

  void Append(const RdfDescription& description) {
    absl::StrAppend(&text(), std::exchange(separator_, ",\n"), ResourceOf(description).Format());
  }

  const std::string base_;
  const graph::OntologyIndex* ontology_ = nullptr;
  const char* separator_ = "";
};

}  // namespace

std::unique_ptr<ExportWriter> NewJsonLdWriter(Sink* sink, const std::string& base_iri) {
  return std::make_unique<JsonLdWriter>(sink, base_iri);
}

}  // namespace attlas::exchange
