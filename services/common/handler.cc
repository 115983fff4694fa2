#include "services/common/handler.h"

#include <chrono>
#include <exception>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "services/common/log.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

constexpr char kRequestIdKey[] = "x-request-id";
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
  return absl::StrFormat("%016x%016x", absl::Uniform<uint64_t>(random),
                         absl::Uniform<uint64_t>(random));
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

}  // namespace

Method::Method(ServiceRuntime* runtime, std::string_view service, std::string_view name,
               const MethodOptions& options)
    : runtime_(runtime),
      full_name_(absl::StrCat(graph::ToAbsl(service), "/", graph::ToAbsl(name))),
      options_(options),
      metrics_(runtime->metrics().ForMethod(service, name)) {}

Call::Call(Method* method, grpc::CallbackServerContext* context, bool counts)
    : method_(method), start_(absl::Now()) {
  context_.request_id = RequestId(*context);
  context_.deadline = Deadline(*context, method->options().default_deadline);
  context_.clearance = method->runtime()->local_clearance();
  context_.cancelled = [context] { return context->IsCancelled(); };
  context->AddInitialMetadata(kRequestIdKey, context_.request_id);
  method_->metrics().Started();
  admission_ = counts ? method_->runtime()->Enter() : method_->runtime()->CheckServing();
  entered_ = counts && admission_.ok();
}

Call::~Call() {
  if (entered_) method_->runtime()->Leave();
}

absl::Status Call::Check() const {
  if (!admission_.ok()) return admission_;
  return CheckCall(context_);
}

grpc::Status Call::End(const absl::Status& status) {
  const absl::Duration duration = absl::Now() - start_;
  grpc::Status told = ToGrpcStatus(status, context_.request_id);
  const auto code = static_cast<absl::StatusCode>(told.error_code());
  method_->metrics().Ended(code, duration);
  LogCall(method_->full_name(), context_, status, duration);
  return told;
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
