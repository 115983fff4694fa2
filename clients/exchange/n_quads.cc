// N-Quads: one triple a line, each with the graph of the revision that it is from.
#include <array>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/exchange/rdf_description.h"
#include "clients/exchange/stream_writer.h"
#include "graph/base/escape.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::exchange {
namespace {

using graph::ToAbsl;

// Characters that may not stand in an IRI; they are percent-encoded. Names hold none of them, but a
// base may.
bool IsBarred(char c) {
  return static_cast<unsigned char>(c) <= 0x20 ||
         std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
}

void AppendIri(std::string_view iri, std::string* out) {
  for (const char c : iri) {
    if (IsBarred(c)) {
      absl::StrAppendFormat(out, "%%%02X", static_cast<unsigned char>(c));
    } else {
      *out += c;
    }
  }
}

void AppendLiteral(std::string_view text, std::string* out) {
  *out += '"';
  graph::AppendEscaped(text, out);
  *out += '"';
}

class NQuadsWriter : public StreamWriter {
 public:
  NQuadsWriter(Sink* sink, std::string base) : StreamWriter(sink), base_(std::move(base)) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) override {
    ontology_ = &ontology;
    const RdfDescription graph = DescribeView(view);
    AppendName(graph.subject, &graph_);
    // What is said of the graph stands outside of it.
    Append(graph, "");
    for (const RdfDescription& description : DescribeOntology(ontology.proto())) {
      Append(description, graph_);
    }
    return FlushIfLarge();
  }

  absl::Status AddNode(const graph::Node& node) override { return AddAll(node); }
  absl::Status AddEdge(const graph::Edge& edge) override { return AddAll(edge); }
  absl::Status Finish() override { return Flush(); }

 private:
  template <typename Statement>
  absl::Status AddAll(const Statement& statement) {
    for (const RdfDescription& description : Describe(*ontology_, statement)) {
      Append(description, graph_);
    }
    return FlushIfLarge();
  }

  void AppendName(const RdfName& name, std::string* out) const {
    *out += '<';
    for (const RdfNamespace& space : kRdfNamespaces) {
      if (space.prefix != name.prefix) continue;
      if (space.under_base) AppendIri(base_, out);
      AppendIri(space.iri, out);
    }
    AppendIri(name.local, out);
    *out += '>';
  }

  void Append(const RdfDescription& description, std::string_view graph) {
    std::string subject;
    AppendName(description.subject, &subject);
    for (const RdfStatement& statement : description.statements) {
      absl::StrAppend(&text(), subject, " ");
      AppendName(statement.predicate, &text());
      text() += ' ';
      const RdfObject& object = statement.object;
      if (!object.literal) {
        AppendName(object.name, &text());
      } else {
        AppendLiteral(object.text, &text());
        if (!object.datatype.empty()) {
          text() += "^^";
          AppendName({"xsd", std::string(object.datatype)}, &text());
        }
      }
      absl::StrAppend(&text(), graph.empty() ? "" : " ", ToAbsl(graph), " .\n");
    }
  }

  const std::string base_;
  const graph::OntologyIndex* ontology_ = nullptr;
  std::string graph_;
};

}  // namespace

std::unique_ptr<ExportWriter> NewNQuadsWriter(Sink* sink, const std::string& base_iri) {
  return std::make_unique<NQuadsWriter>(sink, base_iri);
}

}  // namespace attlas::exchange
