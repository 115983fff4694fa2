#include "services/search/query.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/utf8.h"

namespace attlas::search {
namespace {

absl::Status Refuse(std::string_view why) { return graph::InvalidField("query", why); }

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

absl::Status CheckText(std::string_view text) {
  if (text.size() > kMaxQueryBytes) {
    return Refuse(
        absl::StrCat("has ", text.size(), " bytes; at most ", kMaxQueryBytes, " are looked for"));
  }
  if (!graph::IsValidUtf8(text)) {
    return Refuse(absl::StrCat("is no UTF-8 text from byte ", graph::ValidUtf8Prefix(text), " on"));
  }
  return absl::OkStatus();
}

// Reads one clause after another.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<Clause>> Read() {
    while (true) {
      while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
      if (at_ == text_.size()) return std::move(clauses_);
      ATTLAS_RETURN_IF_ERROR(ReadClause());
    }
  }

 private:
  absl::Status ReadClause() {
    Clause clause;
    clause.excluded = text_[at_] == '-';
    if (clause.excluded) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      const size_t open = at_++;
      const size_t close = text_.find('"', at_);
      if (close == std::string_view::npos) {
        return Refuse(absl::StrCat("the quotation mark at byte ", open, " has no partner"));
      }
      clause.quoted = true;
      const size_t begin = std::exchange(at_, close + 1);
      return Add(begin, close, std::move(clause));
    }
    const size_t begin = at_;
    while (at_ < text_.size() && !IsBlank(text_[at_]) && text_[at_] != '"') ++at_;
    size_t end = at_;
    if (end > begin && text_[end - 1] == '*') {
      clause.beginning = true;
      --end;
    }
    return Add(begin, end, std::move(clause));
  }

  // Takes what stands in [begin, end) as `clause`; a text without a word is passed over.
  absl::Status Add(size_t begin, size_t end, Clause clause) {
    const std::string_view part = text_.substr(begin, end - begin);
    const size_t star = part.find('*');
    if (star != std::string_view::npos) {
      return Refuse(absl::StrCat("the `*` at byte ", begin + star,
                                 " does not end a word; write the beginning of a word before it"));
    }
    clause.words = SplitWords(part);
    // A `*` behind something that is no word, such as `"a b"*` or `& *`, begins nothing.
    if (clause.beginning &&
        (clause.words.empty() || clause.words.back().folded.size() < kShortestBeginning)) {
      return Refuse(absl::StrCat("the `*` at byte ", end, " needs at least ", kShortestBeginning,
                                 " letters before it"));
    }
    for (Word& word : clause.words) {
      word.begin += begin;
      word.end += begin;
    }
    words_ += clause.words.size();
    if (words_ > kMaxQueryWords) {
      return Refuse(absl::StrCat("has more than ", kMaxQueryWords, " words"));
    }
    if (clause.beginning && ++beginnings_ > kMaxBeginnings) {
      return Refuse(absl::StrCat("has more than ", kMaxBeginnings, " words with a `*`"));
    }
    if (!clause.words.empty()) clauses_.push_back(std::move(clause));
    return absl::OkStatus();
  }

  const std::string_view text_;
  size_t at_ = 0;
  size_t words_ = 0;
  size_t beginnings_ = 0;
  std::vector<Clause> clauses_;
};

}  // namespace

absl::StatusOr<Query> ParseQuery(std::string_view text) {
  ATTLAS_RETURN_IF_ERROR(CheckText(text));
  Query query;
  query.text = std::string(text);
  ATTLAS_ASSIGN_OR_RETURN(query.clauses, Reader(text).Read());
  if (query.clauses.empty()) return Refuse("is required: at least one word to look for");
  if (std::all_of(query.clauses.begin(), query.clauses.end(),
                  [](const Clause& clause) { return clause.excluded; })) {
    return Refuse("only says what must not be there; add a word to look for");
  }
  const Clause& last = query.clauses.back();
  query.ends_in_word = !last.excluded && !last.quoted && !last.beginning &&
                       last.words.back().end == query.text.size();
  return query;
}

}  // namespace attlas::search
