// attlas verify: whether a store agrees with itself; needs no daemon, and none may have it open.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/status_macros.h"
#include "graph/store/store_check.h"
#include "services/access/audit_files.h"

namespace attlas::cli {
namespace {

using graph::StoreCheckReport;
using graph::StoreProblem;

struct Arguments {
  std::string store;
  std::string audit_dir;
};

// A problem as it is shown, whichever part it is of.
struct Shown {
  std::string kind;
  std::string place;
  std::string what;
  std::string remedy;
};

std::vector<Shown> ProblemsOf(const StoreCheckReport& report, const services::AuditReport& audit) {
  std::vector<Shown> problems;
  for (const StoreProblem& problem : report.problems) {
    problems.push_back({std::string(graph::ProblemKindName(problem.kind)), problem.place,
                        problem.what, std::string(graph::ProblemRemedy(problem.kind))});
  }
  for (const services::AuditFault& fault : audit.faults) {
    problems.push_back({"audit-log", fault.place, fault.what,
                        "keep the log as it is, and compare it with the newest whole backup"});
  }
  return problems;
}

Document Render(const StoreCheckReport& report, const std::vector<Shown>& problems) {
  Document document;
  document.Say(absl::StrCat("Revision ", report.revision, ": ", report.nodes, " nodes, ",
                            report.edges, " edges, ", report.versions, " versions, ",
                            report.citations, " cited sources, ", report.requests, " requests in ",
                            report.files, report.files == 1 ? " file." : " files."));
  Table table{.title = "",
              .columns = {{.header = "Kind", .key = "kind", .whole = true},
                          {.header = "Where", .key = "place"},
                          {.header = "What", .key = "problem"},
                          {.header = "What to do", .key = "remedy"}},
              .rows = {}};
  for (const Shown& problem : problems) {
    table.rows.push_back({problem.kind, problem.place, problem.what, problem.remedy});
  }
  document.Add(std::move(table));
  return document;
}

// There is no RPC behind this answer; its JSON is made for it.
google::protobuf::Struct JsonOf(const StoreCheckReport& report,
                                const std::vector<Shown>& problems) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  const std::pair<const char*, uint64_t> counts[] = {
      {"revision", report.revision}, {"files", report.files},
      {"nodes", report.nodes},       {"edges", report.edges},
      {"versions", report.versions}, {"citations", report.citations},
      {"requests", report.requests}, {"problem_count", report.problem_count}};
  for (const auto& [name, count] : counts) {
    fields[name].set_number_value(static_cast<double>(count));
  }
  auto* list = fields["problems"].mutable_list_value();
  for (const Shown& problem : problems) {
    auto& one = *list->add_values()->mutable_struct_value()->mutable_fields();
    one["kind"].set_string_value(problem.kind);
    one["place"].set_string_value(problem.place);
    one["problem"].set_string_value(problem.what);
    one["remedy"].set_string_value(problem.remedy);
  }
  return json;
}

absl::Status Run(const Arguments& arguments, Session& session) {
  Console& console = session.console();
  absl::StatusOr<StoreCheckReport> report =
      graph::CheckStore(arguments.store, {.progress = [&](std::string_view part, uint64_t done) {
                          // How many there are is not known before, so the part is what tells how
                          // far it is.
                          console.Progress(absl::StrCat(std::string(part), " ", done), 0, 0);
                        }});
  console.EndProgress();
  if (!report.ok()) return report.status();
  services::AuditReport audit;
  if (!arguments.audit_dir.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(audit, services::VerifyAuditLog(arguments.audit_dir, {}));
  }
  const std::vector<Shown> problems = ProblemsOf(*report, audit);
  ATTLAS_RETURN_IF_ERROR(
      session.Show(JsonOf(*report, problems), [&] { return Render(*report, problems); }));
  const uint64_t count = report->problem_count + audit.faults.size();
  if (count == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      arguments.store, " does not agree with itself: ", count,
      count == 1 ? " problem" : " problems",
      count > problems.size() ? absl::StrCat(", of which ", problems.size(), " are listed") : ""));
}

}  // namespace

void AddVerifyCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "verify", "Checks that a store, which no daemon has open, agrees with itself");
  command->add_option("store", arguments->store, "The directory of the store")->required();
  command
      ->add_option("--audit_dir,--audit-dir", arguments->audit_dir,
                   "Its audit log, to check it, too")
      ->type_name("DIR");
  program->AddOutputOption(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
