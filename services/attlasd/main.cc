// attlasd: hosts Attlas services on one port until SIGTERM or SIGINT.
//
// Exit codes: 0 after a drain, 1 where it could not start (one line on standard error says why).
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "graph/base/status_macros.h"
#include "services/attlasd/daemon.h"
#include "services/attlasd/flags.h"
#include "services/attlasd/service_registry.h"
#include "services/common/log.h"

namespace attlas::services {
namespace {

// Blocks the signals that end the daemon, in this thread and those that it starts.
sigset_t BlockEndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Written beside and moved, so that a reader never sees half of it.
absl::Status WriteFile(const char* flag, const std::string& path, const std::string& text) {
  if (path.empty()) return absl::OkStatus();
  const std::string beside = path + ".new";
  std::ofstream file(beside);
  file << text << "\n";
  file.close();
  if (!file || std::rename(beside.c_str(), path.c_str()) != 0) {
    return absl::FailedPreconditionError(std::string("cannot write ") + flag + " " + path);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Daemon>> StartDaemon(Flags& flags) {
  ATTLAS_RETURN_IF_ERROR(StartLog(flags.log_level));
  if (!flags.ontology.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(flags.daemon.ontology,
                            graph::OntologyIndex::FromTextFile(flags.ontology));
  }
  ATTLAS_ASSIGN_OR_RETURN(std::unique_ptr<Daemon> daemon, Daemon::Start(std::move(flags.daemon)));
  ATTLAS_RETURN_IF_ERROR(
      WriteFile("--http_address_file", flags.http_address_file, daemon->web_address()));
  ATTLAS_RETURN_IF_ERROR(WriteFile("--port_file", flags.port_file, std::to_string(daemon->port())));
  return daemon;
}

void Announce(const Daemon& daemon) {
  std::string services;
  for (const std::string& name : daemon.services())
    services += (services.empty() ? "" : ",") + name;
  if (services.empty()) services = kGatewayAlone;
  std::cout << "attlasd serves " << services << " on " << daemon.address();
  if (!daemon.web_address().empty()) std::cout << ", web on " << daemon.web_address();
  if (daemon.admin_port() != 0) std::cout << ", metrics on port " << daemon.admin_port();
  if (!daemon.admin_grpc_address().empty()) {
    std::cout << ", health on " << daemon.admin_grpc_address();
  }
  if (daemon.graph() != nullptr) {
    const graph::SnapshotPtr latest = daemon.graph()->Latest();
    std::cout << "; " << latest->node_count() << " nodes, " << latest->edge_count()
              << " edges, revision " << latest->revision();
  }
  std::cout << std::endl;
}

int Fail(const absl::Status& status) {
  std::cerr << "attlasd: " << status.message() << std::endl;
  return 1;
}

int Main(int argc, const char* const* argv) {
  // The packaged Abseil looks for cycles of locks at every lock that is taken while another is
  // held, gRPC's own included; with many callers that costs more than the locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  absl::StatusOr<std::optional<Flags>> flags = ParseFlags(argc, argv);
  if (!flags.ok()) return Fail(flags.status());
  if (!flags->has_value()) return 0;
  const sigset_t signals = BlockEndSignals();
  const absl::Duration drain = (*flags)->drain;
  const absl::StatusOr<std::unique_ptr<Daemon>> daemon = StartDaemon(**flags);
  if (!daemon.ok()) return Fail(daemon.status());
  Announce(**daemon);

  int signal = 0;
  sigwait(&signals, &signal);
  Log(LogLevel::kInfo, "drain", {{"signal", std::to_string(signal)}});
  // A second signal ends the process at once.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  (*daemon)->Shutdown(drain);
  return 0;
}

}  // namespace
}  // namespace attlas::services

int main(int argc, char** argv) { return attlas::services::Main(argc, argv); }
