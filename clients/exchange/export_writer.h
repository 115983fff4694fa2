// Writes one revision of the graph in a form that other tools read.
//
// What: one class a format. A writer is given the ontology, then every node, then every edge, each
// once, and keeps no more of them than its format needs, so that a graph of any size passes
// through. When not: to copy a store with its history; this is one revision as one caller sees it.
// Threads: thread-compatible.
//
// Example:
//   FileSink file("att.graphml");
//   std::unique_ptr<ExportWriter> writer = NewGraphmlWriter(&file);
//   ATTLAS_RETURN_IF_ERROR(writer->Begin(*ontology, view));
//   for (const Node& node : nodes) ATTLAS_RETURN_IF_ERROR(writer->AddNode(node));
//   for (const Edge& edge : edges) ATTLAS_RETURN_IF_ERROR(writer->AddEdge(edge));
//   ATTLAS_RETURN_IF_ERROR(writer->Finish());
//   ATTLAS_RETURN_IF_ERROR(file.Publish());
#ifndef ATTLAS_CLIENTS_EXCHANGE_EXPORT_WRITER_H_
#define ATTLAS_CLIENTS_EXCHANGE_EXPORT_WRITER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "clients/exchange/sink.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {

// What is exported. Every format says it in its own way.
struct ExportedView {
  std::string revision;         // As its store names it.
  graph::v1::ReadOptions read;  // The date and the confidence that were asked for.
};

class ExportWriter {
 public:
  virtual ~ExportWriter() = default;

  // To be called first. `ontology` must outlive the writer.
  virtual absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) = 0;
  virtual absl::Status AddNode(const graph::Node& node) = 0;
  // No node may come after the first edge.
  virtual absl::Status AddEdge(const graph::Edge& edge) = 0;
  // To be called last. What was written is whole after that.
  virtual absl::Status Finish() = 0;
};

// JSON Lines: attlas.exchange.v1.Line.
std::unique_ptr<ExportWriter> NewJsonLinesWriter(Sink* sink);

// GraphML (graphml.graphdrawing.org) of a directed graph with parallel edges.
std::unique_ptr<ExportWriter> NewGraphmlWriter(Sink* sink);

// RDF with provenance in PROV-O, every statement reified; rdf_description.h says how. All names
// begin with `base_iri`.
std::unique_ptr<ExportWriter> NewNQuadsWriter(Sink* sink, const std::string& base_iri);
std::unique_ptr<ExportWriter> NewJsonLdWriter(Sink* sink, const std::string& base_iri);

// FollowTheMoney entities, one JSON object a line.
std::unique_ptr<ExportWriter> NewFollowTheMoneyWriter(Sink* sink);

// A Frictionless data package of CSV tables in `directory`, which must be there and empty.
std::unique_ptr<ExportWriter> NewCsvPackageWriter(const std::string& directory);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_EXPORT_WRITER_H_
