// The words of an index, for spelling correction.
//
// What: which words there are and in how many documents each stands; the word that somebody meant
// is the nearest one, and of those that are as near the most frequent. Xapian's own spelling
// correction exists for indexes on disk alone.
// Complexity: Nearest looks at the words of about the same length; those without enough letters in
// common are passed over at the cost of a few instructions.
// Threads: thread-compatible: Add from one thread, then read from any.
//
// Example:
//   vocabulary.Add("brokering"); vocabulary.Nearest("brokerign");  // "brokering"
#ifndef ATTLAS_SERVICES_SEARCH_VOCABULARY_H_
#define ATTLAS_SERVICES_SEARCH_VOCABULARY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace attlas::search {

class Vocabulary {
 public:
  // Notes that a word stands in one more document.
  void Add(const std::string& word);
  // Makes what was added ready for Nearest.
  void Finish();

  bool Contains(const std::string& word) const { return counts_.contains(word); }
  size_t size() const { return counts_.size(); }

  // The word that `word` is taken for: at most one mistake in four to six letters, two in more.
  // Empty where there is none, for shorter words, and for those with digits, of which each is right
  // in its own way. REQUIRES: Finish.
  std::string Nearest(const std::string& word) const;

 private:
  struct Entry {
    const std::string* word;
    uint32_t letters;  // A bit for each letter that it holds.
    uint32_t count;
  };

  absl::flat_hash_map<std::string, uint32_t> counts_;
  std::vector<std::vector<Entry>> by_length_;
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_VOCABULARY_H_
