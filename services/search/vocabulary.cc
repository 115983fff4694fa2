#include "services/search/vocabulary.h"

#include <algorithm>
#include <bit>

#include "absl/strings/ascii.h"
#include "graph/base/edit_distance.h"

namespace attlas::search {
namespace {

constexpr size_t kShortest = 4;
constexpr size_t kShortestForTwo = 7;

uint32_t LettersOf(const std::string& word) {
  uint32_t letters = 0;
  for (const char c : word) letters |= 1u << (static_cast<unsigned char>(c) % 32);
  return letters;
}

}  // namespace

void Vocabulary::Add(const std::string& word) { ++counts_[word]; }

void Vocabulary::Finish() {
  by_length_.clear();
  for (const auto& [word, count] : counts_) {
    if (word.size() >= by_length_.size()) by_length_.resize(word.size() + 1);
    by_length_[word.size()].push_back({&word, LettersOf(word), count});
  }
}

std::string Vocabulary::Nearest(const std::string& word) const {
  if (word.size() < kShortest) return "";
  if (std::any_of(word.begin(), word.end(),
                  [](unsigned char c) { return absl::ascii_isdigit(c); })) {
    return "";
  }
  const size_t farthest = word.size() < kShortestForTwo ? 1 : 2;
  const uint32_t letters = LettersOf(word);
  const Entry* best = nullptr;
  size_t best_distance = farthest;
  const size_t last = std::min(word.size() + farthest + 1, by_length_.size());
  for (size_t length = word.size() - farthest; length < last; ++length) {
    for (const Entry& entry : by_length_[length]) {
      // One mistake changes at most two letters: it takes one away and brings one in.
      const auto changed = static_cast<size_t>(std::popcount(letters ^ entry.letters));
      if (changed > 2 * best_distance) continue;
      const size_t distance = graph::EditDistance(word, *entry.word, best_distance);
      if (distance > best_distance) continue;
      // The last comparison makes the choice the same in whatever order the words lie.
      const bool better = best == nullptr || distance < best_distance ||
                          entry.count > best->count ||
                          (entry.count == best->count && *entry.word < *best->word);
      if (!better) continue;
      best = &entry;
      best_distance = distance;
    }
  }
  return best == nullptr ? "" : *best->word;
}

}  // namespace attlas::search
