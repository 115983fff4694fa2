// What people type into a search box, read within bounds.
//
// The language: words, all of which are looked for; `"several words"` that stand together;
// `word*` for what begins so; `-word` or `-"several words"` for what must not be there. Case and
// accents make no difference, and what is neither letter nor digit parts words: `small-arms` is
// read as `"small arms"`. There are no brackets and no operators, so nothing nests.
// Threads: functions and plain values.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const Query query, ParseQuery("brokering -\"small arms\" licen*"));
#ifndef ATTLAS_SERVICES_SEARCH_QUERY_H_
#define ATTLAS_SERVICES_SEARCH_QUERY_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/search/words.h"

namespace attlas::search {

inline constexpr size_t kMaxQueryBytes = 500;
inline constexpr size_t kMaxQueryWords = 32;
// A beginning stands for many words; so few keep the work of a query small.
inline constexpr size_t kMaxBeginnings = 4;
inline constexpr size_t kShortestBeginning = 2;

// One thing to look for: a word, or several that stand together.
struct Clause {
  std::vector<Word> words;  // At least one. Their places are those in the text of the query.
  bool excluded = false;
  bool quoted = false;
  bool beginning = false;  // Whether the last word is only the beginning of one.
};

struct Query {
  std::string text;
  std::vector<Clause> clauses;  // In the order of the text; at least one that is not excluded.
  // Whether the text ends with a word, which somebody may still be typing.
  bool ends_in_word = false;
};

// INVALID_ARGUMENT, naming the field `query`, for a text that is empty, too long, no UTF-8, holds
// too many words or beginnings, leaves a quotation open, has a `*` that does not end a word, a
// beginning that is too short, or only words that must not be there. O(text).
absl::StatusOr<Query> ParseQuery(std::string_view text);

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_QUERY_H_
