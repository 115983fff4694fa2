// The check of a whole store, offline: everything that is written twice is compared with itself.
//
// What: reads every file against its checksums, then every key of every column family: whether what
// is indexed, copied, counted, chained or derived agrees with the records that it stands for. It
// reports all that it finds and goes on, where Store::Verify stops at the first fault.
// When not: on a store that a daemon has open. It changes nothing.
// Cost: O(store) in time; 16 bytes of memory for each version.
// Threads: one function; safe from any thread.
#ifndef ATTLAS_GRAPH_STORE_STORE_CHECK_H_
#define ATTLAS_GRAPH_STORE_STORE_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace attlas::graph {

// What a problem is about; the words of reports.
enum class ProblemKind {
  kFile,           // A file fails its checksums.
  kRecord,         // A key or a value cannot be read.
  kHead,           // A number reaches beyond what the store says is its last.
  kOntology,       // An ontology cannot be read or follows no other.
  kStatement,      // A statement is not as the ontology in force allows.
  kSpace,          // A marking has the number of a space that is not there.
  kHot,            // The copy that answers are made from differs from its record, or has none.
  kName,           // A name leads elsewhere or nowhere.
  kDerivedName,    // The name of an edge is not the one that follows from what it says.
  kInterval,       // Something ends before it begins.
  kCitation,       // A cited source does not exist.
  kCitationIndex,  // The list of what cites a source misses something, or has too much.
  kAdjacency,      // An edge that is in force lacks an end, or is not found from one of its ends.
  kHistory,        // The versions of something do not follow each other.
  kChangeLog,      // A revision is missing, or does not list what it changed.
  kRequest,        // The first answer to a request cannot be what was given.
};
// Such as `derived-name`.
std::string_view ProblemKindName(ProblemKind kind);
// What an operator does about it.
std::string_view ProblemRemedy(ProblemKind kind);

struct StoreProblem {
  ProblemKind kind;
  std::string place;  // The column family and the key, or the file.
  std::string what;
};

struct StoreCheckOptions {
  // Told from time to time how many things of a part were looked at; may be empty.
  std::function<void(std::string_view part, uint64_t done)> progress;
  // Beyond these, problems are counted and not kept.
  size_t most_problems = 1'000;
};

struct StoreCheckReport {
  uint64_t revision = 0;
  uint64_t files = 0;
  uint64_t nodes = 0;  // That exist.
  uint64_t edges = 0;
  uint64_t versions = 0;
  uint64_t citations = 0;
  uint64_t requests = 0;
  uint64_t problem_count = 0;
  std::vector<StoreProblem> problems;  // The first of them.
};

// Checks the store at `path`. Problems are no error; errors are those for which nothing can be
// read: NOT_FOUND, FAILED_PRECONDITION (open elsewhere, an older or newer format), DATA_LOSS (a
// damaged manifest or log), PERMISSION_DENIED.
absl::StatusOr<StoreCheckReport> CheckStore(const std::string& path,
                                            const StoreCheckOptions& options);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_STORE_CHECK_H_
