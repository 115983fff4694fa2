#include "services/search/search_index.h"

#include <xapian.h>

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "graph/base/status_macros.h"
#include "services/search/tally.h"
#include "services/search/vocabulary.h"
#include "services/search/xapian_query.h"

namespace attlas::search {
namespace {

constexpr char kLanguage[] = "english";

// Calls `function`, which may throw what Xapian throws.
template <typename Function>
auto Guarded(Function function) -> decltype(function()) {
  try {
    return function();
  } catch (const Xapian::Error& error) {
    return absl::InternalError(absl::StrCat("full-text search: ", error.get_description()));
  }
}

// Lets Xapian ask about each document that matches.
class TallyDecider final : public Xapian::MatchDecider {
 public:
  TallyDecider(const std::vector<Document>& documents, Tally* tally)
      : documents_(documents), tally_(*tally) {}

  bool operator()(const Xapian::Document& document) const override {
    return tally_.Take(documents_[document.get_docid() - 1]);
  }

 private:
  const std::vector<Document>& documents_;
  Tally& tally_;
};

}  // namespace

struct SearchIndex::Impl {
  // The answer to a query as it stands.
  SearchAnswer Ask(const SearchQuestion& question, const Query& query, Join join, size_t* matched)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  // The query with near words in the place of unknown ones; nothing where there are none to put.
  std::optional<Query> Corrected(const Query& query, bool as_typed)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  SearchAnswer Search(const SearchQuestion& question) ABSL_LOCKS_EXCLUDED(mutex);

  std::vector<Document> documents;  // That of number n stands at n - 1.
  Vocabulary vocabulary;
  std::vector<std::string> types;
  std::vector<NamedEntity> themes;
  std::string fingerprint;
  bool truncated = false;
  absl::Mutex mutex;
  Xapian::WritableDatabase database ABSL_GUARDED_BY(mutex){"", Xapian::DB_BACKEND_INMEMORY};
  Xapian::Stem stem ABSL_GUARDED_BY(mutex){kLanguage};
};

SearchAnswer SearchIndex::Impl::Ask(const SearchQuestion& question, const Query& query, Join join,
                                    size_t* matched) {
  const bool last_begins = question.as_typed && query.ends_in_word;
  Xapian::Enquire enquire(database);
  enquire.set_query(ToXapian(query, last_begins, join, stem));
  Tally tally(question);
  const TallyDecider decider(documents, &tally);
  // Every match is looked at, so that the counts are exact.
  const Xapian::MSet found = enquire.get_mset(static_cast<Xapian::doccount>(question.offset),
                                              static_cast<Xapian::doccount>(question.size),
                                              database.get_doccount(), nullptr, &decider);
  SearchAnswer answer;
  const Highlighter highlighter(query, last_begins,
                                [this](const std::string& word)
                                    ABSL_NO_THREAD_SAFETY_ANALYSIS { return stem(word); });
  for (auto hit = found.begin(); hit != found.end(); ++hit) {
    const Document& document = documents[*hit - 1];
    answer.hits.push_back({&document, hit.get_weight(), highlighter.Mark(document.title),
                           highlighter.ExcerptOf(document)});
  }
  tally.WriteTo(&answer);
  *matched = tally.matched();
  return answer;
}

std::optional<Query> SearchIndex::Impl::Corrected(const Query& query, bool as_typed) {
  std::string text;
  size_t at = 0;
  for (const Clause& clause : query.clauses) {
    for (const Word& word : clause.words) {
      const bool last = &clause == &query.clauses.back() && &word == &clause.words.back();
      const bool beginning = (clause.beginning && &word == &clause.words.back()) ||
                             (as_typed && query.ends_in_word && last);
      if (clause.excluded || IsKnown(word.folded, beginning, database, stem)) continue;
      const std::string near = vocabulary.Nearest(word.folded);
      if (near.empty()) continue;
      absl::StrAppend(&text, query.text.substr(at, word.begin - at), near);
      at = word.end;
    }
  }
  if (at == 0) return std::nullopt;
  absl::StatusOr<Query> corrected = ParseQuery(text + query.text.substr(at));
  if (!corrected.ok()) return std::nullopt;  // It became too long.
  return *std::move(corrected);
}

SearchAnswer SearchIndex::Impl::Search(const SearchQuestion& question) {
  const absl::MutexLock lock(&mutex);
  if (documents.empty()) return {};
  size_t matched = 0;
  SearchAnswer answer = Ask(question, question.query, Join::kAllWords, &matched);
  if (matched > 0) return answer;
  const std::optional<Query> corrected = Corrected(question.query, question.as_typed);
  if (corrected.has_value()) {
    answer = Ask(question, *corrected, Join::kAllWords, &matched);
    answer.corrected_query = corrected->text;
    if (matched > 0) return answer;
  }
  const Query& query = corrected.has_value() ? *corrected : question.query;
  answer = Ask(question, query, Join::kAnyWord, &matched);
  answer.any_word = matched > 0;
  if (corrected.has_value() && matched > 0) answer.corrected_query = corrected->text;
  return answer;
}

SearchIndex::SearchIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SearchIndex::~SearchIndex() = default;

absl::StatusOr<std::unique_ptr<const SearchIndex>> SearchIndex::Create(Gathered gathered) {
  return Guarded([&]() -> absl::StatusOr<std::unique_ptr<const SearchIndex>> {
    auto impl = std::make_unique<Impl>();
    impl->documents = std::move(gathered.documents);
    impl->types = std::move(gathered.types);
    impl->themes = std::move(gathered.themes);
    impl->fingerprint = std::move(gathered.fingerprint);
    impl->truncated = gathered.truncated;
    {
      const absl::MutexLock lock(&impl->mutex);
      for (const Document& document : impl->documents) {
        impl->database.add_document(TermsOf(document, impl->stem, &impl->vocabulary));
      }
    }
    impl->vocabulary.Finish();
    return std::unique_ptr<const SearchIndex>(new SearchIndex(std::move(impl)));
  });
}

absl::StatusOr<SearchAnswer> SearchIndex::Search(const SearchQuestion& question) const {
  return Guarded([&]() -> absl::StatusOr<SearchAnswer> { return impl_->Search(question); });
}

size_t SearchIndex::document_count() const { return impl_->documents.size(); }
const std::vector<std::string>& SearchIndex::types() const { return impl_->types; }
const std::vector<NamedEntity>& SearchIndex::themes() const { return impl_->themes; }
bool SearchIndex::truncated() const { return impl_->truncated; }
const std::string& SearchIndex::fingerprint() const { return impl_->fingerprint; }

}  // namespace attlas::search
