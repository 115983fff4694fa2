// attlas data export: writes what a daemon serves as a dataset.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {
namespace {

using graph::v1::ExportRequest;
using graph::v1::ExportResponse;
using graph::v1::GraphService;

struct Arguments {
  std::string directory;
  bool include_derived = false;
};

class Collector {
 public:
  explicit Collector(bool include_derived) : include_derived_(include_derived) {}

  absl::Status Take(ExportResponse& batch) {
    if (batch.has_ontology()) {
      ATTLAS_ASSIGN_OR_RETURN(dataset_.ontology,
                              graph::OntologyIndex::Create(std::move(*batch.mutable_ontology())));
    }
    for (graph::Node& node : *batch.mutable_nodes()) dataset_.nodes.push_back(std::move(node));
    for (graph::Edge& edge : *batch.mutable_edges()) {
      if (!include_derived_ && graph::IsDerived(edge)) continue;
      dataset_.edges.push_back(std::move(edge));
    }
    return absl::OkStatus();
  }

  const graph::Dataset& dataset() const { return dataset_; }

 private:
  const bool include_derived_;
  graph::Dataset dataset_;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  const Connection& connection = session.connection();
  const auto stub = GraphService::NewStub(connection.channel());
  grpc::ClientContext context;
  connection.Prepare(&context);
  ExportRequest request;
  *request.mutable_read() = session.read();
  const auto reader = stub->Export(&context, request);
  Collector collector(arguments.include_derived);
  ExportResponse batch;
  absl::Status taken;
  while (taken.ok() && reader->Read(&batch)) taken = collector.Take(batch);
  if (!taken.ok()) context.TryCancel();
  const absl::Status called = connection.Check(reader->Finish());
  ATTLAS_RETURN_IF_ERROR(taken);
  ATTLAS_RETURN_IF_ERROR(called);
  const graph::Dataset& dataset = collector.dataset();
  if (dataset.ontology == nullptr) {
    return absl::InternalError("the daemon sent no ontology; nothing was written");
  }
  ATTLAS_RETURN_IF_ERROR(graph::WriteDataset(dataset, arguments.directory));
  session.console().Note(absl::StrCat("wrote ", dataset.nodes.size(), " nodes and ",
                                      dataset.edges.size(), " statements to ",
                                      arguments.directory));
  return absl::OkStatus();
}

}  // namespace

void AddDataExportCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      data->add_subcommand("export", "Writes what a daemon serves as a dataset of CSV files");
  command->add_option("directory", arguments->directory, "Where to write; made where it is missing")
      ->required();
  command->add_flag("--include-derived", arguments->include_derived,
                    "Also write what rules derived; a load derives it again by itself");
  program->AddReadOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Run(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

}  // namespace attlas::cli
