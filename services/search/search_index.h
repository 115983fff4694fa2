// Full-text search over the documents of one caller at one revision.
//
// What: ranking (BM25), English stemming, phrases and beginnings by Xapian, in memory; spelling
// correction and facets over the same documents. Everything that an answer depends on, the
// statistics of the ranking included, is taken from the documents that the index was made of, so
// that it must be made of nothing that its reader may not see (gather.h).
// When not: to find a node whose name is known; that is GetNode.
// Complexity: making one takes a few tens of microseconds a document; a search looks at every
// document that matches once.
// Threads: thread-safe; searches of one index take turns, for Xapian's handles are not thread-safe.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const auto index, SearchIndex::Create(std::move(gathered)));
//   ATTLAS_ASSIGN_OR_RETURN(const SearchAnswer answer, index->Search({.query = query}));
#ifndef ATTLAS_SERVICES_SEARCH_SEARCH_INDEX_H_
#define ATTLAS_SERVICES_SEARCH_SEARCH_INDEX_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model/date.h"
#include "graph/model/statement.h"
#include "services/search/document.h"
#include "services/search/excerpt.h"
#include "services/search/gather.h"
#include "services/search/query.h"

namespace attlas::search {

struct SearchQuestion {
  Query query;
  // Whether the last word may still be under way: then it stands for all that begin so, too.
  bool as_typed = false;
  // Only documents of one of these types, about one of these themes, of these years; none for all.
  std::vector<std::string> types;
  std::vector<std::string> themes;
  std::optional<int32_t> from_year;
  std::optional<int32_t> to_year;
  // Statements, and what a document is about, count if they hold on this day and are this sure.
  graph::DayNumber day = 0;
  graph::Confidence min_confidence = graph::v1::CONFIDENCE_UNSPECIFIED;
  // The part of the list to return.
  size_t offset = 0;
  size_t size = 20;
};

struct SearchHit {
  const Document* document = nullptr;  // Lives as long as the index.
  double score = 0;                    // Above 0; comparable within one answer alone.
  std::vector<Fragment> title;
  Excerpt excerpt;
};

// How many documents a narrower search would find; each counted as if its own facet were not
// narrowed.
struct Facets {
  std::vector<std::pair<std::string, size_t>> types;   // Most first, then by name.
  std::vector<std::pair<NamedEntity, size_t>> themes;  // The same.
  std::vector<std::pair<int32_t, size_t>> years;       // Latest first.
};

struct SearchAnswer {
  std::vector<SearchHit> hits;  // Best first; of equal score, by name.
  size_t total = 0;
  Facets facets;
  // Where nothing was found as it was asked: the query with other words, by which it was.
  std::string corrected_query;
  // Where nothing holds all words: whether the hits hold some of them.
  bool any_word = false;
  // Statements that match and hold, but are not sure enough; how many of these are unverified.
  size_t left_out = 0;
  size_t left_out_unverified = 0;
};

class SearchIndex {
 public:
  static absl::StatusOr<std::unique_ptr<const SearchIndex>> Create(Gathered gathered);
  ~SearchIndex();

  // Errors: INTERNAL, for faults of ours alone.
  absl::StatusOr<SearchAnswer> Search(const SearchQuestion& question) const;

  size_t document_count() const;
  // The types that there may be documents of.
  const std::vector<std::string>& types() const;
  // The themes and themes of concern that documents may be about, by name.
  const std::vector<NamedEntity>& themes() const;
  // Whether the graph held more documents than were taken in.
  bool truncated() const;
  const std::string& fingerprint() const;

 private:
  struct Impl;
  explicit SearchIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_SEARCH_INDEX_H_
