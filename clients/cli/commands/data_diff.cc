// attlas data diff: what a new status table changes in what the graph says of an instrument.
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/data_changes.h"
#include "clients/cli/commands/data_commands.h"
#include "clients/cli/graph_reading.h"
#include "clients/cli/names.h"
#include "clients/cli/output/json.h"
#include "clients/exchange/sink.h"
#include "clients/exchange/status_changes.h"
#include "clients/exchange/status_table.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using exchange::HeldStatus;
using exchange::StatusRow;
using exchange::v1::ChangeSet;
using exchange::v1::PlannedChange;

constexpr char kActs[] = "participation_act";

struct Arguments {
  std::string instrument;
  std::string table;
  std::string mapping;
  std::string source;
  std::string retrieved;
  std::string file;
};

std::set<std::string> TermsOf(const graph::v1::Ontology& ontology, std::string_view name) {
  std::set<std::string> terms;
  for (const auto& taxonomy : ontology.taxonomies()) {
    if (taxonomy.name() != name) continue;
    for (const auto& term : taxonomy.terms()) terms.insert(term.id());
  }
  return terms;
}

// The source that most statements of the instrument cite, to be suggested.
std::string UsualSource(const std::vector<graph::Edge>& acts) {
  std::map<std::string, size_t> counts;
  for (const graph::Edge& edge : acts) {
    for (const graph::Citation& citation : edge.citations()) ++counts[citation.source()];
  }
  std::string usual;
  for (const auto& [source, count] : counts) {
    if (usual.empty() || count > counts[usual]) usual = source;
  }
  return usual;
}

absl::StatusOr<graph::Citation> CitationOf(const Arguments& arguments,
                                           const std::vector<graph::Edge>& acts,
                                           GraphReading& graph) {
  if (arguments.source.empty()) {
    return graph::InvalidField("--source", absl::StrCat("name the source of the table; most of "
                                                        "what is held cites `",
                                                        UsualSource(acts), "`"));
  }
  ATTLAS_ASSIGN_OR_RETURN(const auto found, graph.NodesNamed({arguments.source}));
  if (found.empty()) {
    return graph::InvalidField("--source",
                               absl::StrCat("there is no `", arguments.source, "`; add it first"));
  }
  if (arguments.retrieved.empty()) {
    return graph::InvalidField("--retrieved", "say up to which date the table speaks");
  }
  graph::Citation citation;
  citation.set_source(arguments.source);
  citation.set_confidence(graph::v1::CONFIDENCE_SEEN);
  ATTLAS_ASSIGN_OR_RETURN(*citation.mutable_retrieved(),
                          DateOf("--retrieved", arguments.retrieved));
  return citation;
}

Document Render(const ChangeSet& set, const std::vector<std::string>& notes) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "Subject", .key = "subject", .whole = true},
                          {.header = "Change", .key = "change"}},
              .rows = {}};
  for (const PlannedChange& change : set.changes()) {
    table.rows.push_back({change.subject(), change.words()});
  }
  const size_t count = table.rows.size();
  document.Say(count == 0 ? "The table changes nothing."
                          : absl::StrCat(count, count == 1 ? " change" : " changes"),
               Tone::kStrong);
  document.Add(std::move(table));
  for (const std::string& note : notes) document.Say(note, Tone::kDim);
  return document;
}

// All that the table changes, with what follows from it by rules.
absl::StatusOr<ChangeSet> Plan(const HeldStatus& held, const std::vector<StatusRow>& rows,
                               GraphReading& graph, std::vector<std::string>* notes) {
  exchange::StatusChanges planned = exchange::PlanStatusChanges(held, rows);
  std::vector<PlannedChange> derived;
  ATTLAS_RETURN_IF_ERROR(PlanDerived(
      graph, exchange::ChangedEdgesOf(planned.changes),
      [&](const std::string& name) {
        if (name == held.instrument.name()) return held.instrument.display_name();
        const auto shown = held.shown.find(name);
        return shown == held.shown.end() ? name : shown->second;
      },
      [&](std::vector<PlannedChange> some) {
        std::move(some.begin(), some.end(), std::back_inserter(derived));
        return absl::OkStatus();
      }));
  ChangeSet set;
  set.set_base_revision(graph.revision());
  set.set_request_id(NewRequestId());
  set.set_reason(absl::StrCat("status table of ", held.instrument.name(), " from ",
                              held.citation.source(), ", ",
                              graph::FormatDate(held.citation.retrieved())));
  for (const PlannedChange& change : planned.changes) *set.add_changes() = change;
  for (const PlannedChange& change : derived) *set.add_changes() = change;
  for (const auto& precondition : planned.preconditions) *set.add_preconditions() = precondition;
  *notes = std::move(planned.notes);
  return set;
}

absl::Status WriteSet(const ChangeSet& set, const std::string& path, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string json, FormatJson(set));
  exchange::FileSink file(path);
  ATTLAS_RETURN_IF_ERROR(file.Write(json));
  ATTLAS_RETURN_IF_ERROR(file.Publish());
  session.console().Note(
      absl::StrCat("wrote ", path, "; `attlas data apply ", path, "` commits it"));
  return absl::OkStatus();
}

absl::Status Run(const Arguments& arguments, Session& session) {
  exchange::v1::StatusTableMapping mapping;
  if (!arguments.mapping.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(mapping,
                            ReadMapping<exchange::v1::StatusTableMapping>(arguments.mapping));
  }
  ATTLAS_ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(arguments.table));
  ATTLAS_ASSIGN_OR_RETURN(
      const std::string instrument,
      ResolveNode(session.connection(), session.read(), "instrument", arguments.instrument));
  GraphReading graph(session);
  ATTLAS_RETURN_IF_ERROR(graph.Start());
  HeldStatus held;
  ATTLAS_ASSIGN_OR_RETURN(auto found, graph.NodesNamed({instrument}));
  if (found.empty()) return graph::ResourceNotFound(instrument);
  held.instrument = std::move(found.begin()->second);
  ATTLAS_ASSIGN_OR_RETURN(held.acts, graph.Edges(instrument, graph::v1::DIRECTION_BACKWARD,
                                                 {"SIGNED", "CONSENTED_TO"}));
  ATTLAS_ASSIGN_OR_RETURN(held.citation, CitationOf(arguments, held.acts, graph));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<graph::Node> states, graph.Nodes("state"));
  exchange::NameIndex names;
  for (const graph::Node& state : states) {
    names.Add(state);
    held.shown[state.name()] = state.display_name();
  }
  graph::ProblemLog problems;
  const std::vector<StatusRow> rows = exchange::ReadStatusTable(
      text, arguments.table, mapping, names, TermsOf(graph.ontology().proto(), kActs), &problems);
  if (!problems.empty()) {
    return Refuse(&problems, arguments.table, "no change set was made", session);
  }
  std::vector<std::string> notes;
  ATTLAS_ASSIGN_OR_RETURN(const ChangeSet set, Plan(held, rows, graph, &notes));
  ATTLAS_RETURN_IF_ERROR(session.Show(set, [&] { return Render(set, notes); }));
  if (arguments.file.empty() || set.changes().empty()) return absl::OkStatus();
  return WriteSet(set, arguments.file, session);
}

}  // namespace

void AddDataDiffCommand(Program* program, CLI::App* data) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = data->add_subcommand(
      "diff", "Says what a status table, as a depositary publishes it, would change");
  command->add_option("instrument", arguments->instrument, "The instrument, such as att")
      ->required();
  command->add_option("table", arguments->table, "The table: CSV, one row a state")->required();
  command
      ->add_option("--source", arguments->source,
                   "The source of the table, such as sources/untc-status-att")
      ->type_name("SOURCE");
  command->add_option("--retrieved", arguments->retrieved, "The date up to which it speaks")
      ->type_name("DATE");
  command
      ->add_option("--mapping", arguments->mapping,
                   "Which columns are which (attlas.exchange.v1.StatusTableMapping, text format)")
      ->type_name("FILE");
  command
      ->add_option("--file", arguments->file,
                   "Also write the change set there, for `attlas data apply`")
      ->type_name("FILE");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
