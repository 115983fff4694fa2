#include "services/common/log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

// A plain pattern would let a value break out of its quotes; values are escaped below.
constexpr char kPattern[] = R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})";

std::shared_ptr<spdlog::logger> Logger() {
  static const std::shared_ptr<spdlog::logger> kLogger = [] {
    auto logger = std::make_shared<spdlog::logger>(
        "attlas", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern(kPattern);
    logger->set_level(spdlog::level::warn);
    return logger;
  }();
  return kLogger;
}

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

void AppendQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(out, "\\u%04x", static_cast<unsigned>(c));
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

// What the libraries print by themselves becomes lines of ours.
void TakeProtobufLine(google::protobuf::LogLevel, const char*, int, const std::string& message) {
  Log(LogLevel::kDebug, "protobuf", {{"message", message}});
}

void TakeGrpcLine(gpr_log_func_args* line) {
  const bool is_error = line->severity == GPR_LOG_SEVERITY_ERROR;
  Log(is_error ? LogLevel::kWarning : LogLevel::kDebug, "grpc", {{"message", line->message}});
}

}  // namespace

absl::Status StartLog(std::string_view level) {
  google::protobuf::SetLogHandler(&TakeProtobufLine);
  gpr_set_log_function(&TakeGrpcLine);
  const auto set = [](spdlog::level::level_enum lowest) {
    Logger()->set_level(lowest);
    return absl::OkStatus();
  };
  if (level == "debug") return set(spdlog::level::debug);
  if (level == "info") return set(spdlog::level::info);
  if (level == "warning") return set(spdlog::level::warn);
  if (level == "error") return set(spdlog::level::err);
  if (level == "off") return set(spdlog::level::off);
  return absl::InvalidArgumentError(absl::StrCat("unknown log level '", graph::ToAbsl(level),
                                                 "'; use debug, info, warning, error or off"));
}

void Log(LogLevel level, std::string_view event, const LogFields& fields) {
  const std::shared_ptr<spdlog::logger> logger = Logger();
  if (!logger->should_log(ToSpdlog(level))) return;
  std::string line = R"("event":)";
  AppendQuoted(event, &line);
  for (const auto& [key, value] : fields) {
    line.push_back(',');
    AppendQuoted(key, &line);
    line.push_back(':');
    AppendQuoted(value, &line);
  }
  logger->log(ToSpdlog(level), spdlog::string_view_t(line));
}

void LogCall(std::string_view method, const CallContext& context, const absl::Status& status,
             absl::Duration duration) {
  const bool hidden = HidesItsCause(status);
  const LogLevel level = hidden        ? LogLevel::kError
                         : status.ok() ? LogLevel::kDebug
                                       : LogLevel::kInfo;
  if (!Logger()->should_log(ToSpdlog(level))) return;
  const std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  LogFields fields = {
      {"method", std::string(method)},
      {"code", absl::StatusCodeToString(status.code())},
      {"milliseconds", absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(duration))},
      {"request_id", context.request_id}};
  if (context.trace.has_value()) {
    fields.emplace_back("trace_id", context.trace->trace_id);
    fields.emplace_back("span_id", context.trace->span_id);
  }
  if (!status.ok()) {
    fields.emplace_back("reason",
                        detail ? detail->reason : std::string(DefaultReason(status.code())));
  }
  if (!context.principal.empty()) fields.emplace_back("principal", context.principal);
  if (hidden) fields.emplace_back("message", std::string(status.message()));
  Log(level, "call", fields);
}

void LogSpan(std::string_view method, const CallContext& context, absl::StatusCode code,
             absl::Time start, absl::Duration duration) {
  if (!context.trace.has_value() || !context.trace->sampled) return;
  Log(LogLevel::kInfo, "span",
      {{"trace_id", context.trace->trace_id},
       {"span_id", context.trace->span_id},
       {"parent_span_id", context.trace->parent_id},
       {"name", std::string(method)},
       {"kind", "server"},
       {"start_unix_nanoseconds", absl::StrCat(absl::ToUnixNanos(start))},
       {"duration_nanoseconds", absl::StrCat(absl::ToInt64Nanoseconds(duration))},
       {"code", absl::StatusCodeToString(code)},
       {"request_id", context.request_id}});
}

}  // namespace attlas::services
