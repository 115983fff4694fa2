// Which words of a text were looked for, and the part of it that shows them.
//
// Threads: functions and plain values.
#ifndef ATTLAS_SERVICES_SEARCH_EXCERPT_H_
#define ATTLAS_SERVICES_SEARCH_EXCERPT_H_

#include <bitset>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/search/document.h"
#include "services/search/query.h"

namespace attlas::search {

// A piece of a text; the pieces of one text follow one another.
struct Fragment {
  std::string text;
  bool matched = false;
};

struct Excerpt {
  std::string field;  // Such as `paraphrase` or `alias`; empty where there is no text.
  std::vector<Fragment> fragments;
};

// The words of a query, to be found again in what it found.
class Highlighter {
 public:
  // A stem begins as its word does, which spares most words of a text their stems.
  using Stem = std::function<std::string(const std::string& word)>;

  // `last_begins`: whether the last word of the query stands for all that begin so.
  Highlighter(const Query& query, bool last_begins, Stem stem);

  // The whole text.
  std::vector<Fragment> Mark(std::string_view text) const;
  // Of the aliases and texts the one that holds most of the words, cut to the place where they are;
  // the first text where none holds any.
  Excerpt ExcerptOf(const Document& document) const;

 private:
  bool Matches(const std::string& word) const;
  size_t CountMatches(const std::vector<Word>& words) const;
  std::vector<Fragment> Cut(std::string_view text) const;

  Stem stem_;
  absl::flat_hash_set<std::string> words_;
  absl::flat_hash_set<std::string> stems_;
  std::bitset<256> stem_begins_;  // Whether a stem begins with this byte.
  std::vector<std::string> beginnings_;
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_EXCERPT_H_
