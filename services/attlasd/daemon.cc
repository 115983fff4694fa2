#include "services/attlasd/daemon.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "graph/base/status_macros.h"
#include "services/access/access_control.h"
#include "services/access/audit_log.h"
#include "services/access/requirement.h"
#include "services/attlasd/admin_server.h"
#include "services/attlasd/audit_notes.h"
#include "services/attlasd/check_options.h"
#include "services/attlasd/daemon_metrics.h"
#include "services/attlasd/graph_metrics.h"
#include "services/attlasd/listen_address.h"
#include "services/attlasd/server_plugins.h"
#include "services/attlasd/service_registry.h"
#include "services/attlasd/statusz.h"
#include "services/attlasd/upstreams.h"
#include "services/common/log.h"
#include "services/common/undecodable_request.h"
#include "services/engagement/space_keeper.h"
#include "services/gateway/gateway.h"
#include "services/graph/local_graph.h"
#include "services/graph/remote_graph.h"

#ifndef ATTLAS_VERSION
#define ATTLAS_VERSION "unknown"
#endif

namespace attlas::services {
namespace {

constexpr char kPageTokenKeyFile[] = "page_token.key";
// How often the place of the audit log is noted in the log, so that it is kept elsewhere, too.
constexpr absl::Duration kNoteAuditHead = absl::Minutes(10);
// What a body of HTTP may have beside its message.
constexpr size_t kFramingBytes = 1'024;
// How often what spaces keep no longer is erased.
constexpr absl::Duration kSweepSpaces = absl::Hours(1);

// Connections are checked for life, and renewed so that clients spread over new replicas.
void SetConnectionArguments(grpc::ServerBuilder* builder) {
  constexpr int kSecond = 1'000;
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60 * kSecond);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * kSecond);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10 * kSecond);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 30 * 60 * kSecond);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 10 * 60 * kSecond);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1'024);
  // Two daemons on one port would share its calls at random.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

// Members are destroyed from the last to the first: the server before what it serves.
struct Daemon::Impl {
  Impl() = default;
  // A sweep tells the services of what it erased: none may run when they go.
  ~Impl() {
    if (spaces != nullptr) spaces->StopSweeping();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  DaemonOptions options;
  std::vector<std::string> service_names;
  std::unique_ptr<AuditNotes> audit_notes;
  std::unique_ptr<graph::Graph> graph;
  std::unique_ptr<ServiceRuntime> runtime;
  std::unique_ptr<LocalGraph> local;
  std::unique_ptr<engagement::SpaceKeeper> spaces;
  std::unique_ptr<RemoteGraph> remote;
  std::vector<std::unique_ptr<HostedService>> services;
  std::shared_ptr<void> redactions;  // The subscription of whatever keeps what was read.
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<gateway::Gateway> gateway;
  std::atomic<bool> serving{false};
  std::atomic<gateway::Gateway*> web{nullptr};  // The same, for the threads of others.
  std::string address;
  std::string web_address;
  int port = 0;
  std::vector<UpstreamAddress> upstreams;
  DaemonFacts facts;
  std::unique_ptr<AdminServer> admin;  // The last, for it tells of all the others.

  absl::Status OpenAccess();
  absl::Status ReadPageTokenKey();
  absl::Status OpenStore();
  absl::Status OpenSpaces();
  void StartSweepingSpaces();
  void MakeServices();
  absl::Status CheckServices() const;
  absl::Status Listen();
  absl::Status StartAdmin();
  absl::Status StartGateway();
  void CollectFacts();
  void SetServing(bool now);
};

absl::Status Daemon::Impl::OpenAccess() {
  if (!options.policy.empty()) {
    const auto note = [](const absl::Status& loaded) {
      if (loaded.ok()) return Log(LogLevel::kInfo, "policy_reloaded", {});
      Log(LogLevel::kError, "policy_refused", {{"message", std::string(loaded.message())}});
    };
    ATTLAS_ASSIGN_OR_RETURN(options.runtime.access,
                            AccessControl::FromPolicyFile(options.policy, note));
  }
  if (!options.audit_dir.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(options.runtime.audit, AuditLog::Open(options.audit_dir));
    audit_notes = std::make_unique<AuditNotes>(options.runtime.audit, kNoteAuditHead);
  }
  return absl::OkStatus();
}

absl::Status Daemon::Impl::OpenStore() {
  if (options.data_dir.empty()) return absl::OkStatus();
  graph::GraphOptions open;
  open.path = options.data_dir;
  open.create_if_missing = options.create;
  open.ontology = options.ontology;
  open.max_mutations = options.runtime.limits.max_mutations;
  open.record_cache_bytes = options.record_cache_bytes;
  ATTLAS_ASSIGN_OR_RETURN(graph, graph::Graph::Open(open));
  return absl::OkStatus();
}

// Listings that several daemons answer in turn need one key; those of a store have one with it.
absl::Status Daemon::Impl::ReadPageTokenKey() {
  if (!options.page_token_key.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(options.runtime.page_token_key,
                            PageTokenKey::LoadOrCreate(options.page_token_key));
    return absl::OkStatus();
  }
  if (graph == nullptr) return absl::OkStatus();
  absl::StatusOr<PageTokenKey> key =
      PageTokenKey::LoadOrCreate(absl::StrCat(options.data_dir, "/", kPageTokenKeyFile));
  if (key.ok()) {
    options.runtime.page_token_key = *key;
  } else {
    // Listings then have to be started anew after a restart; nothing else depends on the key.
    Log(LogLevel::kWarning, "page_token_key", {{"message", std::string(key.status().message())}});
  }
  return absl::OkStatus();
}

absl::Status Daemon::Impl::OpenSpaces() {
  if (graph == nullptr) return absl::OkStatus();
  spaces = std::make_unique<engagement::SpaceKeeper>(graph.get());
  ATTLAS_RETURN_IF_ERROR(spaces->Load());
  runtime->SetAdmitToSpaces(
      [keeper = spaces.get()](std::string_view principal, graph::Clearance* clearance) {
        keeper->Admit(principal, clearance);
      });
  return absl::OkStatus();
}

void Daemon::Impl::StartSweepingSpaces() {
  if (graph == nullptr) return;
  redactions = graph->SubscribeToRedactions([this](uint64_t) {
    runtime->answers().Clear();
    for (const std::unique_ptr<HostedService>& service : services) service->Forget();
    // A gateway that is just starting has kept nothing yet.
    if (gateway::Gateway* const gate = web.load(); gate != nullptr) gate->Forget();
  });
  spaces->StartSweeping(kSweepSpaces);
}

void Daemon::Impl::MakeServices() {
  GraphApi* api = nullptr;
  if (graph != nullptr) {
    local = std::make_unique<LocalGraph>(graph.get(), runtime->limits(), runtime->page_tokens());
    api = local.get();
    AddGraphMetrics(graph.get(), local.get(), &runtime->metrics());
  } else if (!options.graph_address.empty()) {
    const bool names_callers = !options.policy.empty() && !options.tls.upstream_authorities.empty();
    remote = std::make_unique<RemoteGraph>(
        RemoteGraph::Connect(options.graph_address, MakeUpstreamCredentials(options.tls)),
        names_callers ? RemoteGraph::Naming::kNamesCallers : RemoteGraph::Naming::kOwn);
    api = remote.get();
  }
  for (const std::string& name : service_names) {
    services.push_back(MakeService(name, {.graph = api,
                                          .local = local.get(),
                                          .store = graph.get(),
                                          .keeper = spaces.get(),
                                          .runtime = runtime.get(),
                                          .backup = {.backup_dir = options.backup_dir,
                                                     .data_dir = options.data_dir,
                                                     .audit_dir = options.audit_dir,
                                                     .keep_count = options.backup_keep}}));
  }
  AddKeptSubgraphMetrics(&services, &runtime->metrics());
}

// What is hosted beside them (health, reflection) comes with gRPC and has no options.
absl::Status Daemon::Impl::CheckServices() const {
  for (const std::unique_ptr<HostedService>& service : services) {
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        std::string(service->full_name()));
    if (descriptor == nullptr) {
      return absl::InternalError(
          absl::StrCat("no proto describes the service ", std::string(service->full_name())));
    }
    ATTLAS_RETURN_IF_ERROR(CheckDeclared(*descriptor));
  }
  return absl::OkStatus();
}

absl::Status Daemon::Impl::Listen() {
  InstallPlugins();
  grpc::ServerBuilder builder;
  SetPlugins({.reflection = options.reflection, .channelz = false}, &builder);
  builder.SetMaxReceiveMessageSize(runtime->limits().max_message_bytes);
  SetConnectionArguments(&builder);
  builder.AddListeningPort(options.listen, MakeServerCredentials(options.tls), &port);
  for (const std::unique_ptr<HostedService>& service : services) {
    builder.RegisterService(service->grpc_service());
  }
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(MakeUndecodableRequestInterceptor());
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
  server = builder.BuildAndStart();
  const bool is_unix = options.listen.starts_with("unix");
  if (server == nullptr || (port == 0 && !is_unix)) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot listen on ", options.listen,
                     "; is the address in use? Choose another with --listen"));
  }
  if (is_unix) port = 0;
  address = WithPort(options.listen, port);
  return absl::OkStatus();
}

void Daemon::Impl::CollectFacts() {
  facts.version = ATTLAS_VERSION;
  facts.start = absl::Now();
  facts.services = service_names;
  if (!options.http_listen.empty()) facts.services.push_back("gateway");
  if (!options.graph_address.empty()) facts.elsewhere.emplace_back("graph", options.graph_address);
  for (const UpstreamAddress& upstream : upstreams) {
    facts.elsewhere.emplace_back(upstream.service, upstream.address);
  }
  facts.has_tls = !options.tls.empty();
  facts.has_policy = !options.policy.empty();
  facts.has_audit = !options.audit_dir.empty();
  facts.limits = runtime->limits();
}

absl::Status Daemon::Impl::StartAdmin() {
  AdminOptions admin_options;
  admin_options.listen = options.admin_listen;
  admin_options.grpc_listen = options.admin_grpc_listen;
  admin_options.metrics = [this] { return runtime->metrics().Text(); };
  admin_options.ready = [this] { return serving.load(); };
  admin_options.statusz = [this] {
    return StatuszPage(facts, graph.get(), serving.load(), absl::Now());
  };
  for (const std::unique_ptr<HostedService>& service : services) {
    admin_options.services.emplace_back(service->full_name());
  }
  ATTLAS_ASSIGN_OR_RETURN(admin, AdminServer::Start(std::move(admin_options)));
  return absl::OkStatus();
}

absl::Status Daemon::Impl::StartGateway() {
  if (options.http_listen.empty()) return absl::OkStatus();
  gateway::GatewayOptions gate;
  gate.http.listen = options.http_listen;
  gate.http.tls = {.certificate = options.tls.certificate,
                   .key = options.tls.key,
                   .client_authorities = options.tls.client_authorities};
  const auto message_bytes = static_cast<size_t>(runtime->limits().max_message_bytes);
  gate.http.limits.message_bytes = message_bytes;
  gate.http.limits.body_bytes = message_bytes + kFramingBytes;
  gate.local_only = IsLocalAddress(options.http_listen);
  gate.hosts = options.http_hosts;
  // Who keeps no answers keeps none of their JSON either.
  gate.json_bytes = std::min(gate.json_bytes, options.runtime.answer_cache_bytes);
  gate.web_dir = options.web_dir;
  for (const std::unique_ptr<HostedService>& service : services) {
    gate.services.push_back(google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        std::string(service->full_name())));
  }
  gate.upstreams = ConnectUpstreams(upstreams, MakeUpstreamCredentials(options.tls));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  gate.channel = server->InProcessChannel(arguments);
  gate.callers = &runtime->callers();
  gate.ready = [this] { return !runtime->draining(); };
  // Metrics ask nobody who they are: beyond this machine and its operator they are not told.
  if (gate.local_only && options.policy.empty()) {
    gate.metrics = [this] { return runtime->metrics().Text(); };
  }
  const bool tls = !options.tls.empty();
  ATTLAS_ASSIGN_OR_RETURN(gateway, gateway::Gateway::Start(std::move(gate)));
  web_address =
      absl::StrCat(tls ? "https://" : "http://", WithPort(options.http_listen, gateway->port()));
  web.store(gateway.get());
  AddGatewayMetrics(gateway.get(), &runtime->metrics());
  Log(LogLevel::kInfo, "gateway", {{"address", web_address}});
  return absl::OkStatus();
}

void Daemon::Impl::SetServing(bool now) {
  serving.store(now);
  admin->SetServing(now);
  grpc::HealthCheckServiceInterface* health = server->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(now);
  for (const std::unique_ptr<HostedService>& service : services) {
    health->SetServingStatus(std::string(service->full_name()), now);
  }
}

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(DaemonOptions options) {
  ATTLAS_RETURN_IF_ERROR(CheckOptions(options));
  auto impl = std::make_unique<Impl>();
  impl->options = std::move(options);
  ATTLAS_ASSIGN_OR_RETURN(
      impl->service_names,
      ResolveServices(impl->options.services, !impl->options.graph_address.empty()));
  ATTLAS_ASSIGN_OR_RETURN(impl->upstreams, ParseUpstreams(impl->options.upstreams));
  ATTLAS_RETURN_IF_ERROR(impl->OpenAccess());
  ATTLAS_RETURN_IF_ERROR(impl->OpenStore());
  ATTLAS_RETURN_IF_ERROR(impl->ReadPageTokenKey());
  impl->runtime = std::make_unique<ServiceRuntime>(impl->options.runtime);
  ATTLAS_RETURN_IF_ERROR(impl->OpenSpaces());
  impl->MakeServices();
  impl->StartSweepingSpaces();
  ATTLAS_RETURN_IF_ERROR(impl->CheckServices());
  impl->CollectFacts();
  AddDaemonMetrics(impl->facts.version, impl->runtime.get());
  ATTLAS_RETURN_IF_ERROR(impl->StartAdmin());
  ATTLAS_RETURN_IF_ERROR(impl->Listen());
  ATTLAS_RETURN_IF_ERROR(impl->StartGateway());
  impl->SetServing(true);
  return std::unique_ptr<Daemon>(new Daemon(std::move(impl)));
}

Daemon::Daemon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Daemon::~Daemon() { Shutdown(absl::ZeroDuration()); }

const std::string& Daemon::address() const { return impl_->address; }
int Daemon::port() const { return impl_->port; }
int Daemon::admin_port() const { return impl_->admin == nullptr ? 0 : impl_->admin->port(); }
const std::string& Daemon::admin_grpc_address() const { return impl_->admin->grpc_address(); }
const std::string& Daemon::web_address() const { return impl_->web_address; }
graph::Graph* Daemon::graph() const { return impl_->graph.get(); }
ServiceRuntime& Daemon::runtime() const { return *impl_->runtime; }
const std::vector<std::string>& Daemon::services() const { return impl_->service_names; }

void Daemon::Shutdown(absl::Duration drain) {
  if (impl_->server == nullptr) return;
  const absl::Time deadline = absl::Now() + drain;
  impl_->SetServing(false);
  impl_->runtime->StartDraining();
  if (impl_->gateway != nullptr) impl_->gateway->Drain();
  for (const std::unique_ptr<HostedService>& service : impl_->services) service->Drain();
  impl_->server->Shutdown(absl::ToChronoTime(deadline));
  impl_->server->Wait();
  // What was answered is still on its way to clients of HTTP.
  if (impl_->gateway != nullptr) {
    impl_->gateway->Stop(std::max(deadline - absl::Now(), absl::ZeroDuration()));
  }
  impl_->runtime->Stop();
  impl_->server.reset();
  impl_->admin.reset();
  impl_->audit_notes.reset();
}

}  // namespace attlas::services
