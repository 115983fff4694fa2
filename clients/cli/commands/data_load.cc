// attlas data load: puts a dataset into a store or into a running daemon.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/dataset_reading.h"
#include "clients/cli/output/text.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/graph.h"
#include "graph/ingest/derive.h"
#include "graph/ingest/load.h"

namespace attlas::cli {
namespace {

using graph::Dataset;
using graph::v1::GraphService;
using graph::v1::ImportRequest;
using graph::v1::ImportResponse;

constexpr size_t kBatchRows = 500;
constexpr size_t kBatchBytes = size_t{1} << 20;

struct Arguments {
  std::string directory = "data";
  std::string data_dir;
  bool prune = false;
  bool validate_only = false;
};

Document RenderReport(const std::vector<std::pair<std::string, std::string>>& facts) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "What", .key = "what"},
                          {.header = "Count", .key = "count", .right = true, .whole = true}},
              .rows = {}};
  for (const auto& [what, count] : facts) table.rows.push_back({what, count});
  document.Add(std::move(table));
  return document;
}

absl::Status LoadIntoStore(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(Dataset dataset, ReadOrRefuse(arguments.directory, session));
  graph::GraphOptions options;
  options.path = arguments.data_dir;
  options.ontology = dataset.ontology;
  ATTLAS_ASSIGN_OR_RETURN(const std::unique_ptr<graph::Graph> graph, graph::Graph::Open(options));
  absl::StatusOr<graph::LoadReport> report = graph::LoadDataset(
      *graph, std::move(dataset), ProgressOn(&session.console()), {.prune = arguments.prune});
  session.console().EndProgress();
  if (!report.ok()) return report.status();
  // There is no RPC behind this answer; its JSON is made for it.
  const std::vector<std::pair<std::string, std::string>> facts = {
      {"nodes", absl::StrCat(report->nodes)},        {"edges", absl::StrCat(report->edges)},
      {"derived", absl::StrCat(report->derived)},    {"created", absl::StrCat(report->created)},
      {"updated", absl::StrCat(report->updated)},    {"deleted", absl::StrCat(report->deleted)},
      {"unchanged", absl::StrCat(report->unchanged)}};
  google::protobuf::Struct json;
  for (const auto& [what, count] : facts) (*json.mutable_fields())[what].set_string_value(count);
  (*json.mutable_fields())["revision"].set_string_value(graph->RevisionToken(report->revision));
  return session.Show(json, [&] { return RenderReport(facts); });
}

// Sends rows in batches that the server takes; false once it takes no more.
class BatchWriter {
 public:
  BatchWriter(grpc::ClientWriter<ImportRequest>* writer, Console* console, size_t total)
      : writer_(*writer), console_(*console), total_(total) {}

  ImportRequest& batch() { return batch_; }

  bool Added(size_t bytes) {
    ++done_;
    ++rows_;
    bytes_ += bytes;
    return rows_ < kBatchRows && bytes_ < kBatchBytes ? true : Flush();
  }

  // Sends the rest, and how many rows there were: what makes the stream a whole one.
  bool Finish() {
    batch_.set_row_count(static_cast<int64_t>(done_));
    return Flush();
  }

  bool Flush() {
    console_.Progress("sending", done_, total_);
    const bool written = writer_.Write(batch_);
    batch_.Clear();
    rows_ = 0;
    bytes_ = 0;
    return written;
  }

 private:
  grpc::ClientWriter<ImportRequest>& writer_;
  Console& console_;
  const size_t total_;
  ImportRequest batch_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  size_t done_ = 0;
};

// Whether all rows were sent; where not, the status of the call says why.
bool Send(const Dataset& dataset, const std::vector<graph::Edge>& derived, bool validate_only,
          BatchWriter* out) {
  out->batch().set_validate_only(validate_only);
  out->batch().set_reason(graph::kLoadReason);
  for (const graph::Node& node : dataset.nodes) {
    *out->batch().add_nodes() = node;
    if (!out->Added(node.ByteSizeLong())) return false;
  }
  for (const std::vector<graph::Edge>* edges : {&dataset.edges, &derived}) {
    for (const graph::Edge& edge : *edges) {
      *out->batch().add_edges() = edge;
      if (!out->Added(edge.ByteSizeLong())) return false;
    }
  }
  return out->Finish();
}

absl::Status RefuseRows(const ImportResponse& response, Console& console) {
  for (const auto& error : response.row_errors()) {
    console.Note(
        ForTerminal(absl::StrCat(error.name(), ": ", error.field(), ": ", error.message())));
  }
  return absl::FailedPreconditionError(
      absl::StrCat("the daemon refused ", response.row_errors_size(),
                   response.row_errors_size() == 1 ? " row" : " rows", "; nothing was loaded"));
}

absl::Status LoadIntoDaemon(const Arguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const Dataset dataset, ReadOrRefuse(arguments.directory, session));
  const std::vector<graph::Edge> derived =
      graph::DeriveStatements(*dataset.ontology, dataset.nodes, dataset.edges, nullptr);
  const Connection& connection = session.connection();
  const auto stub = GraphService::NewStub(connection.channel());
  grpc::ClientContext context;
  connection.Prepare(&context);
  ImportResponse response;
  const auto writer = stub->Import(&context, &response);
  BatchWriter out(writer.get(), &session.console(),
                  dataset.nodes.size() + dataset.edges.size() + derived.size());
  if (Send(dataset, derived, arguments.validate_only, &out)) writer->WritesDone();
  const grpc::Status status = writer->Finish();
  session.console().EndProgress();
  ATTLAS_RETURN_IF_ERROR(connection.Check(status));
  if (response.row_errors_size() > 0) return RefuseRows(response, session.console());
  return session.Show(response, [&] {
    return RenderReport({{"nodes", absl::StrCat(dataset.nodes.size())},
                         {"edges", absl::StrCat(dataset.edges.size())},
                         {"derived", absl::StrCat(derived.size())},
                         {"created", absl::StrCat(response.created_count())},
                         {"updated", absl::StrCat(response.updated_count())},
                         {"unchanged", absl::StrCat(response.unchanged_count())}});
  });
}

absl::Status Run(const Arguments& arguments, Session& session) {
  const bool daemon = !session.options().address.empty();
  if (daemon == !arguments.data_dir.empty()) {
    return graph::InvalidField(
        "--data_dir", "give either --data_dir, a store that no daemon has open, or --address");
  }
  if (daemon && arguments.prune) {
    return graph::InvalidField("--prune", "works on a store alone; give --data_dir");
  }
  if (!daemon && arguments.validate_only) {
    return graph::InvalidField("--validate-only",
                               "works on a daemon alone; `attlas data check` needs none");
  }
  return daemon ? LoadIntoDaemon(arguments, session) : LoadIntoStore(arguments, session);
}

}  // namespace

void AddDataLoadCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = data->add_subcommand(
      "load", "Loads a dataset into a store or a daemon, all of it or nothing");
  command->add_option("directory", arguments->directory, "The dataset")->capture_default_str();
  command
      ->add_option("--data_dir,--data-dir", arguments->data_dir,
                   "Store to load into, made where there is none")
      ->type_name("DIR");
  command->add_flag("--prune", arguments->prune,
                    "Delete what an earlier load put and the dataset no longer has");
  command->add_flag("--validate-only", arguments->validate_only,
                    "Let the daemon check everything and apply nothing");
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Run(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

}  // namespace attlas::cli
