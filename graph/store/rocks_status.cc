#include "graph/store/rocks_status.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"

namespace attlas::graph {
namespace {

absl::Status Storage(absl::StatusCode code, const std::string& message) {
  return MakeError(code, message,
                   {.reason = "STORAGE_UNAVAILABLE", .metadata = {}, .violations = {}});
}

}  // namespace

absl::Status FromRocks(const rocksdb::Status& status, std::string_view action) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  const std::string doing(action);
  if (status.IsCorruption() || absl::StrContains(text, "CURRENT file does not end")) {
    return MakeError(
        absl::StatusCode::kDataLoss,
        absl::StrCat(doing, ": the data on disk are damaged (", text, "); restore a backup"),
        {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
  }
  if (status.IsNoSpace() || absl::StrContains(text, "No space left")) {
    return Storage(
        absl::StatusCode::kResourceExhausted,
        absl::StrCat(doing, ": the disk is full; free some space and try again (", text, ")"));
  }
  // Before the lock: the lock file is the first that cannot be written.
  if (absl::StrContains(text, "Permission denied") ||
      absl::StrContains(text, "Read-only file system")) {
    return Storage(absl::StatusCode::kPermissionDenied,
                   absl::StrCat(doing, ": the directory cannot be written (", text, ")"));
  }
  if (absl::StrContains(text, "lock ") || absl::StrContains(text, "LOCK")) {
    return Storage(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat(doing, ": another process has the store open (", text, ")"));
  }
  if (status.IsNotFound()) return absl::NotFoundError(absl::StrCat(doing, ": ", text));
  return Storage(absl::StatusCode::kUnavailable, absl::StrCat(doing, ": ", text));
}

}  // namespace attlas::graph
