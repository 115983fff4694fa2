// attlas data import: adds what a file holds to what a daemon serves.
//
// Rows are compared with what is there, and only what is new or differs is sent, in commits that
// are all or nothing. That is why an import that broke off is taken up by running it again, and why
// the same file changes nothing the second time.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/data_commands.h"
#include "clients/cli/graph_reading.h"
#include "clients/cli/output/text.h"
#include "clients/exchange/derived_changes.h"
#include "clients/exchange/incoming_rows.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/text_format.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {
namespace {

using exchange::IncomingRows;
using exchange::v1::PlannedChange;
using graph::v1::CommitRequest;
using graph::v1::CommitResponse;
using graph::v1::Mutation;

struct Arguments {
  std::string file;
  std::string mapping;
  std::string reason;
  bool dry_run = false;
  int batch = 1000;
};

// What becomes of one node or statement of the file.
struct Outcome {
  int line = 0;
  std::string name;
  std::string result;
};

struct Import {
  std::vector<Outcome> outcomes;
  std::vector<PlannedChange> changes;
};

absl::StatusOr<IncomingRows> ReadRows(const Arguments& arguments, GraphReading& graph,
                                      graph::ProblemLog* problems) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(arguments.file));
  if (arguments.mapping.empty()) {
    if (absl::EndsWithIgnoreCase(arguments.file, ".csv")) {
      return graph::InvalidField("--mapping", "a CSV table needs one: which columns mean what");
    }
    return exchange::ReadJsonLines(text, arguments.file, graph.ontology(), problems);
  }
  exchange::v1::TableMapping mapping;
  ATTLAS_ASSIGN_OR_RETURN(const std::string mapping_text, ReadWholeFile(arguments.mapping));
  if (!google::protobuf::TextFormat::ParseFromString(mapping_text, &mapping)) {
    return graph::InvalidField(
        "--mapping",
        absl::StrCat("`", arguments.mapping, "` is no attlas.exchange.v1.TableMapping"));
  }
  std::map<std::string, exchange::NameIndex> indexes;
  const auto names = [&](const std::string& type) -> absl::StatusOr<const exchange::NameIndex*> {
    const auto found = indexes.find(type);
    if (found != indexes.end()) return &found->second;
    ATTLAS_ASSIGN_OR_RETURN(const std::vector<graph::Node> nodes, graph.Nodes(type));
    exchange::NameIndex& index = indexes[type];
    for (const graph::Node& node : nodes) index.Add(node);
    return &index;
  };
  return exchange::ReadMappedTable(text, arguments.file, mapping, graph.ontology(), names,
                                   problems);
}

// Reports names that neither the file nor the graph has.
absl::Status CheckReferences(const IncomingRows& rows, const std::string& file, GraphReading& graph,
                             graph::ProblemLog* problems) {
  std::set<std::string> own;
  for (const auto& row : rows.nodes) own.insert(row.node.name());
  std::set<std::string> named;
  const auto visit = [&](const auto& take) {
    const auto cited = [&](int line, const auto& citations) {
      for (const graph::Citation& citation : citations) take(line, "source", citation.source());
    };
    for (const auto& row : rows.nodes) cited(row.line, row.node.citations());
    for (const auto& row : rows.edges) {
      take(row.line, "from", row.edge.from());
      take(row.line, "to", row.edge.to());
      cited(row.line, row.edge.citations());
    }
  };
  visit([&](int, const char*, const std::string& name) {
    if (!own.contains(name)) named.insert(name);
  });
  ATTLAS_ASSIGN_OR_RETURN(const auto found, graph.NodesNamed({named.begin(), named.end()}));
  visit([&](int line, const char* column, const std::string& name) {
    if (own.contains(name) || found.contains(name)) return;
    problems->Add(file, line, column,
                  absl::StrCat("there is no node `", name, "` in the file or in the graph"));
  });
  return absl::OkStatus();
}

template <typename Statement>
bool SameStatement(Statement a, Statement b) {
  graph::Canonicalize(&a);
  graph::Canonicalize(&b);
  return graph::SerializeDeterministic(a) == graph::SerializeDeterministic(b);
}

Mutation* AddChange(const std::string& name, Import* import) {
  PlannedChange& change = import->changes.emplace_back();
  change.set_subject(name);
  return change.mutable_mutation();
}

absl::Status CompareNodes(const IncomingRows& rows, GraphReading& graph, Import* import) {
  std::vector<std::string> names;
  for (const auto& row : rows.nodes) names.push_back(row.node.name());
  ATTLAS_ASSIGN_OR_RETURN(const auto held, graph.NodesNamed(names));
  // What is cited comes before what cites it.
  std::vector<const exchange::IncomingNode*> order;
  for (const auto& row : rows.nodes) order.push_back(&row);
  const auto cites = [](const exchange::IncomingNode* row) {
    return !row->node.citations().empty();
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto* a, const auto* b) { return !cites(a) && cites(b); });
  for (const auto* row : order) {
    const auto found = held.find(row->node.name());
    if (found == held.end()) {
      *AddChange(row->node.name(), import)->mutable_create_node() = row->node;
      import->outcomes.push_back({row->line, row->node.name(), "added"});
    } else if (SameStatement(row->node, found->second)) {
      import->outcomes.push_back({row->line, row->node.name(), "unchanged"});
    } else {
      Mutation* mutation = AddChange(row->node.name(), import);
      *mutation->mutable_update_node() = row->node;
      mutation->mutable_update_node()->set_etag(found->second.etag());
      import->outcomes.push_back({row->line, row->node.name(), "changed"});
    }
  }
  return absl::OkStatus();
}

absl::Status CompareEdges(const IncomingRows& rows, GraphReading& graph, Import* import) {
  std::map<std::string, std::set<std::string>> types_of;
  for (const auto& row : rows.edges) types_of[row.edge.from()].insert(row.edge.type());
  std::map<std::string, graph::Edge> held;
  for (const auto& [from, types] : types_of) {
    ATTLAS_ASSIGN_OR_RETURN(
        std::vector<graph::Edge> edges,
        graph.Edges(from, graph::v1::DIRECTION_FORWARD, {types.begin(), types.end()}));
    for (graph::Edge& edge : edges) {
      std::string name = edge.name();
      held.emplace(std::move(name), std::move(edge));
    }
  }
  for (const auto& row : rows.edges) {
    const auto found = held.find(row.edge.name());
    if (found == held.end()) {
      *AddChange(row.edge.from(), import)->mutable_create_edge() = row.edge;
      import->outcomes.push_back({row.line, row.edge.name(), "added"});
    } else if (SameStatement(row.edge, found->second)) {
      import->outcomes.push_back({row.line, row.edge.name(), "unchanged"});
    } else {
      Mutation* mutation = AddChange(row.edge.from(), import);
      *mutation->mutable_update_edge() = row.edge;
      mutation->mutable_update_edge()->set_etag(found->second.etag());
      import->outcomes.push_back({row.line, row.edge.name(), "changed"});
    }
  }
  return absl::OkStatus();
}

// Statements that the file itself holds are not derived a second time.
absl::Status AddDerived(const IncomingRows& rows, GraphReading& graph, Import* import) {
  std::set<std::string> own;
  for (const auto& row : rows.edges) own.insert(row.edge.name());
  ATTLAS_ASSIGN_OR_RETURN(std::vector<graph::Node> rules, graph.Nodes(graph::kRuleType));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<PlannedChange> derived,
                          exchange::PlanDerivedChanges(
                              graph.ontology(), rules, import->changes,
                              [&](const std::string& to, const std::vector<std::string>& types) {
                                return graph.Edges(to, graph::v1::DIRECTION_BACKWARD, types);
                              },
                              [](const std::string& name) { return name; }));
  for (const PlannedChange& change : derived) {
    const Mutation& mutation = change.mutation();
    const std::string& name = mutation.has_create_edge()   ? mutation.create_edge().name()
                              : mutation.has_update_edge() ? mutation.update_edge().name()
                                                           : mutation.delete_edge();
    if (own.contains(name)) continue;
    import->changes.push_back(change);
    import->outcomes.push_back({0, name, "derived"});
  }
  return absl::OkStatus();
}

absl::Status Commit(const Arguments& arguments, const Import& import, Session& session) {
  const auto stub = graph::v1::GraphService::NewStub(session.connection().channel());
  const auto size = static_cast<size_t>(arguments.batch);
  for (size_t begin = 0; begin < import.changes.size(); begin += size) {
    const size_t end = std::min(begin + size, import.changes.size());
    CommitRequest request;
    for (size_t i = begin; i < end; ++i) {
      *request.add_mutations() = import.changes[i].mutation();
    }
    request.set_request_id(NewRequestId());
    request.set_reason(arguments.reason.empty() ? absl::StrCat("import of ", arguments.file)
                                                : arguments.reason);
    const absl::StatusOr<CommitResponse> response = session.connection().Call<CommitResponse>(
        [&](grpc::ClientContext* context, CommitResponse* answer) {
          return stub->Commit(context, request, answer);
        });
    if (!response.ok()) {
      session.console().EndProgress();
      session.console().Note(absl::StrCat(begin, " of ", import.changes.size(),
                                          " changes were applied; run the import again to go on"));
      return response.status();
    }
    session.console().Progress("importing", end, import.changes.size());
  }
  session.console().EndProgress();
  return absl::OkStatus();
}

absl::Status Refuse(graph::ProblemLog* problems, const std::string& file, Session& session) {
  std::string lines;
  const std::vector<graph::Problem> found = problems->Take();
  for (const graph::Problem& problem : found) {
    absl::StrAppend(&lines, ForTerminal(graph::FormatProblem(problem)), "\n");
  }
  ATTLAS_RETURN_IF_ERROR(session.console().Write(lines));
  return absl::FailedPreconditionError(
      absl::StrCat(found.size(), found.size() == 1 ? " problem in " : " problems in ", file,
                   "; nothing was imported"));
}

absl::Status Report(const Arguments& arguments, const Import& import, Session& session) {
  std::map<std::string, size_t> counts = {
      {"added", 0}, {"changed", 0}, {"unchanged", 0}, {"derived", 0}};
  Table table{.title = "",
              .columns = {{.header = "Line", .key = "line", .right = true, .whole = true},
                          {.header = "Name", .key = "name"},
                          {.header = "Result", .key = "result", .whole = true}},
              .rows = {}};
  google::protobuf::Struct json;
  auto* rows = (*json.mutable_fields())["rows"].mutable_list_value();
  for (const Outcome& outcome : import.outcomes) {
    ++counts[outcome.result];
    const std::string line = outcome.line == 0 ? "" : absl::StrCat(outcome.line);
    auto& fields = *rows->add_values()->mutable_struct_value()->mutable_fields();
    fields["line"].set_string_value(line);
    fields["name"].set_string_value(outcome.name);
    fields["result"].set_string_value(outcome.result);
    // Of a table for people, what stays as it is is counted alone.
    if (outcome.result == "unchanged" && session.form() == OutputForm::kTable) continue;
    table.rows.push_back({line, outcome.name, outcome.result});
  }
  return session.Show(json, [&] {
    Document document;
    document.Add(std::move(table));
    document.Say(absl::StrCat(counts["added"], " added, ", counts["changed"], " changed, ",
                              counts["unchanged"], " unchanged, ", counts["derived"],
                              " derived by rules",
                              arguments.dry_run ? "; nothing was applied" : ""));
    return document;
  });
}

absl::Status Run(const Arguments& arguments, Session& session) {
  GraphReading graph(session);
  ATTLAS_RETURN_IF_ERROR(graph.Start());
  graph::ProblemLog problems;
  ATTLAS_ASSIGN_OR_RETURN(const IncomingRows rows, ReadRows(arguments, graph, &problems));
  ATTLAS_RETURN_IF_ERROR(CheckReferences(rows, arguments.file, graph, &problems));
  if (!problems.empty()) return Refuse(&problems, arguments.file, session);
  Import import;
  ATTLAS_RETURN_IF_ERROR(CompareNodes(rows, graph, &import));
  ATTLAS_RETURN_IF_ERROR(CompareEdges(rows, graph, &import));
  ATTLAS_RETURN_IF_ERROR(AddDerived(rows, graph, &import));
  if (!arguments.dry_run) ATTLAS_RETURN_IF_ERROR(Commit(arguments, import, session));
  return Report(arguments, import, session);
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
