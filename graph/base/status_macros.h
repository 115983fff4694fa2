// Early return of errors. Named as in later releases of Abseil, so that an upgrade deletes this
// file.
#ifndef ATTLAS_GRAPH_BASE_STATUS_MACROS_H_
#define ATTLAS_GRAPH_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define ATTLAS_STATUS_CONCAT_INNER(a, b) a##b
#define ATTLAS_STATUS_CONCAT(a, b) ATTLAS_STATUS_CONCAT_INNER(a, b)

// Returns from the function if `expr`, an absl::Status, is not OK.
#define ATTLAS_RETURN_IF_ERROR(expr)                                                    \
  do {                                                                                  \
    if (absl::Status attlas_status = (expr); !attlas_status.ok()) return attlas_status; \
  } while (false)

// Evaluates `expr`, an absl::StatusOr<T>; returns its error, or assigns its value to `lhs`.
#define ATTLAS_ASSIGN_OR_RETURN(lhs, expr) \
  ATTLAS_ASSIGN_OR_RETURN_IMPL(ATTLAS_STATUS_CONCAT(attlas_status_or_, __LINE__), lhs, expr)
#define ATTLAS_ASSIGN_OR_RETURN_IMPL(var, lhs, expr) \
  auto var = (expr);                                 \
  if (!var.ok()) return std::move(var).status();     \
  lhs = std::move(var).value()

#endif  // ATTLAS_GRAPH_BASE_STATUS_MACROS_H_
