// attlas watch: changes as they are committed, until it is interrupted.
#include <pthread.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/output/csv.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/table.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using graph::v1::Change;
using graph::v1::GraphService;
using graph::v1::WatchRequest;
using graph::v1::WatchResponse;
using Changes = google::protobuf::RepeatedPtrField<Change>;

struct Arguments {
  std::string from;
  bool from_earliest = false;
  std::vector<std::string> types;
  int64_t limit = 0;
};

// Cancels a call when SIGINT or SIGTERM comes. Those signals are blocked while it lives.
class Interrupt {
 public:
  explicit Interrupt(grpc::ClientContext* context) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGUSR1);  // Sent by the destructor alone.
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this, context] {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (signal == SIGUSR1) return;
      interrupted_ = true;
      context->TryCancel();
    });
  }
  ~Interrupt() {
    pthread_kill(thread_.native_handle(), SIGUSR1);
    thread_.join();
  }

  bool interrupted() const { return interrupted_; }

 private:
  sigset_t signals_{};
  std::atomic<bool> interrupted_ = false;
  std::thread thread_;
};

// One line a change; CSV has its header before the first.
absl::StatusOr<std::string> Format(const Changes& changes, OutputForm form, bool first,
                                   const Layout& layout) {
  if (form == OutputForm::kTable) return FormatTable(RenderChanges(changes), layout);
  if (form == OutputForm::kCsv) {
    const std::string csv = FormatCsv(RenderChanges(changes));
    return first ? csv : csv.substr(csv.find('\n') + 1);
  }
  std::string lines;
  for (const Change& change : changes) {
    ATTLAS_ASSIGN_OR_RETURN(const std::string line, FormatJsonLine(change));
    lines += line;
  }
  return lines;
}

class Watcher {
 public:
  Watcher(const Arguments& arguments, Session* session)
      : limit_(arguments.limit), session_(*session) {
    *request_.mutable_read() = session->read();
    request_.set_after_revision(arguments.from);
    request_.set_from_earliest(arguments.from_earliest);
    for (const std::string& type : arguments.types) request_.add_types(type);
  }

  absl::Status Run() {
    // Before the channel starts threads, so that all of them leave the signals to one.
    grpc::ClientContext context;
    Interrupt interrupt(&context);
    session_.connection().Prepare(&context);
    const auto stub = GraphService::NewStub(session_.connection().channel());
    const auto reader = stub->Watch(&context, request_);
    WatchResponse response;
    while (!done_ && reader->Read(&response)) {
      if (absl::Status status = Take(response); !status.ok()) {
        context.TryCancel();
        reader->Finish();
        return status;
      }
    }
    if (done_) context.TryCancel();
    const grpc::Status status = reader->Finish();
    if (!through_.empty()) {
      session_.console().Note(absl::StrCat("attlas: complete through revision ", through_,
                                           "; resume with --from ", through_));
    }
    if (done_ || interrupt.interrupted()) return absl::OkStatus();
    return session_.connection().Check(status);
  }

 private:
  absl::Status Take(WatchResponse& response) {
    Changes& changes = *response.mutable_changes();
    if (limit_ > 0 && shown_ + changes.size() >= limit_) {
      // A revision that is cut is not one to resume after.
      const auto kept = static_cast<int>(limit_ - shown_);
      if (kept == changes.size()) through_ = response.through_revision();
      changes.DeleteSubrange(kept, changes.size() - kept);
      done_ = true;
    } else {
      through_ = response.through_revision();
    }
    if (changes.empty()) return absl::OkStatus();
    ATTLAS_ASSIGN_OR_RETURN(const std::string text, Format(changes, session_.form(), shown_ == 0,
                                                           session_.console().layout()));
    shown_ += changes.size();
    return session_.console().Write(text);
  }

  WatchRequest request_;
  const int64_t limit_;
  int64_t shown_ = 0;
  bool done_ = false;
  std::string through_;
  Session& session_;
};

}  // namespace

void AddWatchCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "watch", "Prints changes as they are committed, one JSON line each, until interrupted");
  command->add_option("--from", arguments->from, "Start after this revision (default: the latest)")
      ->type_name("REVISION");
  command->add_flag("--from-earliest", arguments->from_earliest,
                    "Start with the earliest revision that is kept");
  AddListOption(command, "--types", &arguments->types, "TYPE",
                "Node or edge type to report; may be repeated");
  command->add_option("--limit", arguments->limit, "Stop after this many changes")
      ->check(CLI::Range(1, 1'000'000'000))
      ->type_name("COUNT");
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Watcher(*arguments, &session).Run(); },
      OutputForm::kJson, absl::InfiniteDuration());
}

}  // namespace attlas::cli
