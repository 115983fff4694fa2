#include "services/common/log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <memory>
#include <mutex>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/error.h"
#include "graph/base/escape.h"
#include "graph/base/strings.h"
#include "services/common/log_writer.h"
#include "services/common/status.h"

namespace attlas::services {
namespace {

// A plain pattern would let a value break out of its quotes; values are escaped below.
constexpr char kPattern[] = R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})";

// Some thousand lines, for a reader that is late.
constexpr size_t kMostWaitingBytes = size_t{1} << 20;
// At the end of the process, for a reader that reads.
constexpr absl::Duration kLastPatience = absl::Seconds(1);

// Writes what is left at the end of the process, however it comes.
struct Writer {
  ~Writer() { lines.Flush(kLastPatience); }

  // Lines may come after that, so that it never ends.
  LogWriter& lines = *new LogWriter(STDERR_FILENO, kMostWaitingBytes);
};

LogWriter& Lines() {
  static const Writer kWriter;
  return kWriter.lines;
}

// The mutex is for the formatter alone, and never held for long.
class Sink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit Sink(LogWriter* lines) : lines_(*lines) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    lines_.Write({line.data(), line.size()});
  }
  void flush_() override {}

 private:
  LogWriter& lines_;
};

std::shared_ptr<spdlog::logger> Logger() {
  static const std::shared_ptr<spdlog::logger> kLogger = [] {
    auto logger = std::make_shared<spdlog::logger>("attlas", std::make_shared<Sink>(&Lines()));
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
  graph::AppendEscaped(text, out);
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

namespace {

void WriteLine(LogLevel level, std::string_view event, const LogFields& fields) {
  std::string line = R"("event":)";
  AppendQuoted(event, &line);
  for (const auto& [key, value] : fields) {
    line.push_back(',');
    AppendQuoted(key, &line);
    line.push_back(':');
    AppendQuoted(value, &line);
  }
  Logger()->log(ToSpdlog(level), spdlog::string_view_t(line));
}

}  // namespace

void Log(LogLevel level, std::string_view event, const LogFields& fields) {
  if (!Logger()->should_log(ToSpdlog(level))) return;
  if (const int64_t lost = Lines().TakeUnreported(); lost > 0) {
    WriteLine(LogLevel::kWarning, "log_lines_lost", {{"count", absl::StrCat(lost)}});
  }
  WriteLine(level, event, fields);
}

int64_t LostLogLines() { return Lines().lost(); }

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
