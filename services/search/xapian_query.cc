#include "services/search/xapian_query.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace attlas::search {
namespace {

// How much a word counts by where it stands.
constexpr Xapian::termcount kTitleWeight = 5;
constexpr Xapian::termcount kAliasWeight = 4;
constexpr Xapian::termcount kIdWeight = 3;
constexpr Xapian::termcount kTextWeight = 1;
// Between two texts of a document, so that no phrase spans them.
constexpr Xapian::termpos kGap = 100;
// How much more a document counts whose whole name was typed, or begins so.
constexpr double kWholeName = 4;
constexpr double kBeginningOfName = 1.5;
// The same where the name has no more words than were typed: `indone` means Indonesia before it
// means the Indonesian police.
constexpr double kBeginningOfLastWord = 3;
// The most words that a beginning stands for, the most frequent first.
constexpr Xapian::termcount kMaxExpansion = 100;
constexpr size_t kMaxTermBytes = 200;

std::string StemTerm(const std::string& word, const Xapian::Stem& stem) { return "Z" + stem(word); }

std::string NameTerm(std::string_view name) {
  return "=" + FoldName(name).substr(0, kMaxTermBytes);
}

// A name by the number of its words.
std::string CountedNameTerm(std::string_view name) {
  const std::string term = NameTerm(name);
  return absl::StrCat("#", std::count(term.begin(), term.end(), ' '), term);
}

// Gives a document its terms, one text after another.
class TermWriter {
 public:
  TermWriter(const Xapian::Stem& stem, Xapian::Document* out) : stem_(stem), out_(*out) {}

  void Add(std::string_view text, Xapian::termcount weight) {
    for (const Word& word : SplitWords(text)) {
      out_.add_posting(word.folded, position_++, weight);
      out_.add_term(StemTerm(word.folded, stem_), weight);
      words_.insert(word.folded);
    }
    position_ += kGap;
  }
  void AddName(std::string_view name) {
    const std::string term = NameTerm(name);
    if (term.size() == 1) return;
    out_.add_term(term, 1);
    out_.add_term(CountedNameTerm(name), 1);
  }
  const absl::flat_hash_set<std::string>& words() const { return words_; }

 private:
  const Xapian::Stem& stem_;
  Xapian::Document& out_;
  Xapian::termpos position_ = 1;
  absl::flat_hash_set<std::string> words_;
};

Xapian::Query BeginningQuery(const std::string& beginning) {
  return {Xapian::Query::OP_WILDCARD, beginning, kMaxExpansion,
          Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM};
}

// What a clause looks for. Of several words the last may be a beginning; they stand together.
Xapian::Query ClauseQuery(const Clause& clause, bool beginning, const Xapian::Stem& stem) {
  const std::string& last = clause.words.back().folded;
  if (clause.words.size() == 1) {
    Xapian::Query word(last);
    const Xapian::Query stemmed(StemTerm(last, stem));
    if (clause.quoted) return word;
    const Xapian::Query whole(Xapian::Query::OP_OR, word, stemmed);
    return beginning ? Xapian::Query(Xapian::Query::OP_OR, whole, BeginningQuery(last)) : whole;
  }
  std::vector<Xapian::Query> words;
  for (const Word& word : clause.words) words.emplace_back(word.folded);
  if (beginning) words.pop_back();
  Xapian::Query phrase(Xapian::Query::OP_PHRASE, words.begin(), words.end(),
                       static_cast<Xapian::termcount>(words.size()));
  if (!beginning) return phrase;
  // A phrase takes whole words alone; the beginning may stand anywhere in the document.
  return {Xapian::Query::OP_AND, phrase, BeginningQuery(last)};
}

bool CanBeLeftOut(const Clause& clause) {
  return !clause.quoted && !clause.beginning && clause.words.size() == 1 &&
         IsStopWord(clause.words[0].folded);
}

// Raises what is called by the very text of the query.
Xapian::Query WithNames(Xapian::Query found, const Query& query, bool last_begins) {
  const bool plain = std::all_of(
      query.clauses.begin(), query.clauses.end(),
      [](const auto& clause) { return !clause.excluded && !clause.quoted && !clause.beginning; });
  if (!plain) return found;
  const std::string name = NameTerm(query.text);
  Xapian::Query called(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(name), kWholeName);
  if (last_begins) {
    const Xapian::Query begun(Xapian::Query::OP_SCALE_WEIGHT, BeginningQuery(name),
                              kBeginningOfName);
    const Xapian::Query ending(Xapian::Query::OP_SCALE_WEIGHT,
                               BeginningQuery(CountedNameTerm(query.text)), kBeginningOfLastWord);
    called = Xapian::Query(Xapian::Query::OP_OR, called,
                           Xapian::Query(Xapian::Query::OP_OR, begun, ending));
  }
  return {Xapian::Query::OP_AND_MAYBE, found, called};
}

}  // namespace

bool IsStopWord(const std::string& word) {
  static const auto* const words = new absl::flat_hash_set<std::string>{
      "a",  "an", "and", "are", "as", "at", "be",   "by",  "for", "from", "has", "in",  "is",
      "it", "of", "on",  "or",  "s",  "so", "that", "the", "to",  "was",  "who", "with"};
  return words->contains(word);
}

Xapian::Document TermsOf(const Document& document, const Xapian::Stem& stem,
                         Vocabulary* vocabulary) {
  Xapian::Document terms;
  TermWriter writer(stem, &terms);
  writer.Add(document.title, kTitleWeight);
  writer.AddName(document.title);
  for (const std::string& alias : document.aliases) {
    writer.Add(alias, kAliasWeight);
    writer.AddName(alias);
  }
  if (!document.is_statement) {
    const std::string id = document.name.substr(document.name.find('/') + 1);
    writer.Add(id, kIdWeight);
    writer.AddName(id);
    writer.AddName(document.name);
  }
  for (const FieldText& text : document.texts) writer.Add(text.text, kTextWeight);
  for (const std::string& text : document.words) writer.Add(text, kTextWeight);
  for (const std::string& word : writer.words()) vocabulary->Add(word);
  return terms;
}

Xapian::Query ToXapian(const Query& query, bool last_begins, Join join, const Xapian::Stem& stem) {
  const bool all_can_be_left_out =
      std::all_of(query.clauses.begin(), query.clauses.end(),
                  [](const Clause& clause) { return clause.excluded || CanBeLeftOut(clause); });
  std::vector<Xapian::Query> wanted;
  std::vector<Xapian::Query> excluded;
  for (const Clause& clause : query.clauses) {
    const bool last = last_begins && &clause == &query.clauses.back();
    if (!clause.excluded && !last && !all_can_be_left_out && CanBeLeftOut(clause)) continue;
    (clause.excluded ? excluded : wanted)
        .push_back(ClauseQuery(clause, clause.beginning || last, stem));
  }
  const auto joined = join == Join::kAllWords ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
  Xapian::Query found(joined, wanted.begin(), wanted.end());
  if (!excluded.empty()) {
    const Xapian::Query any(Xapian::Query::OP_OR, excluded.begin(), excluded.end());
    found = Xapian::Query(Xapian::Query::OP_AND_NOT, found, any);
  }
  return WithNames(std::move(found), query, last_begins);
}

bool IsKnown(const std::string& word, bool beginning, const Xapian::Database& database,
             const Xapian::Stem& stem) {
  if (database.term_exists(word) || database.term_exists(StemTerm(word, stem))) return true;
  return beginning && database.allterms_begin(word) != database.allterms_end(word);
}

}  // namespace attlas::search
