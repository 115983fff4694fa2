// Structured log lines: one JSON object a line on standard error, never with contents of the graph.
//
// Whoever logs waits for nobody: lines go out from a thread of their own, and where standard error
// is read too slowly, or not at all, lines are left out, counted, and said to be.
//
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_COMMON_LOG_H_
#define ATTLAS_SERVICES_COMMON_LOG_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/graph_api.h"

namespace attlas::services {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Keys and values of a line, beside time, level and event.
using LogFields = std::vector<std::pair<std::string_view, std::string>>;

// Sets the lowest level that is written: `debug`, `info`, `warning`, `error` or `off`.
// INVALID_ARGUMENT for another word. Before the first line.
absl::Status StartLog(std::string_view level);

void Log(LogLevel level, std::string_view event, const LogFields& fields);

// How many lines were left out since the start.
int64_t LostLogLines();

// The line of an ended call. Good calls are lines of level debug; what a caller did wrong is info,
// what we did wrong is error and alone carries the message.
void LogCall(std::string_view method, const CallContext& context, const absl::Status& status,
             absl::Duration duration);

// The line of a span (trace_context.h), where the caller records its trace; nothing otherwise. Its
// fields are those of a span in OpenTelemetry, so that whatever collects the log can make one of
// it.
void LogSpan(std::string_view method, const CallContext& context, absl::StatusCode code,
             absl::Time start, absl::Duration duration);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_LOG_H_
