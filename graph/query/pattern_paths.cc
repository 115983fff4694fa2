// Every path that matches a pattern, depth first.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/query/pattern.h"
#include "graph/query/pattern_steps.h"

namespace attlas::graph {
namespace {

// Whether one path may match in more than one way: two hops that may each be taken more often or
// less can share the same steps in different parts.
bool IsAmbiguous(const CompiledPattern& pattern) {
  return std::count_if(pattern.hops.begin(), pattern.hops.end(), [](const CompiledHop& hop) {
           return hop.min_repeats < hop.max_repeats;
         }) > 1;
}

class PathWalk {
 public:
  PathWalk(const View& view, const RecordSource& records, const CompiledPattern& pattern,
           Budget& budget, absl::FunctionRef<bool(const MatchedPath&)> take)
      : steps_(StepsOf(view, records, pattern, budget)),
        ambiguous_(IsAmbiguous(pattern)),
        budget_(budget),
        take_(take) {}

  // Takes the paths from one node. False to stop everything.
  absl::StatusOr<bool> From(NodeOrdinal start) {
    path_.nodes = {start};
    path_.edges.clear();
    taken_.clear();
    return Extend(0, 0);
  }

 private:
  // Goes on from the end of the path, `repeats` times into hop `index`.
  absl::StatusOr<bool> Extend(size_t index, int repeats) {
    if (index == steps_.size()) return Take();
    HopSteps& steps = steps_[index];
    if (repeats >= steps.hop().min_repeats) {
      ATTLAS_ASSIGN_OR_RETURN(const bool more, Extend(index + 1, 0));
      if (!more) return false;
    }
    if (repeats == steps.hop().max_repeats) return true;
    bool go_on = true;
    ATTLAS_RETURN_IF_ERROR(
        steps.ForEach(path_.nodes.back(), [&](const EdgeRef& edge) -> absl::StatusOr<bool> {
          if (Passes(edge.neighbor)) return true;
          ATTLAS_ASSIGN_OR_RETURN(go_on, Step(edge, index, repeats + 1));
          return go_on;
        }));
    return go_on && !budget_.exhausted();
  }

  absl::StatusOr<bool> Step(const EdgeRef& edge, size_t index, int repeats) {
    if (!budget_.SpendNode()) return false;
    path_.nodes.push_back(edge.neighbor);
    path_.edges.push_back(edge.edge);
    absl::StatusOr<bool> more = Extend(index, repeats);
    path_.nodes.pop_back();
    path_.edges.pop_back();
    return more;
  }

  bool Take() {
    if (ambiguous_ && !taken_.insert(path_.edges).second) return true;
    return budget_.SpendResult() && take_(path_);
  }

  bool Passes(NodeOrdinal node) const {
    return std::find(path_.nodes.begin(), path_.nodes.end(), node) != path_.nodes.end();
  }

  std::vector<HopSteps> steps_;
  const bool ambiguous_;
  Budget& budget_;
  absl::FunctionRef<bool(const MatchedPath&)> take_;
  MatchedPath path_;
  // The paths from this start that were taken already; with an ambiguous pattern alone.
  absl::flat_hash_set<std::vector<EdgeOrdinal>> taken_;
};

}  // namespace

absl::Status MatchPaths(const View& view, const RecordSource& records,
                        const CompiledPattern& pattern, Budget& budget,
                        absl::FunctionRef<bool(const MatchedPath&)> take) {
  PathWalk walk(view, records, pattern, budget, take);
  ATTLAS_RETURN_IF_ERROR(ForEachStart(view, records, pattern.start, budget,
                                      [&](NodeOrdinal start) { return walk.From(start); }));
  return budget.CancellationStatus();
}

}  // namespace attlas::graph
