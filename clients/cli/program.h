// The parts that every command is made of.
//
// What: a command declares its arguments on a CLI::App with Program, and answers through Session.
// Threads: single-thread.
//
// Example (commands/node.cc):
//   void AddNodeCommand(Program* program) {
//     auto arguments = std::make_shared<Arguments>();
//     CLI::App* command = program->AddCommand("node", "Shows a node");
//     command->add_option("name", arguments->name, "…")->required();
//     program->AddReadOptions(command);
//     program->OnRun(command, [arguments](Session& session) { return Run(*arguments, session); });
//   }
#ifndef ATTLAS_CLIENTS_CLI_PROGRAM_H_
#define ATTLAS_CLIENTS_CLI_PROGRAM_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "clients/cli/console.h"
#include "clients/cli/options.h"
#include "clients/cli/output/document.h"
#include "google/protobuf/message.h"

namespace attlas::cli {

// What a command runs with.
class Session {
 public:
  // Checks the shared options: INVALID_ARGUMENT where one is wrong. `form` and `timeout` are those
  // that apply where none was asked for.
  static absl::StatusOr<Session> Create(const CommonOptions& options, Console* console,
                                        OutputForm form, absl::Duration timeout);

  const CommonOptions& options() const { return options_; }
  OutputForm form() const { return form_; }
  Console& console() { return *console_; }
  // Made with the first use.
  const Connection& connection();

  // From --as-of, --revision and --min-confidence.
  const graph::v1::ReadOptions& read() const { return read_; }

  // Writes an answer in the form that was asked for; the document is made for table and CSV alone.
  absl::Status Show(const google::protobuf::Message& response,
                    const std::function<Document()>& render);

 private:
  Session() = default;

  CommonOptions options_;
  Console* console_ = nullptr;
  OutputForm form_ = OutputForm::kTable;
  absl::Duration timeout_;
  graph::v1::ReadOptions read_;
  std::optional<Connection> connection_;
};

// The command of this name directly under `app`; null where there is none.
CLI::App* FindCommand(CLI::App& app, const std::string& name);

// The command line under construction, and what was chosen from it.
class Program {
 public:
  using Run = std::function<absl::Status(Session&)>;

  explicit Program(Console* console);

  CLI::App& app() { return app_; }
  CommonOptions& options() { return options_; }
  Console& console() { return *console_; }

  CLI::App* AddCommand(const std::string& name, const std::string& description);

  // --output, for commands that answer.
  void AddOutputOption(CLI::App* command);
  // --address and --timeout beside it, for commands that call a daemon.
  void AddCallOptions(CLI::App* command);
  // --as-of, --revision and --min-confidence beside these, for commands that ask a question.
  void AddReadOptions(CLI::App* command);

  // What the command does once the whole line is read, and its usual output and timeout.
  void OnRun(CLI::App* command, Run run, OutputForm form = OutputForm::kTable,
             absl::Duration timeout = absl::Seconds(30));

  // Runs the chosen command.
  absl::Status RunChosen();

 private:
  CLI::App app_;
  CommonOptions options_;
  Console* console_;
  Run chosen_;
  OutputForm form_ = OutputForm::kTable;
  absl::Duration timeout_;
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_PROGRAM_H_
