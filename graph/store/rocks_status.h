// The one place where a RocksDB status becomes ours.
#ifndef ATTLAS_GRAPH_STORE_ROCKS_STATUS_H_
#define ATTLAS_GRAPH_STORE_ROCKS_STATUS_H_

#include <rocksdb/status.h>

#include <string_view>

#include "absl/status/status.h"

namespace attlas::graph {

// What went wrong while doing `action` (such as "opening the store"): DATA_LOSS for damage,
// RESOURCE_EXHAUSTED for a full disk, PERMISSION_DENIED for a directory that cannot be written,
// FAILED_PRECONDITION for a lock that another process holds, NOT_FOUND, UNAVAILABLE otherwise.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view action);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_ROCKS_STATUS_H_
