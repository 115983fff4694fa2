// Text as words, in the one form in which they are indexed and looked for.
//
// What: a word is a run of letters and digits, in lower case and without accents, so that `Cote`
// finds `Côte`. Everything else parts words: `Timor-Leste` is two, `d'Ivoire` is two.
// When not: for names of nodes by themselves; those are compared as they are.
// Threads: functions only.
#ifndef ATTLAS_SERVICES_SEARCH_WORDS_H_
#define ATTLAS_SERVICES_SEARCH_WORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::search {

// Longer words are cut: a term must not grow with what somebody pasted into a text.
inline constexpr size_t kMaxWordBytes = 64;

struct Word {
  std::string folded;  // Lower case, without accents; never empty, at most kMaxWordBytes.
  size_t begin = 0;    // Where it stands in the text, in bytes.
  size_t end = 0;
};

// The words of UTF-8 text, in order. Bytes that are no UTF-8 part words. O(text).
std::vector<Word> SplitWords(std::string_view text);

// The words of a name with one blank between two: two names of one folded form are the same to
// somebody who types. Empty for a text without words.
std::string FoldName(std::string_view text);

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_WORDS_H_
