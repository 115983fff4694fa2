#include "services/gateway/gateway.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/http/page_headers.h"
#include "services/gateway/http/request_target.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/rpc/rpc_call.h"
#include "services/gateway/rpc/rpc_request.h"
#include "services/gateway/site/api_comments.h"
#include "services/gateway/site/embedded_protos.h"
#include "services/gateway/site/openapi.h"
#include "services/gateway/site/reference_page.h"
#include "services/gateway/site/site_guard.h"
#include "services/gateway/site/static_site.h"

namespace attlas::gateway {
namespace {

constexpr char kIndex[] = "/index.html";
// Longer requests are read by threads that hold up no other connection meanwhile.
constexpr size_t kLongBody = 64 << 10;

using ExchangePtr = std::shared_ptr<Exchange>;

void Respond(const ExchangePtr& exchange, HttpResponse response) {
  AddSafetyHeaders(&response.headers);
  exchange->Respond(std::move(response));
}

void Refuse(const ExchangePtr& exchange, int status, std::string_view why) {
  Respond(exchange, TextResponse(status, why));
}

HttpResponse NotAllowed(std::string_view allow) {
  HttpResponse response = TextResponse(405, "this method is not allowed here");
  response.headers.Add("allow", allow);
  return response;
}

// What is another at each request.
HttpResponse Live(HttpResponse response) {
  response.headers.Add("cache-control", "no-store");
  return response;
}

// What is the same as long as this program runs.
HttpResponse Kept(std::string_view type, std::shared_ptr<const std::string> bytes) {
  HttpResponse response;
  response.headers.Add("content-type", type);
  response.headers.Add("cache-control", "no-cache");
  response.shared_body = std::move(bytes);
  return response;
}

HttpResponse Document(std::shared_ptr<const std::string> html) {
  HttpResponse response = Kept("text/html; charset=utf-8", std::move(html));
  AddDocumentHeaders(&response.headers);
  return response;
}

// Compresses what its client takes compressed.
void CompressFor(const HttpRequest& request, HttpResponse* response) {
  response->headers.Add("vary", "accept-encoding");
  if (response->content().size() < kWorthCompressing ||
      !AcceptsGzip(request.headers.Get("accept-encoding"))) {
    return;
  }
  response->headers.Add("content-encoding", kGzip);
  response->body = Gzip(response->content(), Effort::kQuick);
  response->shared_body = {};
}

// All that are served: those of this process, then those of others.
std::vector<const google::protobuf::ServiceDescriptor*> ServicesOf(const GatewayOptions& options) {
  std::vector<const google::protobuf::ServiceDescriptor*> services = options.services;
  for (const Upstream& upstream : options.upstreams) {
    services.insert(services.end(), upstream.services.begin(), upstream.services.end());
  }
  return services;
}

}  // namespace

struct Gateway::Impl {
  explicit Impl(GatewayOptions given)
      : options(std::move(given)),
        methods(ServicesOf(options)),
        guard(options.local_only, options.hosts),
        stub(options.channel),
        // Of what another daemon redacts this one is not told.
        memo(options.upstreams.empty() ? options.json_bytes : 0) {
    for (const Upstream& upstream : options.upstreams) {
      upstream_stubs.push_back(std::make_unique<grpc::GenericStub>(upstream.channel));
      for (const auto* service : upstream.services) {
        stub_of_upstream[service] = upstream_stubs.back().get();
      }
    }
  }

  void Handle(const ExchangePtr& exchange);
  void HandleRpc(const ExchangePtr& exchange, const RequestTarget& target,
                 const MethodDescriptor& method);
  // Whether it is a stream of messages, which are passed on as they come.
  bool ReadsInParts(const HttpRequest& request) const;
  void HandlePage(const ExchangePtr& exchange, const RequestTarget& target);
  std::optional<HttpResponse> OwnPage(std::string_view path);
  void DescribeRpcs();
  // How a method is called: in this process under its secret, elsewhere under our certificate.
  CallContext Way(const MethodDescriptor& method);

  const GatewayOptions options;
  const MethodTable methods;
  const SiteGuard guard;
  grpc::GenericStub stub;
  std::vector<std::unique_ptr<grpc::GenericStub>> upstream_stubs;
  std::map<const google::protobuf::ServiceDescriptor*, grpc::GenericStub*> stub_of_upstream;
  JsonMemo memo;
  std::unique_ptr<StaticSite> site;  // Null without a page.
  std::once_flag described;          // The next two are made when somebody asks.
  std::shared_ptr<const std::string> openapi;
  std::shared_ptr<const std::string> reference;
  std::atomic<uint64_t> requests{0};
  std::unique_ptr<HttpServer> server;  // The last, so that it ends before what it uses.
};

void Gateway::Impl::Handle(const ExchangePtr& exchange) {
  requests.fetch_add(1, std::memory_order_relaxed);
  const HttpRequest& request = exchange->request();
  const std::optional<RequestTarget> target = ParseTarget(request.target);
  if (!target.has_value()) return Refuse(exchange, 400, "the target of the request is malformed");
  const absl::Status host = guard.CheckHost(request);
  if (!host.ok()) {
    return Refuse(exchange, absl::IsInvalidArgument(host) ? 400 : 421,
                  graph::ToStd(host.message()));
  }
  const MethodDescriptor* method = methods.Find(target->path);
  if (method == nullptr) return HandlePage(exchange, *target);
  const absl::Status origin = SiteGuard::CheckOrigin(request);
  if (!origin.ok()) return Refuse(exchange, 403, graph::ToStd(origin.message()));
  HandleRpc(exchange, *target, *method);
}

void Gateway::Impl::HandleRpc(const ExchangePtr& exchange, const RequestTarget& target,
                              const MethodDescriptor& method) {
  const HttpRequest& request = exchange->request();
  const bool takes_get = TakesGet(method);
  if (request.method != "POST" && !(request.method == "GET" && takes_get)) {
    return Respond(exchange, NotAllowed(takes_get ? "GET, POST" : "POST"));
  }
  // A stream has no length to begin with, which HTTP/1.0 would need.
  if (IsStream(method) && request.is_http_1_0) {
    return Refuse(exchange, 505, "this RPC needs HTTP/1.1");
  }
  std::optional<CallShape> shape = ShapeOf(request, target, method);
  if (!shape.has_value()) {
    HttpResponse response = TextResponse(415, "this content type is not spoken here");
    response.headers.Add("accept-post", AcceptedTypes(method));
    return Respond(exchange, std::move(response));
  }
  absl::StatusOr<CallRequest> call = ReadCall(request, target, *shape, options.http.limits);
  if (!call.ok()) return FailCall(exchange, *shape, call.status());
  StartCall(exchange, *std::move(shape), *std::move(call), Way(method));
}

CallContext Gateway::Impl::Way(const MethodDescriptor& method) {
  const auto upstream = stub_of_upstream.find(method.service());
  if (upstream == stub_of_upstream.end()) {
    return {
        .stub = &stub, .callers = options.callers, .memo = &memo, .limits = &options.http.limits};
  }
  return {
      .stub = upstream->second, .callers = nullptr, .memo = &memo, .limits = &options.http.limits};
}

bool Gateway::Impl::ReadsInParts(const HttpRequest& request) const {
  // Most requests are none, which their content type tells sooner than their target.
  if (request.method != "POST" || !IsEnveloped(request)) return false;
  const std::optional<RequestTarget> target = ParseTarget(request.target);
  const MethodDescriptor* method = target.has_value() ? methods.Find(target->path) : nullptr;
  return method != nullptr && method->client_streaming();
}

void Gateway::Impl::DescribeRpcs() {
  std::call_once(described, [this] {
    const ApiComments comments(EmbeddedProtos());
    openapi = std::make_shared<const std::string>(OpenApiDocument(methods.services(), comments));
    reference = std::make_shared<const std::string>(ReferencePage(methods.services(), comments));
  });
}

std::optional<HttpResponse> Gateway::Impl::OwnPage(std::string_view path) {
  if (path == "/healthz") return Live(TextResponse(200, "ok"));
  if (path == "/readyz") {
    const bool ready = !options.ready || options.ready();
    return Live(ready ? TextResponse(200, "ready") : TextResponse(503, "not ready"));
  }
  if (path == "/metrics" && options.metrics) {
    HttpResponse response = TextResponse(200, "");
    response.body = options.metrics();
    return Live(std::move(response));
  }
  if (path == "/openapi.json" || path == "/reference") {
    DescribeRpcs();
    return path == "/reference" ? Document(reference) : Kept("application/json", openapi);
  }
  if (path == kReferenceStylePath) {
    return Kept("text/css; charset=utf-8", std::make_shared<std::string>(ReferenceStyle()));
  }
  if (path == "/" && site == nullptr) return Document(std::make_shared<std::string>(WelcomePage()));
  return std::nullopt;
}

void Gateway::Impl::HandlePage(const ExchangePtr& exchange, const RequestTarget& target) {
  const HttpRequest& request = exchange->request();
  if (request.method == "POST") return Refuse(exchange, 404, "there is no such RPC");
  if (request.method != "GET" && request.method != "HEAD") {
    return Respond(exchange, NotAllowed("GET, HEAD"));
  }
  if (auto own = OwnPage(target.path)) {
    CompressFor(request, &*own);
    return Respond(exchange, *std::move(own));
  }
  if (site != nullptr) {
    const bool is_root = target.path == "/";
    if (const auto response =
            site->Current()->Serve(request, is_root ? std::string_view(kIndex) : target.path)) {
      return exchange->Respond(std::move(*response));
    }
  }
  Refuse(exchange, 404, "there is nothing at this path");
}

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(GatewayOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (!impl->options.web_dir.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(impl->site, StaticSite::Open(impl->options.web_dir));
  }
  HttpServerOptions http = impl->options.http;
  http.reads_in_parts = [raw = impl.get()](const HttpRequest& request) {
    return raw->ReadsInParts(request);
  };
  ATTLAS_ASSIGN_OR_RETURN(
      impl->server,
      HttpServer::Start(std::move(http), [raw = impl.get()](const ExchangePtr& exchange) {
        if (exchange->request().body.size() < kLongBody) return raw->Handle(exchange);
        exchange->Post([raw, exchange, keep = exchange->KeepServer()] { raw->Handle(exchange); });
      }));
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

int Gateway::port() const { return impl_->server->port(); }
HttpServer::Statistics Gateway::statistics() const { return impl_->server->statistics(); }
uint64_t Gateway::requests() const { return impl_->requests.load(std::memory_order_relaxed); }
void Gateway::Forget() { impl_->memo.Clear(); }
void Gateway::Drain() { impl_->server->Drain(); }
void Gateway::Stop(absl::Duration grace) { impl_->server->Stop(grace); }

}  // namespace attlas::gateway
