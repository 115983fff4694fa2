#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "graph/base/strings.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {
namespace {

// Fewer letters begin too many names.
constexpr size_t kShortestBeginning = 3;

// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`;
// any number above `limit` where there are more than that.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  const size_t difference = a.size() < b.size() ? b.size() - a.size() : a.size() - b.size();
  if (difference > limit) return difference;
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    size_t lowest = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
      lowest = std::min(lowest, current[j]);
    }
    // No later row is lower than this one, but for a swap, which reaches back by one row.
    if (lowest > limit + 1) return lowest;
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& candidates, size_t limit) {
  const size_t farthest = std::max<size_t>(2, name.size() / 3);
  const std::string lower = absl::AsciiStrToLower(ToAbsl(name));
  std::vector<std::pair<size_t, std::string>> found;
  for (const std::string& candidate : candidates) {
    const std::string lower_candidate = absl::AsciiStrToLower(candidate);
    size_t distance = EditDistance(lower, lower_candidate, farthest);
    // Who typed the beginning of a name made one mistake: to stop.
    if (lower.size() >= kShortestBeginning && lower_candidate.starts_with(lower)) {
      distance = std::min<size_t>(distance, 1);
    }
    // Two short names that have no letter in common are near by number, but of no help.
    if (distance <= farthest && distance < std::max(name.size(), candidate.size())) {
      found.emplace_back(distance, candidate);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> nearest;
  for (auto& [distance, candidate] : found) {
    if (nearest.size() == limit) break;
    nearest.push_back(std::move(candidate));
  }
  return nearest;
}

}  // namespace attlas::graph
