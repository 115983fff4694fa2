// A query in Xapian's terms, and the terms of a document: the two must agree.
//
// The terms: each word as it is, `Z` and its stem, and `=` and a whole name.
// Threads: functions; none shares anything with another call but the database it is given.
#ifndef ATTLAS_SERVICES_SEARCH_XAPIAN_QUERY_H_
#define ATTLAS_SERVICES_SEARCH_XAPIAN_QUERY_H_

#include <xapian.h>

#include <string>

#include "services/search/document.h"
#include "services/search/query.h"
#include "services/search/vocabulary.h"

namespace attlas::search {

// The document with its terms, its words noted in the vocabulary.
Xapian::Document TermsOf(const Document& document, const Xapian::Stem& stem,
                         Vocabulary* vocabulary);

// How the clauses of a query are joined.
enum class Join { kAllWords, kAnyWord };

// `last_begins`: whether the last word stands for all that begin so.
Xapian::Query ToXapian(const Query& query, bool last_begins, Join join, const Xapian::Stem& stem);

// Whether some word that starts so, or its stem, stands in a document.
bool IsKnown(const std::string& word, bool beginning, const Xapian::Database& database,
             const Xapian::Stem& stem);

// Words such as `of`, which nearly every text holds.
bool IsStopWord(const std::string& word);

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_XAPIAN_QUERY_H_
