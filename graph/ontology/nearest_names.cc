#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "graph/base/edit_distance.h"
#include "graph/base/strings.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {
namespace {

// Fewer letters begin too many names.
constexpr size_t kShortestBeginning = 3;

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
