// Where the runs of keys begin in what is sorted by small numbers.
//
// Complexity: making them is O(size + keys), Of is O(1).
// Threads: immutable.
//
// Example:
//   const Runs runs(ties.size(), index.end_count(), [&](size_t i) { return ties[i].state; });
//   for (const Tie& tie : runs.In(std::span(ties), state)) …
#ifndef ATTLAS_SERVICES_DOMAIN_RUNS_H_
#define ATTLAS_SERVICES_DOMAIN_RUNS_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace attlas::domain {

class Runs {
 public:
  Runs() = default;
  // Of so many things, sorted by `key_at(position)`, which is below `keys`.
  template <typename KeyAt>
  Runs(size_t size, size_t keys, KeyAt key_at) : first_(keys + 1, 0) {
    for (size_t i = 0; i < size; ++i) ++first_[key_at(i) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
  }

  // The first position of a key, and the one after its last.
  std::pair<size_t, size_t> Of(uint32_t key) const { return {first_[key], first_[key + 1]}; }
  // The things of a key, among all of them.
  template <typename Thing>
  std::span<const Thing> In(std::span<const Thing> things, uint32_t key) const {
    return things.subspan(first_[key], first_[key + 1] - first_[key]);
  }

 private:
  std::vector<uint32_t> first_;  // By key, and one more.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_RUNS_H_
