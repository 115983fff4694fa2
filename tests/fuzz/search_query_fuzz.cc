// Search queries: whatever is typed is either refused, blaming its field, or searched within
// bounds.
#include "graph/base/error.h"
#include "services/search/query.h"
#include "services/search/search_index.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

search::Document Node(const std::string& name, const std::string& title, const std::string& text) {
  search::Document document;
  document.name = name;
  document.type = "state";
  document.title = title;
  document.texts = {{"note", text}};
  return document;
}

const search::SearchIndex& Index() {
  static const auto* const index = [] {
    search::Gathered gathered;
    gathered.documents = {Node("states/CIV", "Côte d’Ivoire", "brokering of small arms"),
                          Node("states/IDN", "Indonesia", "export licensing, 1540"),
                          Node("states/TUR", "Türkiye", "small arms and light weapons")};
    return search::SearchIndex::Create(std::move(gathered)).value().release();
  }();
  return *index;
}

void CheckParsed(const search::Query& query) {
  size_t words = 0;
  for (const search::Clause& clause : query.clauses) {
    Require(!clause.words.empty(), "a clause looks for nothing");
    for (const search::Word& word : clause.words) {
      Require(!word.folded.empty() && word.folded.size() <= search::kMaxWordBytes,
              "a word is empty or too long");
      Require(word.begin < word.end && word.end <= query.text.size(), "a word stands nowhere");
    }
    words += clause.words.size();
  }
  Require(words >= 1 && words <= search::kMaxQueryWords, "too many words were taken");
}

}  // namespace

void Fuzz(std::string_view input) {
  const auto query = search::ParseQuery(input);
  if (!query.ok()) {
    const auto detail = graph::GetErrorDetail(query.status());
    Require(detail.has_value() && detail->violations.size() == 1 &&
                detail->violations[0].field == "query",
            "a refusal does not blame the query");
    return;
  }
  CheckParsed(*query);
  for (const bool as_typed : {false, true}) {
    const auto answer = Index().Search({.query = *query, .as_typed = as_typed});
    Require(answer.ok(), "a query that was read cannot be searched");
    Require(answer->hits.size() <= answer->total && answer->total <= Index().document_count(),
            "more was found than there is");
  }
}

std::vector<std::string> Seeds() {
  return {"small arms",          "\"small arms\" -ammunition",
          "licen* export*",      "Timor-Leste côte d'ivoire",
          "brokerign Indoneisa", "-- \"\" * a* \"open",
          "the of and",          "UNSCR 1540 (2004)"};
}

}  // namespace attlas::fuzz
