// Which of the documents that match are wanted, and how many of each sort there are.
//
// Threads: single-thread; one for each search.
#ifndef ATTLAS_SERVICES_SEARCH_TALLY_H_
#define ATTLAS_SERVICES_SEARCH_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "services/search/document.h"
#include "services/search/search_index.h"

namespace attlas::search {

class Tally {
 public:
  // The question outlives this.
  explicit Tally(const SearchQuestion& question);

  // Counts a document that matches; whether it is wanted. To be called once for each.
  bool Take(const Document& document);

  size_t matched() const { return matched_; }  // Wanted or not.
  // Fills the counts of an answer.
  void WriteTo(SearchAnswer* answer) const;

 private:
  bool Counts(graph::DayNumber from, graph::DayNumber to, graph::Confidence confidence) const;
  std::vector<const NamedEntity*> ThemesOf(const Document& document) const;

  const SearchQuestion& question_;
  absl::flat_hash_set<std::string_view> types_;
  absl::flat_hash_set<std::string_view> themes_;
  size_t matched_ = 0;
  size_t total_ = 0;
  size_t left_out_ = 0;
  size_t left_out_unverified_ = 0;
  absl::flat_hash_map<std::string_view, size_t> by_type_;
  // By the name of the theme: the theme and how many are about it.
  absl::flat_hash_map<std::string_view, std::pair<const NamedEntity*, size_t>> by_theme_;
  absl::flat_hash_map<int32_t, size_t> by_year_;
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_TALLY_H_
