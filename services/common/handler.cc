#include "services/common/handler.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "services/access/request_needs.h"
#include "services/common/forwarded_caller.h"
#include "services/common/log.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

constexpr char kRequestIdKey[] = "x-request-id";
constexpr char kAuthorizationKey[] = "authorization";
constexpr size_t kMaxRequestIdBytes = 128;

// A request id goes into logs and headers, so it must be short and printable.
bool IsUsableRequestId(std::string_view id) {
  if (id.empty() || id.size() > kMaxRequestIdBytes) return false;
  for (const char c : id) {
    if (c < '!' || c > '~') return false;
  }
  return true;
}

std::string NewRequestId() {
  thread_local absl::BitGen random;
  return absl::StrCat(absl::Hex(absl::Uniform<uint64_t>(random), absl::kZeroPad16),
                      absl::Hex(absl::Uniform<uint64_t>(random), absl::kZeroPad16));
}

std::string RequestId(const grpc::CallbackServerContext& context) {
  const auto found = context.client_metadata().find(kRequestIdKey);
  if (found != context.client_metadata().end()) {
    const std::string_view id(found->second.data(), found->second.size());
    if (IsUsableRequestId(id)) return std::string(id);
  }
  return NewRequestId();
}

absl::Time Deadline(const grpc::CallbackServerContext& context, absl::Duration by_default) {
  const std::chrono::system_clock::time_point deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) return absl::FromChrono(deadline);
  return absl::Now() + by_default;
}

// What the proto of the RPC says that it needs.
Role RoleOf(std::string_view service, std::string_view name) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat(graph::ToAbsl(service), ".", graph::ToAbsl(name)));
  return method == nullptr ? access::v1::ROLE_UNSPECIFIED : RequiredRole(*method);
}

std::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// The value of a header; empty where it is not there.
std::string_view Header(const grpc::CallbackServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  return found == context.client_metadata().end() ? std::string_view() : View(found->second);
}

std::optional<TraceContext> TraceOf(const grpc::CallbackServerContext& context) {
  const std::string_view parent = Header(context, kTraceparentKey);
  if (parent.empty()) return std::nullopt;
  return ContinueTrace(parent, Header(context, kTracestateKey));
}

// What the caller shows. A certificate counts where TLS has checked it. Of a call that the gateway
// passes on, the certificate is the one that the gateway was shown.
Credentials CredentialsOf(const grpc::CallbackServerContext& context,
                          const std::optional<ForwardedCaller>& forwarded) {
  Credentials credentials;
  credentials.authorization = Header(context, kAuthorizationKey);
  if (forwarded.has_value()) {
    credentials.has_certificate = forwarded->has_certificate;
    credentials.certificate_uris = forwarded->certificate_uris;
    return credentials;
  }
  const std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  credentials.has_certificate = peer != nullptr && peer->IsPeerAuthenticated();
  if (!credentials.has_certificate) return credentials;
  for (const grpc::string_ref& uri : peer->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    credentials.certificate_uris.emplace_back(View(uri));
  }
  return credentials;
}

// For whom a call is passed on, and what counts of it.
struct Forwarding {
  std::optional<ForwardedCaller> caller;  // Nothing for who calls for themselves.
  Role highest_role = access::v1::ROLE_OPERATOR;
};

Forwarding ForwardingOf(const ServiceRuntime& runtime, const grpc::CallbackServerContext& context) {
  Forwarding by{.caller = runtime.callers().Find(context.client_metadata())};
  if (by.caller.has_value()) return by;
  by.caller = ForwardedCallers::FindOfPeer(context.client_metadata());
  if (!by.caller.has_value()) return by;
  const Credentials peer = CredentialsOf(context, std::nullopt);
  const Role highest = peer.certificate_uris.size() == 1
                           ? runtime.access().ForwardedRole(peer.certificate_uris[0])
                           : access::v1::ROLE_UNSPECIFIED;
  if (highest == access::v1::ROLE_UNSPECIFIED) return {};
  by.highest_role = highest;
  return by;
}

// Callers without a name of their own have an account an address, so that one cannot use up what
// the others may ask for.
std::string AccountOf(const Principal& principal, const grpc::CallbackServerContext& context,
                      const std::optional<ForwardedCaller>& forwarded) {
  if (principal.name != kAnyoneName) return principal.name;
  // `ipv4:203.0.113.7:52118`
  const std::string peer = forwarded.has_value() ? forwarded->peer : context.peer();
  return absl::StrCat(principal.name, " ", peer.substr(0, peer.rfind(':')));
}

}  // namespace

Method::Method(ServiceRuntime* runtime, std::string_view service, std::string_view name,
               const MethodOptions& options)
    : runtime_(runtime),
      full_name_(absl::StrCat(graph::ToAbsl(service), "/", graph::ToAbsl(name))),
      options_(options),
      role_(RoleOf(service, name)),
      metrics_(runtime->metrics().ForMethod(service, name)) {}

Call::Call(Method* method, grpc::CallbackServerContext* context, bool counts)
    : method_(method), server_context_(context), start_(absl::Now()) {
  context_.request_id = RequestId(*context);
  context_.trace = TraceOf(*context);
  context_.deadline = Deadline(*context, method->options().default_deadline);
  context_.cancelled = [context] { return context->IsCancelled(); };
  admission_ = counts ? method_->runtime()->Enter() : method_->runtime()->CheckServing();
  method_->metrics().Started();
  entered_ = counts && admission_.ok();
  if (admission_.ok()) admission_ = Authorize(*context);
}

Call::~Call() {
  if (!account_.empty()) method_->runtime()->quotas().Leave(account_);
  if (entered_) method_->runtime()->Leave();
}

absl::Status Call::Authorize(const grpc::CallbackServerContext& context) {
  ServiceRuntime& runtime = *method_->runtime();
  const AccessControl& access = runtime.access();
  Forwarding by;
  if (access.has_policy()) by = ForwardingOf(runtime, context);
  const std::optional<ForwardedCaller>& forwarded = by.caller;
  const bool is_named = forwarded.has_value() && !forwarded->principal.empty();
  if (is_named) {
    ATTLAS_ASSIGN_OR_RETURN(principal_, access.FindNamed(forwarded->principal));
  } else {
    const Credentials credentials =
        access.has_policy() ? CredentialsOf(context, forwarded) : Credentials();
    ATTLAS_ASSIGN_OR_RETURN(principal_, access.Authenticate(credentials, start_));
  }
  context_.principal = principal_->name;
  context_.role = std::min(principal_->role, by.highest_role);
  if (!Suffices(context_.role, method_->role())) return RoleInsufficient(method_->role());
  if (runtime.audit() != nullptr) ATTLAS_RETURN_IF_ERROR(runtime.audit()->Check());
  // Who passes a call on under its caller's name has charged that caller for the question as a
  // whole.
  if (access.has_policy() && !is_named) {
    std::string account = AccountOf(*principal_, context, forwarded);
    ATTLAS_RETURN_IF_ERROR(runtime.quotas().Enter(account, principal_->quota, start_));
    account_ = std::move(account);
  }
  context_.clearance = runtime.ClearanceOf(*principal_);
  return absl::OkStatus();
}

absl::Status Call::TakeRequest(const google::protobuf::Message& request) {
  if (method_->runtime()->audit() != nullptr) resources_ = NamedResources(request);
  return CheckFieldNeeds(request, context_.role);
}

void Call::NoteRevision(std::string_view revision) {
  if (method_->runtime()->audit() != nullptr) revision_ = std::string(revision);
}

void Call::EchoRequestId() {
  if (!std::exchange(echoed_, true)) {
    server_context_->AddInitialMetadata(kRequestIdKey, context_.request_id);
  }
}

bool Call::StillGranted() const {
  if (principal_ == nullptr) return false;
  const ServiceRuntime& runtime = *method_->runtime();
  return runtime.access().StillGranted(*principal_) &&
         runtime.ClearanceOf(*principal_).spaces == context_.clearance.spaces;
}

absl::Status Call::Check() const {
  if (!admission_.ok()) return admission_;
  return CheckCall(context_);
}

grpc::Status Call::End(const absl::Status& status) {
  const absl::Duration duration = absl::Now() - start_;
  grpc::Status told = ToGrpcStatus(status, context_.request_id);
  const auto code = static_cast<absl::StatusCode>(told.error_code());
  // gRPC tries a call again only where no head of an answer came, which metadata would be.
  if (code == absl::StatusCode::kUnavailable && !std::exchange(echoed_, true)) {
    server_context_->AddTrailingMetadata(kRequestIdKey, context_.request_id);
  }
  EchoRequestId();
  const CallerClass caller =
      principal_ == nullptr ? CallerClass::kUnknown : ClassOfCaller(principal_->name);
  method_->metrics().Ended(caller, code, duration);
  LogCall(method_->full_name(), context_, status, duration);
  LogSpan(method_->full_name(), context_, code, start_, duration);
  Record(status, start_ + duration);
  return told;
}

void Call::Record(const absl::Status& status, absl::Time end) {
  AuditLog* const audit = method_->runtime()->audit();
  if (audit == nullptr) return;
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  std::string reason = detail.has_value() ? detail->reason : "";
  if (reason.empty() && !status.ok()) reason = std::string(DefaultReason(status.code()));
  const bool denied = status.code() == absl::StatusCode::kUnauthenticated ||
                      status.code() == absl::StatusCode::kPermissionDenied || !admission_.ok();
  audit->Append({.time = end,
                 .caller = context_.principal,
                 .rpc = method_->full_name(),
                 .resources = std::move(resources_),
                 .allowed = !denied,
                 .code = absl::StatusCodeToString(status.code()),
                 .reason = std::move(reason),
                 .revision = std::move(revision_),
                 .request_id = context_.request_id});
}

absl::Status CheckCall(const CallContext& context) {
  if (context.cancelled && context.cancelled()) {
    return graph::MakeError(absl::StatusCode::kCancelled, "the caller went away",
                            {.reason = "CANCELLED", .metadata = {}, .violations = {}});
  }
  if (absl::Now() >= context.deadline) return DeadlineExceeded();
  return absl::OkStatus();
}

absl::Status Guarded(absl::FunctionRef<absl::Status()> function) {
  try {
    return function();
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  } catch (...) {
    return absl::InternalError("a library threw what is no std::exception");
  }
}

absl::Status Submit(const Method& method, WorkerPool::Task task) {
  ServiceRuntime* runtime = method.runtime();
  const bool writes = method.options().dispatch == Dispatch::kWriter;
  return (writes ? runtime->writers() : runtime->workers()).Submit(std::move(task));
}

}  // namespace attlas::services
