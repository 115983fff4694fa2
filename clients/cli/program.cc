#include "clients/cli/program.h"

#include <utility>

#include "clients/cli/connection_security.h"
#include "clients/cli/output/csv.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/table.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {

absl::StatusOr<Session> Session::Create(const CommonOptions& options, Console* console,
                                        OutputForm form, absl::Duration timeout) {
  Session session;
  session.options_ = options;
  session.console_ = console;
  ATTLAS_ASSIGN_OR_RETURN(session.form_, OutputFormOf(options, form));
  ATTLAS_ASSIGN_OR_RETURN(session.timeout_, TimeoutOf(options, timeout));
  ATTLAS_ASSIGN_OR_RETURN(session.read_, ReadOptionsOf(options));
  ATTLAS_RETURN_IF_ERROR(CredentialsOfEnvironment().status());
  return session;
}

const Connection& Session::connection() {
  if (!connection_.has_value()) connection_.emplace(AddressOf(options_), timeout_);
  return *connection_;
}

absl::Status Session::Show(const google::protobuf::Message& response,
                           const std::function<Document()>& render) {
  switch (form_) {
    case OutputForm::kJson: {
      ATTLAS_ASSIGN_OR_RETURN(const std::string json, FormatJson(response));
      return console_->Write(json);
    }
    case OutputForm::kCsv:
      return console_->Write(FormatCsv(render()));
    case OutputForm::kTable:
      break;
  }
  return console_->Write(FormatTable(render(), console_->layout()));
}

CLI::App* FindCommand(CLI::App& app, const std::string& name) {
  const auto named = [&](const CLI::App* command) { return command->get_name() == name; };
  const std::vector<CLI::App*> found = app.get_subcommands(named);
  return found.empty() ? nullptr : found.front();
}

Program::Program(Console* console)
    : app_("Asks the Attlas knowledge graph of arms-control commitments.", "attlas"),
      console_(console) {
  app_.require_subcommand(1);
  app_.set_help_flag("-h,--help", "Print this help");
}

CLI::App* Program::AddCommand(const std::string& name, const std::string& description) {
  return app_.add_subcommand(name, description);
}

void Program::AddOutputOption(CLI::App* command) {
  command->add_option("--output,-o", options_.output, "Form of the answer: table, json or csv")
      ->type_name("FORM");
}

void Program::AddCallOptions(CLI::App* command) {
  AddOutputOption(command);
  command
      ->add_option("--address", options_.address,
                   "Daemon to ask (default: $ATTLAS_ADDRESS, else 127.0.0.1:50151)")
      ->type_name("HOST:PORT");
  command->add_option("--timeout", options_.timeout, "Longest wait for the answer, as 5 or 500ms")
      ->type_name("TIME");
}

void Program::AddReadOptions(CLI::App* command) {
  AddCallOptions(command);
  command->add_option("--as-of", options_.as_of, "Day on which statements must hold")
      ->type_name("DATE");
  command->add_option("--revision", options_.revision, "Revision to read (default: the latest)")
      ->type_name("REVISION");
  command
      ->add_option("--min-confidence", options_.min_confidence,
                   "Least confidence: unverified, recalled, structure-seen or seen")
      ->type_name("GRADE");
}

void Program::OnRun(CLI::App* command, Run run, OutputForm form, absl::Duration timeout) {
  command->callback([this, run = std::move(run), form, timeout] {
    chosen_ = run;
    form_ = form;
    timeout_ = timeout;
  });
}

absl::Status Program::RunChosen() {
  ATTLAS_ASSIGN_OR_RETURN(Session session, Session::Create(options_, console_, form_, timeout_));
  return chosen_(session);
}

}  // namespace attlas::cli
