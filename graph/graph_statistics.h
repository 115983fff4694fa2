// What a graph takes and does, as counters and sizes for whoever runs it.
//
// Threads: plain values.
#ifndef ATTLAS_GRAPH_GRAPH_STATISTICS_H_
#define ATTLAS_GRAPH_GRAPH_STATISTICS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace attlas::graph {

// The record on the disk.
struct StoreStatistics {
  uint64_t file_bytes = 0;                // Of sorted files, those that wait to be deleted too.
  uint64_t memtable_bytes = 0;            // What is in memory and in the log, not yet in files.
  uint64_t block_cache_bytes = 0;         // Blocks of files that are kept in memory.
  uint64_t pending_compaction_bytes = 0;  // What has to be rewritten in the background.
  uint64_t background_jobs = 0;           // Flushes and compactions that run now.
  uint64_t background_errors = 0;         // Since the store was opened.
  bool writes_stopped = false;            // Whether writes wait for the background.
};

// The one writer.
struct CommitterStatistics {
  uint64_t commits = 0;       // Revisions made since the store was opened.
  uint64_t groups = 0;        // Writes to the disk that made them.
  uint64_t failures = 0;      // Writes that failed; nothing of them was applied.
  size_t queued = 0;          // Commits that wait or are under way.
  absl::Duration write_time;  // Spent in those writes, all together.
};

struct GraphStatistics {
  StoreStatistics store;
  CommitterStatistics committer;
  size_t record_cache_bytes = 0;  // Nodes, edges and names that are kept, parsed.
  size_t past_snapshots = 0;      // Earlier revisions that are kept ready.
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_GRAPH_STATISTICS_H_
