// What a daemon lets one call cost. Each limit is a server flag or a documented default; reaching
// one is an error or is reported as `truncated`, never a silence.
//
// Threads: a plain value, fixed before the first call.
#ifndef ATTLAS_SERVICES_COMMON_LIMITS_H_
#define ATTLAS_SERVICES_COMMON_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace attlas::services {

struct ServiceLimits {
  // The largest message that is accepted. Larger ones are refused by the transport before a handler
  // sees them: RESOURCE_EXHAUSTED.
  int max_message_bytes = 4 << 20;

  // Writes. An import is one commit, and is held in memory until it is applied.
  size_t max_mutations = 10'000;
  size_t max_preconditions = 1'000;
  size_t max_import_rows = 5'000'000;
  size_t max_row_errors = 1'000;

  // Reads.
  size_t max_batch_names = 1'000;
  int32_t default_page_size = 50;
  int32_t max_page_size = 1'000;
  size_t max_page_bytes = size_t{3} << 20;  // A page is cut short before a client refuses it.
  int32_t default_answer_bytes = 3 << 20;   // The same for answers without pages, over the wire.
  int32_t max_answer_bytes = 256 << 20;     // For clients that take more than their default.
  size_t max_patterns = 16;
  size_t max_type_names = 256;
  size_t max_predicates = 64;

  // Work of one query.
  int max_depth = 8;
  int32_t max_fan_out = 10'000;
  uint64_t max_nodes_visited = 2'000'000;
  int32_t max_results = 100'000;
  int32_t max_paths_between = 100;
  int32_t max_neighborhood_nodes = 10'000;

  // Streams: a batch is as long as costs little and as short as fits a cache.
  size_t stream_batch_items = 1'000;
  size_t stream_batch_bytes = size_t{256} << 10;
  size_t stream_buffer_messages = 8;

  // Watch: how often it shows that it is alive, how many revisions a watcher that had caught up may
  // fall behind, and how long a full buffer may stand still. Past either it is WATCH_TOO_SLOW.
  absl::Duration watch_heartbeat = absl::Seconds(15);
  uint64_t watch_max_lag = 10'000;
  absl::Duration stream_stall = absl::Seconds(30);

  // Deadlines that are applied where the caller sets none.
  absl::Duration read_deadline = absl::Seconds(5);
  absl::Duration question_deadline = absl::Seconds(30);
  absl::Duration transfer_deadline = absl::Minutes(10);  // Import and Export.
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_LIMITS_H_
