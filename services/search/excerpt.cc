#include "services/search/excerpt.h"

#include <algorithm>
#include <utility>

namespace attlas::search {
namespace {

// About two lines.
constexpr size_t kExcerptBytes = 240;
// How much is shown before the first word that was found.
constexpr size_t kLeadBytes = 60;
constexpr char kCut[] = "…";

// Appends [begin, end) of the text, as one fragment with the last where it is of the same sort.
void Append(std::string_view text, size_t begin, size_t end, bool matched,
            std::vector<Fragment>* fragments) {
  if (begin >= end) return;
  if (fragments->empty() || fragments->back().matched != matched) {
    fragments->push_back({"", matched});
  }
  fragments->back().text += text.substr(begin, end - begin);
}

}  // namespace

Highlighter::Highlighter(const Query& query, bool last_begins, Stem stem) : stem_(std::move(stem)) {
  for (const Clause& clause : query.clauses) {
    if (clause.excluded) continue;
    for (const Word& word : clause.words) {
      words_.insert(word.folded);
      if (clause.quoted) continue;
      const std::string stemmed = stem_(word.folded);
      if (!stemmed.empty()) stem_begins_.set(static_cast<unsigned char>(stemmed.front()));
      stems_.insert(stemmed);
    }
    if (clause.beginning) beginnings_.push_back(clause.words.back().folded);
  }
  if (last_begins) beginnings_.push_back(query.clauses.back().words.back().folded);
}

bool Highlighter::Matches(const std::string& word) const {
  const bool may_have_stem = stem_begins_.test(static_cast<unsigned char>(word.front()));
  return words_.contains(word) || (may_have_stem && stems_.contains(stem_(word))) ||
         std::any_of(beginnings_.begin(), beginnings_.end(),
                     [&](const std::string& beginning) { return word.starts_with(beginning); });
}

size_t Highlighter::CountMatches(const std::vector<Word>& words) const {
  absl::flat_hash_set<std::string> found;
  for (const Word& word : words) {
    if (Matches(word.folded)) found.insert(word.folded);
  }
  return found.size();
}

std::vector<Fragment> Highlighter::Mark(std::string_view text) const {
  std::vector<Fragment> fragments;
  size_t at = 0;
  for (const Word& word : SplitWords(text)) {
    if (!Matches(word.folded)) continue;
    Append(text, at, word.begin, false, &fragments);
    Append(text, word.begin, word.end, true, &fragments);
    at = word.end;
  }
  Append(text, at, text.size(), false, &fragments);
  return fragments;
}

std::vector<Fragment> Highlighter::Cut(std::string_view text) const {
  const std::vector<Word> words = SplitWords(text);
  const auto matches = [this](const Word& word) { return Matches(word.folded); };
  auto first = std::find_if(words.begin(), words.end(), matches);
  const size_t focus = first == words.end() ? 0 : first->begin;
  // It starts and ends with a whole word, so that no character is cut in two.
  size_t begin = 0;
  size_t end = 0;
  for (const Word& word : words) {
    if (begin == 0 && focus > kLeadBytes && word.begin + kLeadBytes >= focus) begin = word.begin;
    if (end == 0 || word.end <= begin + kExcerptBytes) end = word.end;
  }
  if (words.empty() || end == words.back().end) end = text.size();
  std::vector<Fragment> fragments = Mark(text.substr(begin, end - begin));
  if (begin > 0) fragments.insert(fragments.begin(), {kCut, false});
  if (end < text.size()) fragments.push_back({kCut, false});
  return fragments;
}

Excerpt Highlighter::ExcerptOf(const Document& document) const {
  const FieldText* best = nullptr;
  size_t most = 0;
  std::vector<FieldText> aliases;
  for (const std::string& alias : document.aliases) aliases.push_back({"alias", alias});
  const auto consider = [&](const FieldText& candidate) {
    const size_t count = CountMatches(SplitWords(candidate.text));
    if (count <= most && best != nullptr) return;
    best = &candidate;
    most = count;
  };
  for (const FieldText& text : document.texts) consider(text);
  for (const FieldText& alias : aliases) {
    // An alias says nothing by itself: it is shown where it was looked for.
    if (CountMatches(SplitWords(alias.text)) > 0) consider(alias);
  }
  if (best == nullptr) return {};
  return {best->field, Cut(best->text)};
}

}  // namespace attlas::search
