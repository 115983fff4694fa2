// attlas data export: writes one revision that a daemon serves in a form that other tools read.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/export_formats.h"
#include "clients/cli/graph_export.h"
#include "clients/exchange/export_writer.h"
#include "clients/exchange/sink.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {
namespace {

using exchange::ExportWriter;

struct Arguments {
  std::string directory;
  std::string output_directory;
  std::string file;
  std::string format = "csv";
  std::string base_iri = "urn:attlas:";
  bool include_derived = false;
  bool omit_derived = false;
};

class ConsoleSink : public exchange::Sink {
 public:
  explicit ConsoleSink(Console* console) : console_(*console) {}
  absl::Status Write(std::string_view text) override { return console_.Write(text); }

 private:
  Console& console_;
};

std::unique_ptr<ExportWriter> NewWriter(const Arguments& arguments, exchange::Sink* sink) {
  if (arguments.format == "jsonl") return exchange::NewJsonLinesWriter(sink);
  if (arguments.format == "graphml") return exchange::NewGraphmlWriter(sink);
  if (arguments.format == "jsonld") return exchange::NewJsonLdWriter(sink, arguments.base_iri);
  if (arguments.format == "nquads") return exchange::NewNQuadsWriter(sink, arguments.base_iri);
  return exchange::NewFollowTheMoneyWriter(sink);
}

// Gives what the daemon sends to a writer; says what was written to `where`.
absl::Status Export(ExportWriter* writer, bool derived, const std::string& where,
                    const std::function<absl::Status()>& publish, Session& session) {
  size_t nodes = 0;
  size_t edges = 0;
  GraphExport source(session);
  ATTLAS_RETURN_IF_ERROR(source.Start({}));
  ATTLAS_RETURN_IF_ERROR(writer->Begin(source.ontology(), source.view()));
  ATTLAS_RETURN_IF_ERROR(source.ForEach(
      [&](const graph::Node& node) {
        ++nodes;
        return writer->AddNode(node);
      },
      [&](const graph::Edge& edge) {
        if (!derived && graph::IsDerived(edge)) return absl::OkStatus();
        ++edges;
        return writer->AddEdge(edge);
      }));
  ATTLAS_RETURN_IF_ERROR(writer->Finish());
  ATTLAS_RETURN_IF_ERROR(publish());
  session.console().Note(
      absl::StrCat("wrote ", nodes, " nodes and ", edges, " statements to ", where));
  return absl::OkStatus();
}

absl::Status ExportTables(const Arguments& arguments, Session& session) {
  if (!arguments.file.empty()) {
    return graph::InvalidField("--file", "CSV is a folder of tables; give --output-directory");
  }
  const std::string& path =
      arguments.directory.empty() ? arguments.output_directory : arguments.directory;
  if (path.empty() || (!arguments.directory.empty() && !arguments.output_directory.empty())) {
    return graph::InvalidField("--output-directory", "give one folder for the tables");
  }
  if (arguments.omit_derived) {
    return graph::InvalidField("--omit-derived", "is what CSV does; --include-derived adds them");
  }
  exchange::StagedDirectory directory(path);
  ATTLAS_RETURN_IF_ERROR(directory.Create());
  const std::unique_ptr<ExportWriter> writer = exchange::NewCsvPackageWriter(directory.staging());
  return Export(
      writer.get(), arguments.include_derived, path, [&] { return directory.Publish(); }, session);
}

absl::Status ExportStream(const Arguments& arguments, Session& session) {
  if (!arguments.directory.empty() || !arguments.output_directory.empty()) {
    return graph::InvalidField("--output-directory",
                               "is for CSV; other formats are one file: give --file");
  }
  if (arguments.include_derived) {
    return graph::InvalidField("--include-derived", "is for CSV; other formats have them anyway");
  }
  if (arguments.file.empty()) {
    ConsoleSink sink(&session.console());
    const std::unique_ptr<ExportWriter> writer = NewWriter(arguments, &sink);
    return Export(
        writer.get(), !arguments.omit_derived, "standard output", [] { return absl::OkStatus(); },
        session);
  }
  exchange::FileSink sink(arguments.file);
  const std::unique_ptr<ExportWriter> writer = NewWriter(arguments, &sink);
  return Export(
      writer.get(), !arguments.omit_derived, arguments.file, [&] { return sink.Publish(); },
      session);
}

absl::Status Run(const Arguments& arguments, Session& session) {
  ATTLAS_RETURN_IF_ERROR(ChoiceOf("--format", arguments.format, ExportFormats()).status());
  return arguments.format == "csv" ? ExportTables(arguments, session)
                                   : ExportStream(arguments, session);
}

}  // namespace

void AddDataExportCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = data->add_subcommand(
      "export", "Writes what a daemon serves to you, at one revision, for other tools");
  command->add_option("directory", arguments->directory,
                      "Folder for CSV, made where it is missing; as --output-directory");
  command
      ->add_option("--format", arguments->format,
                   "csv (a data package), jsonl, graphml, jsonld, nquads or ftm (FollowTheMoney)")
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("--output-directory", arguments->output_directory, "Folder for CSV")
      ->type_name("DIR");
  command
      ->add_option("--file", arguments->file,
                   "File for all other formats; without it, standard output")
      ->type_name("FILE");
  command
      ->add_option("--base-iri", arguments->base_iri,
                   "What names begin with in jsonld and nquads, such as https://example.org/")
      ->type_name("IRI")
      ->capture_default_str();
  command->add_flag("--include-derived", arguments->include_derived,
                    "CSV: also write what rules derived; a load derives it again by itself");
  command->add_flag("--omit-derived", arguments->omit_derived,
                    "Other formats: leave out what rules derived");
  program->AddReadOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Run(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

}  // namespace attlas::cli
