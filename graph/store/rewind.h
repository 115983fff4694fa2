// Takes a copy of a store back to an earlier revision, for good.
//
// What: afterwards the store answers as it did at that revision, to every read of that revision or
// an earlier one, and what is committed next is the revision after it. The history up to it is
// kept, so are its commits, its requests and the ontologies up to it. What came later is gone:
// versions, names that were new, commits, requests, ontologies, names of spaces that nothing uses
// any more. What a later redaction took out stays out, since its bytes are gone. When not: on a
// store that is served. Where this ends early, the store is of no use; so work on a copy, and move
// it to its place afterwards. Threads: functions only.
#ifndef ATTLAS_GRAPH_STORE_REWIND_H_
#define ATTLAS_GRAPH_STORE_REWIND_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace attlas::graph {

// Takes the store at `path`, which nobody has open, back to `revision`. Nothing where that is its
// last. Errors: OUT_OF_RANGE for a revision that it has not reached; as Store::Open.
absl::Status RewindStore(const std::string& path, uint64_t revision);

// Gives the store at `path` a new id, so that revision tokens which were given before are refused
// instead of read as revisions that hold something else by now. Errors: as Store::Open.
absl::Status RenewStoreId(const std::string& path);

// The last revision that the store at `path` committed at `time_us` or before, in microseconds
// since 1970-01-01; 0 for none. Errors: as Store::Open.
absl::StatusOr<uint64_t> RevisionAtTime(const std::string& path, int64_t time_us);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_REWIND_H_
