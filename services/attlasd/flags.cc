#include "services/attlasd/flags.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/model/marking.h"

#ifndef ATTLAS_VERSION
#define ATTLAS_VERSION "unknown"
#endif

namespace attlas::services {
namespace {

// What is parsed as text and checked afterwards.
struct RawFlags {
  std::string clearance;  // Empty for red.
  int drain_seconds = 30;
};

void DeclareServing(CLI::App* app, Flags* flags) {
  DaemonOptions& daemon = flags->daemon;
  daemon.admin_listen = "127.0.0.1:50152";
  app->add_option("--listen", daemon.listen, "Address to serve on: host:port or unix:/path")
      ->capture_default_str();
  app->add_option("--admin_listen", daemon.admin_listen,
                  "Address for metrics, at http://<address>/metrics; empty for none")
      ->capture_default_str();
  app->add_option("--admin_grpc_listen", daemon.admin_grpc_listen,
                  "Address for health and channelz over gRPC, in plain text; empty for none");
  app->add_flag("--admin_public", daemon.admin_public,
                "Allow the two admin addresses beyond this machine, to whoever reaches them");
  daemon.http_listen = "127.0.0.1:8080";
  app->add_option("--http_listen", daemon.http_listen,
                  "Address for browsers and for HTTP with JSON: host:port; empty for none")
      ->capture_default_str();
  app->add_option("--http_host", daemon.http_hosts,
                  "Names, joined by commas, by which --http_listen is reached beside those of this "
                  "machine")
      ->delimiter(',')
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app->add_option("--http_address_file", flags->http_address_file,
                  "File to write the address for browsers into, once calls are taken");
  app->add_option("--web_dir", daemon.web_dir, "Directory of the built page");
  app->add_flag(
      "--insecure_public", daemon.insecure_public,
      "Allow addresses beyond this machine without TLS and a policy: to anyone who comes");
  app->add_option("--services", daemon.services,
                  "Services to host, joined by commas; gateway for none, but HTTP")
      ->delimiter(',')
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->capture_default_str();
  app->add_option("--upstream", daemon.upstreams,
                  "SERVICE=ADDRESS of a service that another daemon hosts and the gateway passes "
                  "on; may be repeated")
      ->delimiter(',')
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app->add_option("--port_file", flags->port_file,
                  "File to write the port into, once calls are taken");
  app->add_flag("!--no_reflection", daemon.reflection, "Do not describe the services to clients");
}

void DeclareAccess(CLI::App* app, Flags* flags) {
  DaemonOptions& daemon = flags->daemon;
  app->add_option("--tls_cert", daemon.tls.certificate,
                  "Certificate of the server (PEM, with those between it and its authority)");
  app->add_option("--tls_key", daemon.tls.key, "Private key of the server (PEM)");
  app->add_option("--tls_client_ca", daemon.tls.client_authorities,
                  "Authorities that vouch for the certificates of clients (PEM)");
  app->add_option("--upstream_ca", daemon.tls.upstream_authorities,
                  "Authorities that vouch for the daemons of --graph_address and --upstream (PEM)");
  app->add_option("--policy", daemon.policy,
                  "Who may do and see what; without it, every caller is the local operator");
  app->add_option("--audit_dir", daemon.audit_dir,
                  "Directory of the audit log; with a policy, by default <data_dir>.audit");
}

void DeclareStore(CLI::App* app, Flags* flags) {
  DaemonOptions& daemon = flags->daemon;
  app->add_option("--data_dir", daemon.data_dir, "Directory of the store");
  app->add_flag("--create", daemon.create, "Make the store if there is none");
  app->add_option("--backup_dir", daemon.backup_dir,
                  "Directory that operators may back the store up to, of this store alone");
  app->add_option("--backup_keep", daemon.backup_keep,
                  "How many backups are kept where a caller does not say")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app->add_option("--ontology", flags->ontology,
                  "Ontology of a new store, or the successor of a stored one");
  app->add_option("--page_token_key", daemon.page_token_key,
                  "File of the key that seals page tokens, made where it is not there; by default "
                  "in --data_dir. Daemons that answer in turn need the same");
  app->add_option("--graph_address", daemon.graph_address,
                  "Address of the daemon that hosts the graph, where it is not this one");
}

void DeclareLimits(CLI::App* app, Flags* flags, RawFlags* raw) {
  ServiceRuntimeOptions& runtime = flags->daemon.runtime;
  app->add_option("--max_message_bytes", runtime.limits.max_message_bytes,
                  "Largest message that is accepted")
      ->check(CLI::Range(1 << 10, 1 << 30))
      ->capture_default_str();
  app->add_option("--worker_threads", runtime.worker_threads,
                  "Threads for reads and questions; 0 for one a core")
      ->check(CLI::Range(0, 1'024))
      ->capture_default_str();
  app->add_option("--answer_cache_bytes", runtime.answer_cache_bytes,
                  "Memory for answers that are kept for the next caller; 0 to keep none")
      ->check(CLI::Range(size_t{0}, size_t{1} << 40))
      ->capture_default_str();
  app->add_option("--record_cache_bytes", flags->daemon.record_cache_bytes,
                  "Memory for nodes, edges and names that were read of the store; 0 to keep none")
      ->check(CLI::Range(size_t{0}, size_t{1} << 40))
      ->capture_default_str();
  app->add_option("--max_concurrent", runtime.max_concurrent, "Calls in hand at once")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app->add_option("--max_streams", runtime.stream_threads, "Streams open at once")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app->add_option("--drain_seconds", raw->drain_seconds, "How long calls may go on after SIGTERM")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  app->add_option("--clearance", raw->clearance,
                  "What callers may see where there is no --policy: clear, green, amber, "
                  "amber+strict, or red "
                  "with every space")
      ->default_str("red");
  app->add_option("--log_level", flags->log_level, "debug, info, warning, error or off")
      ->capture_default_str();
}

// The arguments as CLI11 takes them: last first. It reads `--flag=` as a flag whose value is the
// next argument; split in two, the empty value is a value.
std::vector<std::string> ReversedArguments(int argc, const char* const* argv) {
  std::vector<std::string> arguments;
  for (int i = argc - 1; i > 0; --i) {
    std::string argument = argv[i];
    if (argument.starts_with("--") && argument.ends_with("=")) {
      argument.pop_back();
      arguments.emplace_back();
    }
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

absl::Status TakeRaw(const RawFlags& raw, Flags* flags) {
  const absl::StatusOr<graph::TrafficLight> level =
      graph::ParseTrafficLight(raw.clearance.empty() ? "red" : raw.clearance);
  if (!level.ok()) {
    return absl::InvalidArgumentError("--clearance: " + std::string(level.status().message()));
  }
  graph::Clearance& clearance = flags->daemon.runtime.local_clearance;
  clearance = graph::Clearance::Operator();
  if (*level != graph::v1::TRAFFIC_LIGHT_RED) clearance = graph::Clearance{*level, {}, false};
  flags->drain = absl::Seconds(raw.drain_seconds);
  DaemonOptions& daemon = flags->daemon;
  if (!daemon.policy.empty() && !raw.clearance.empty()) {
    return absl::InvalidArgumentError(
        "--clearance is for a daemon without --policy, which says it for each caller");
  }
  if (!daemon.policy.empty() && daemon.audit_dir.empty() && !daemon.data_dir.empty()) {
    daemon.audit_dir = daemon.data_dir + ".audit";
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Flags>> ParseFlags(int argc, const char* const* argv) {
  Flags flags;
  RawFlags raw;
  CLI::App app("Serves the Attlas knowledge graph of arms-control commitments over gRPC.",
               "attlasd");
  // The last of a repeated flag counts, so that a wrapper script may have its own defaults.
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.set_version_flag("--version", "attlasd " ATTLAS_VERSION);
  DeclareServing(&app, &flags);
  DeclareAccess(&app, &flags);
  DeclareStore(&app, &flags);
  DeclareLimits(&app, &flags, &raw);
  try {
    app.parse(ReversedArguments(argc, argv));
  } catch (const CLI::Success& asked) {
    app.exit(asked);
    return std::optional<Flags>();
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(std::string(error.what()) + "; see attlasd --help");
  }
  ATTLAS_RETURN_IF_ERROR(TakeRaw(raw, &flags));
  return std::optional<Flags>(std::move(flags));
}

}  // namespace attlas::services
