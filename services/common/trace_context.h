// Where a call stands in a trace: W3C Trace Context, the headers `traceparent` and `tracestate`.
//
// What: a caller that traces says so with each call; the call is then a span of its own under the
// caller's, and the calls that it makes in turn are spans under that. Who does not trace costs
// nothing: no trace is begun here.
// Threads: plain values; functions only.
//
// Example:
//   std::optional<TraceContext> trace = ContinueTrace(traceparent, tracestate);
//   if (trace) context->AddMetadata(kTraceparent, trace->Traceparent());
#ifndef ATTLAS_SERVICES_COMMON_TRACE_CONTEXT_H_
#define ATTLAS_SERVICES_COMMON_TRACE_CONTEXT_H_

#include <optional>
#include <string>
#include <string_view>

namespace attlas::services {

inline constexpr char kTraceparentKey[] = "traceparent";
inline constexpr char kTracestateKey[] = "tracestate";

struct TraceContext {
  std::string trace_id;   // 32 hexadecimal digits, of the whole trace.
  std::string span_id;    // 16, of this call.
  std::string parent_id;  // 16, of the span that made it.
  bool sampled = false;   // Whether the caller records the trace, so that it is worth a line.
  std::string state;      // What tracing systems tell one another; passed on as it came.

  // What tells the calls made under this one where they stand.
  std::string Traceparent() const;
};

// A span of its own under the one that `traceparent` names. Nothing for what is no traceparent; a
// `tracestate` that is too long or not printable is left out.
std::optional<TraceContext> ContinueTrace(std::string_view traceparent,
                                          std::string_view tracestate);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_TRACE_CONTEXT_H_
