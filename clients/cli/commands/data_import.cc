// attlas data import: adds what a file holds to what a daemon serves.
//
// The file is read as a stream: its rows are checked, and wait in temporary files until all of them
// are known to be right. Then they are compared with what is there, and only what is new or differs
// is sent, in commits that are all or nothing. That is why an import that broke off is taken up by
// running it again, and why the same file changes nothing the second time.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/data_changes.h"
#include "clients/cli/commands/data_commands.h"
#include "clients/cli/commands/import_report.h"
#include "clients/cli/graph_reading.h"
#include "clients/exchange/checked_rows.h"
#include "clients/exchange/derived_changes.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using exchange::CheckedRows;
using exchange::IncomingEdge;
using exchange::IncomingNode;
using exchange::v1::PlannedChange;
using graph::v1::CommitRequest;
using graph::v1::CommitResponse;
using graph::v1::Mutation;

// How many rows are compared at once.
constexpr size_t kMostNodes = 500;
constexpr size_t kMostEdges = 2000;
// Of a commit, so that it fits into a message.
constexpr size_t kMostCommitBytes = size_t{2} << 20;

struct Arguments {
  std::string file;
  std::string mapping;
  std::string reason;
  bool dry_run = false;
  int batch = 1000;
};

absl::Status ReadRows(const Arguments& arguments, GraphReading& graph, graph::ProblemLog* problems,
                      CheckedRows* rows) {
  ATTLAS_ASSIGN_OR_RETURN(exchange::TextFile text, exchange::TextFile::Open(arguments.file));
  if (arguments.mapping.empty()) {
    if (absl::EndsWithIgnoreCase(arguments.file, ".csv")) {
      return graph::InvalidField("--mapping", "a CSV table needs one: which columns mean what");
    }
    return exchange::ReadJsonLines(&text, arguments.file, graph.ontology(), problems, rows);
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto mapping,
                          ReadMapping<exchange::v1::TableMapping>(arguments.mapping));
  std::map<std::string, exchange::NameIndex> indexes;
  const auto names = [&](const std::string& type) -> absl::StatusOr<const exchange::NameIndex*> {
    const auto found = indexes.find(type);
    if (found != indexes.end()) return &found->second;
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<graph::Node> nodes, graph.Nodes(type));
    exchange::NameIndex& index = indexes[type];
    for (const graph::Node& node : nodes) index.Add(node);
    return &index;
  };
  return exchange::ReadMappedTable(&text, arguments.file, mapping, graph.ontology(), names,
                                   problems, rows);
}

absl::Status CheckRows(const std::string& file, GraphReading& graph, graph::ProblemLog* problems,
                       CheckedRows* rows) {
  const auto find =
      [&](const std::vector<std::string>& names) -> absl::StatusOr<std::set<std::string>> {
    ATTLAS_ASSIGN_OR_RETURN(const auto nodes, graph.NodesNamed(names));
    std::set<std::string> found;
    for (const auto& [name, node] : nodes) found.insert(name);
    return found;
  };
  return rows->Check(file, find, problems);
}

// Compares rows with what is there, and commits what is new or differs.
class Importer {
 public:
  Importer(const Arguments& arguments, const CheckedRows& rows, GraphReading& graph,
           Session& session)
      : arguments_(arguments), rows_(rows), graph_(graph), session_(session) {}

  absl::Status Run() {
    absl::Status status = ImportAll();
    session_.console().EndProgress();
    if (!status.ok() && applied_ > 0) {
      session_.console().Note(
          absl::StrCat(applied_, " changes were applied; run the import again to go on"));
    }
    return status;
  }

  absl::Status Report() {
    return report_.Show(arguments_.dry_run ? "; nothing was applied" : "", session_);
  }

 private:
  absl::Status ImportAll() {
    ATTLAS_RETURN_IF_ERROR(rows_.ForEachNodes(
        kMostNodes, [&](const std::vector<IncomingNode>& nodes) { return TakeNodes(nodes); }));
    ATTLAS_RETURN_IF_ERROR(rows_.ForEachEdgesFrom(
        kMostEdges, [&](const std::string& from, const std::vector<IncomingEdge>& edges) {
          return TakeEdges(from, edges);
        }));
    ATTLAS_RETURN_IF_ERROR(AddDerived());
    return Commit();
  }

  absl::Status TakeNodes(const std::vector<IncomingNode>& rows) {
    std::vector<std::string> names;
    names.reserve(rows.size());
    for (const IncomingNode& row : rows) names.push_back(row.node.name());
    ATTLAS_ASSIGN_OR_RETURN(const auto held, graph_.NodesNamed(names));
    for (const IncomingNode& row : rows) {
      Mutation mutation;
      std::string_view result = "added";
      const auto found = held.find(row.node.name());
      if (found == held.end()) {
        *mutation.mutable_create_node() = row.node;
      } else if (exchange::SaySame(row.node, found->second)) {
        result = "unchanged";
      } else {
        result = "changed";
        *mutation.mutable_update_node() = row.node;
        mutation.mutable_update_node()->set_etag(found->second.etag());
      }
      ATTLAS_RETURN_IF_ERROR(Take(RowKind::kNode, row.line, row.node.name(), result, &mutation));
    }
    return absl::OkStatus();
  }

  absl::Status TakeEdges(const std::string& from, const std::vector<IncomingEdge>& rows) {
    std::set<std::string> types;
    for (const IncomingEdge& row : rows) types.insert(row.edge.type());
    ATTLAS_ASSIGN_OR_RETURN(
        std::vector<graph::Edge> edges,
        graph_.Edges(from, graph::v1::DIRECTION_FORWARD, {types.begin(), types.end()}));
    std::map<std::string, graph::Edge> held;
    for (graph::Edge& edge : edges) {
      std::string name = edge.name();
      held.emplace(std::move(name), std::move(edge));
    }
    for (const IncomingEdge& row : rows) {
      Mutation mutation;
      std::string_view result = "added";
      const auto found = held.find(row.edge.name());
      if (found == held.end()) {
        *mutation.mutable_create_edge() = row.edge;
      } else if (exchange::SaySame(row.edge, found->second)) {
        result = "unchanged";
      } else {
        result = "changed";
        *mutation.mutable_update_edge() = row.edge;
        mutation.mutable_update_edge()->set_etag(found->second.etag());
      }
      ATTLAS_RETURN_IF_ERROR(Take(RowKind::kEdge, row.line, row.edge.name(), result, &mutation));
    }
    return absl::OkStatus();
  }

  // What follows from all statements of the file, also from those that an import which broke off
  // has brought already. What the file itself holds is not derived a second time.
  absl::Status AddDerived() {
    exchange::ChangedEdges changed;
    changed.visit = [&](const auto& take) { return rows_.ForEachEdge(take); };
    return PlanDerived(
        graph_, changed, [](const std::string& name) { return name; },
        [&](const std::vector<PlannedChange>& derived) -> absl::Status {
          if (derived.empty()) return absl::OkStatus();
          std::set<std::string> names;
          for (const PlannedChange& change : derived) {
            names.insert(exchange::EdgeNameOf(change.mutation()));
          }
          ATTLAS_RETURN_IF_ERROR(rows_.ForEachEdge([&](const graph::Edge& edge) {
            names.erase(edge.name());
            return absl::OkStatus();
          }));
          for (const PlannedChange& change : derived) {
            const std::string name = exchange::EdgeNameOf(change.mutation());
            if (!names.contains(name)) continue;
            Mutation mutation = change.mutation();
            ATTLAS_RETURN_IF_ERROR(Take(RowKind::kDerived, 0, name, "derived", &mutation));
          }
          return absl::OkStatus();
        });
  }

  // Notes what becomes of a row, and commits once there is enough to commit.
  absl::Status Take(RowKind kind, int line, const std::string& name, std::string_view result,
                    Mutation* mutation) {
    ATTLAS_RETURN_IF_ERROR(report_.Add(kind, line, name, result));
    ++taken_;
    if (arguments_.dry_run || mutation->action_case() == Mutation::ACTION_NOT_SET) {
      return absl::OkStatus();
    }
    commit_bytes_ += mutation->ByteSizeLong();
    *commit_.add_mutations() = std::move(*mutation);
    const bool full =
        commit_.mutations_size() >= arguments_.batch || commit_bytes_ >= kMostCommitBytes;
    return full ? Commit() : absl::OkStatus();
  }

  absl::Status Commit() {
    if (commit_.mutations().empty()) return absl::OkStatus();
    commit_.set_request_id(NewRequestId());
    commit_.set_reason(arguments_.reason.empty() ? absl::StrCat("import of ", arguments_.file)
                                                 : arguments_.reason);
    const absl::StatusOr<CommitResponse> response =
        session_.connection().Ask(&graph::v1::GraphService::Stub::Commit, commit_);
    if (!response.ok()) return response.status();
    applied_ += static_cast<size_t>(commit_.mutations_size());
    commit_.Clear();
    commit_bytes_ = 0;
    session_.console().Progress("importing", std::min(taken_, rows_.size()), rows_.size());
    return absl::OkStatus();
  }

  const Arguments& arguments_;
  const CheckedRows& rows_;
  GraphReading& graph_;
  Session& session_;
  ImportReport report_;
  CommitRequest commit_;
  size_t commit_bytes_ = 0;
  size_t taken_ = 0;
  size_t applied_ = 0;
};

absl::Status Run(const Arguments& arguments, Session& session) {
  GraphReading graph(session);
  ATTLAS_RETURN_IF_ERROR(graph.Start());
  graph::ProblemLog problems;
  CheckedRows rows;
  ATTLAS_RETURN_IF_ERROR(ReadRows(arguments, graph, &problems, &rows));
  ATTLAS_RETURN_IF_ERROR(CheckRows(arguments.file, graph, &problems, &rows));
  if (!problems.empty()) {
    return Refuse(&problems, arguments.file, "nothing was imported", session);
  }
  Importer importer(arguments, rows, graph, session);
  ATTLAS_RETURN_IF_ERROR(importer.Run());
  return importer.Report();
}

}  // namespace

void AddDataImportCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = data->add_subcommand(
      "import", "Adds a file of JSON Lines, or of CSV by a mapping, to what a daemon serves");
  command->add_option("file", arguments->file, "What `data export --format jsonl` writes, or CSV")
      ->required();
  command
      ->add_option("--mapping", arguments->mapping,
                   "What the columns mean (attlas.exchange.v1.TableMapping, text format)")
      ->type_name("FILE");
  command->add_option("--reason", arguments->reason, "Why, for people who read the history")
      ->type_name("TEXT");
  command->add_flag("--dry-run", arguments->dry_run, "Say what would change, and change nothing");
  command->add_option("--batch", arguments->batch, "How many changes are applied at once")
      ->type_name("COUNT")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Run(*arguments, session); },
      OutputForm::kTable, absl::Minutes(10));
}

}  // namespace attlas::cli
