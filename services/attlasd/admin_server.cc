#include "services/attlasd/admin_server.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/attlasd/listen_address.h"
#include "services/attlasd/server_plugins.h"
#include "services/gateway/http/http_server.h"
#include "services/gateway/http/page_headers.h"
#include "services/gateway/http/request_target.h"
#include "services/gateway/site/site_guard.h"

namespace attlas::services {
namespace {

using gateway::HttpRequest;
using gateway::HttpResponse;
using gateway::TextResponse;

// A scrape or a look, never a crowd.
constexpr size_t kThreads = 1;
constexpr size_t kConnections = 64;
constexpr size_t kBodyBytes = 4 << 10;

HttpResponse Page(std::string_view type, std::string body) {
  HttpResponse response;
  response.headers.Add("content-type", type);
  response.body = std::move(body);
  return response;
}

}  // namespace

struct AdminServer::Impl {
  explicit Impl(AdminOptions given)
      : options(std::move(given)), guard(IsLocalAddress(options.listen), {}) {}

  HttpResponse Answer(const HttpRequest& request) const;
  absl::Status ListenHttp();
  absl::Status ListenGrpc();

  const AdminOptions options;
  const gateway::SiteGuard guard;
  std::string grpc_address;
  std::unique_ptr<grpc::Server> grpc_server;
  std::unique_ptr<gateway::HttpServer> server;  // The last, so that it ends before what it uses.
};

HttpResponse AdminServer::Impl::Answer(const HttpRequest& request) const {
  const auto target = gateway::ParseTarget(request.target);
  if (!target.has_value()) return TextResponse(400, "the target of the request is malformed");
  if (const absl::Status host = guard.CheckHost(request); !host.ok()) {
    return TextResponse(absl::IsInvalidArgument(host) ? 400 : 421, graph::ToStd(host.message()));
  }
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse response = TextResponse(405, "this method is not allowed here");
    response.headers.Add("allow", "GET, HEAD");
    return response;
  }
  const std::string& path = target->path;
  if (path == "/metrics") {
    return Page("text/plain; version=0.0.4; charset=utf-8", options.metrics());
  }
  if (path == "/statusz") {
    HttpResponse page = Page("text/html; charset=utf-8", options.statusz());
    page.headers.Add("content-security-policy",
                     "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return page;
  }
  if (path == "/healthz") return TextResponse(200, "ok");
  if (path == "/readyz") {
    return options.ready() ? TextResponse(200, "ready") : TextResponse(503, "not ready");
  }
  return TextResponse(404, "there is nothing at this path; see /metrics, /statusz, /readyz");
}

absl::Status AdminServer::Impl::ListenHttp() {
  if (options.listen.empty()) return absl::OkStatus();
  gateway::HttpServerOptions http;
  http.listen = options.listen;
  http.limits.connections = kConnections;
  http.limits.body_bytes = kBodyBytes;
  http.threads = kThreads;
  auto started = gateway::HttpServer::Start(
      std::move(http), [this](const std::shared_ptr<gateway::Exchange>& exchange) {
        HttpResponse response = Answer(exchange->request());
        gateway::AddSafetyHeaders(&response.headers);
        response.headers.Add("cache-control", "no-store");
        exchange->Respond(std::move(response));
      });
  if (!started.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot serve metrics on ", options.listen,
                     "; is the address in use? Choose another with --admin_listen, or none with "
                     "--admin_listen="));
  }
  server = *std::move(started);
  return absl::OkStatus();
}

absl::Status AdminServer::Impl::ListenGrpc() {
  if (options.grpc_listen.empty()) return absl::OkStatus();
  InstallPlugins();
  int port = 0;
  grpc::ServerBuilder builder;
  SetPlugins({.reflection = true, .channelz = true}, &builder);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddListeningPort(options.grpc_listen, grpc::InsecureServerCredentials(), &port);
  grpc_server = builder.BuildAndStart();
  if (grpc_server == nullptr || port == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot listen on ", options.grpc_listen,
                     "; is the address in use? Choose another with --admin_grpc_listen"));
  }
  grpc_address = WithPort(options.grpc_listen, port);
  return absl::OkStatus();
}

AdminServer::AdminServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AdminServer::~AdminServer() = default;

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(AdminOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  ATTLAS_RETURN_IF_ERROR(impl->ListenHttp());
  ATTLAS_RETURN_IF_ERROR(impl->ListenGrpc());
  std::unique_ptr<AdminServer> server(new AdminServer(std::move(impl)));
  // Until the daemon says otherwise.
  server->SetServing(false);
  if (server->impl_->grpc_server != nullptr) {
    server->impl_->grpc_server->GetHealthCheckService()->SetServingStatus(kLivenessService, true);
  }
  return server;
}

int AdminServer::port() const { return impl_->server == nullptr ? 0 : impl_->server->port(); }
const std::string& AdminServer::grpc_address() const { return impl_->grpc_address; }

void AdminServer::SetServing(bool serving) {
  if (impl_->grpc_server == nullptr) return;
  grpc::HealthCheckServiceInterface* const health = impl_->grpc_server->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(serving);
  for (const std::string& service : impl_->options.services) {
    health->SetServingStatus(service, serving);
  }
}

}  // namespace attlas::services
