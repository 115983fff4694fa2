// attlas audit verify: whether a record of the audit log was altered, left out or cut off.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/status_macros.h"
#include "services/access/audit_files.h"

namespace attlas::cli {
namespace {

struct Arguments {
  std::string folder;
  std::vector<std::string> anchors;
};

Document Render(const services::AuditReport& report) {
  Document document;
  Table table{.title = "",
              .columns = {{.header = "Where", .key = "place"}, {.header = "What", .key = "fault"}},
              .rows = {}};
  for (const services::AuditFault& fault : report.faults) {
    table.rows.push_back({fault.place, fault.what});
  }
  document.Add(std::move(table));
  return document;
}

// There is no RPC behind this answer; its JSON is made for it.
google::protobuf::Struct JsonOf(const services::AuditReport& report) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["records"].set_number_value(static_cast<double>(report.records));
  fields["head"].set_string_value(services::FormatAuditHead(report.head));
  auto* faults = fields["faults"].mutable_list_value();
  for (const services::AuditFault& fault : report.faults) {
    auto& one = *faults->add_values()->mutable_struct_value()->mutable_fields();
    one["place"].set_string_value(fault.place);
    one["fault"].set_string_value(fault.what);
  }
  return json;
}

absl::Status Run(const Arguments& arguments, Session& session) {
  std::vector<services::AuditHead> anchors;
  for (const std::string& text : arguments.anchors) {
    const std::optional<services::AuditHead> anchor = services::ParseAuditHead(text);
    if (!anchor.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--anchor: `", text, "` is no place in the log; write it as audit_head says it"));
    }
    anchors.push_back(*anchor);
  }
  ATTLAS_ASSIGN_OR_RETURN(const services::AuditReport report,
                          services::VerifyAuditLog(arguments.folder, anchors));
  if (!report.faults.empty() || session.form() != OutputForm::kTable) {
    ATTLAS_RETURN_IF_ERROR(session.Show(JsonOf(report), [&] { return Render(report); }));
  }
  if (!report.faults.empty()) {
    return absl::DataLossError(
        absl::StrCat(arguments.folder, " is not as it was written: ", report.faults.size(),
                     report.faults.size() < services::kMostFaults ? "" : " or more",
                     report.faults.size() == 1 ? " fault" : " faults"));
  }
  session.console().Note(absl::StrCat(arguments.folder, " is whole: ", report.records,
                                      " records, up to ", services::FormatAuditHead(report.head)));
  return absl::OkStatus();
}

}  // namespace

void AddAuditCommand(Program* program) {
  CLI::App* group = program->AddCommand("audit", "Checks the audit log of a daemon");
  group->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group->add_subcommand(
      "verify", "Reports every record that was altered, left out or cut off; needs no server");
  command->add_option("folder", arguments->folder, "The daemon's --audit_dir")->required();
  command
      ->add_option("--anchor", arguments->anchors,
                   "A place that the daemon noted elsewhere (audit_head); may be repeated")
      ->type_name("NUMBER:HASH")
      ->allow_extra_args(false);
  program->AddOutputOption(command);
  program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
}

}  // namespace attlas::cli
