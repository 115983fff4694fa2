// The numbers of the spaces that markings name.
//
// Threads: thread-safe; a lock guards it, since it is off the path of ordinary reads.
#ifndef ATTLAS_GRAPH_COMMIT_SPACE_TABLE_H_
#define ATTLAS_GRAPH_COMMIT_SPACE_TABLE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/base/error.h"
#include "graph/base/mutex.h"
#include "graph/store/record.h"

namespace attlas::graph {

class SpaceTable {
 public:
  void Reset(std::vector<std::string> spaces) {
    MutexLock lock(mutex_);
    spaces_ = std::move(spaces);
  }

  // The name of a space; empty for 0 and for numbers that are not in use.
  std::string Name(SpaceId id) const {
    MutexLock lock(mutex_);
    return id < spaces_.size() ? spaces_[id] : std::string();
  }

  // The number of a space; 0 where no marking has named it.
  SpaceId Find(std::string_view space) const {
    MutexLock lock(mutex_);
    for (size_t i = 1; i < spaces_.size(); ++i) {
      if (spaces_[i] == space) return static_cast<SpaceId>(i);
    }
    return 0;
  }

  // The number of a space, and whether it is new and must be stored.
  absl::StatusOr<std::pair<SpaceId, bool>> FindOrAdd(std::string_view space) {
    MutexLock lock(mutex_);
    for (size_t i = 0; i < spaces_.size(); ++i) {
      if (spaces_[i] == space) return std::pair(static_cast<SpaceId>(i), false);
    }
    if (spaces_.size() > 0xffff) {
      return MakeError(absl::StatusCode::kResourceExhausted, "the store holds 65,535 spaces",
                       {.reason = "OVERLOADED", .metadata = {}, .violations = {}});
    }
    spaces_.emplace_back(space);
    return std::pair(static_cast<SpaceId>(spaces_.size() - 1), true);
  }

 private:
  mutable Mutex mutex_;
  std::vector<std::string> spaces_ ATTLAS_GUARDED_BY(mutex_) = {""};
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_COMMIT_SPACE_TABLE_H_
