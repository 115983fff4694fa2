// What a search found.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "graph/model/marking.h"

namespace attlas::cli {
namespace {

using evidence::v1::SearchFacets;
using evidence::v1::SearchHit;
using evidence::v1::SearchResponse;
using evidence::v1::TextFragment;

// More of a facet than this make a line unreadable; the JSON has all of them.
constexpr int kMostOfAFacet = 8;

std::string TextOf(const google::protobuf::RepeatedPtrField<TextFragment>& fragments) {
  std::string text;
  for (const TextFragment& fragment : fragments) text += fragment.text();
  return text;
}

// A node by its name, a statement by its ends.
std::string TitleOf(const SearchHit& hit) {
  if (!hit.has_statement()) return hit.display_name();
  return absl::StrCat(Called(hit.from()), " → ", Called(hit.to()));
}

template <typename List, typename NameOf>
void SayFacet(const char* title, const List& list, NameOf name_of, Document* document) {
  std::vector<std::string> counts;
  for (int i = 0; i < list.size() && i < kMostOfAFacet; ++i) {
    counts.push_back(absl::StrCat(name_of(list[i]), " ", list[i].count()));
  }
  if (list.size() > kMostOfAFacet) {
    counts.push_back(absl::StrCat(list.size() - kMostOfAFacet, " more"));
  }
  if (!counts.empty()) {
    document->Say(absl::StrCat(title, ": ", absl::StrJoin(counts, ", "), "."), Tone::kDim);
  }
}

void SayFacets(const SearchFacets& facets, Document* document) {
  SayFacet(
      "By type", facets.types(), [](const auto& one) { return one.type(); }, document);
  SayFacet(
      "By theme", facets.themes(), [](const auto& one) { return Called(one.theme()); }, document);
  SayFacet(
      "By year", facets.years(), [](const auto& one) { return Number(one.year()); }, document);
}

}  // namespace

Document RenderSearch(const SearchResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  Table table{.title = "",
              .columns = {{.header = "Name", .key = "name"},
                          {.header = "Type", .key = "type"},
                          {.header = "Title", .key = "title"},
                          {.header = "Year", .key = "year", .right = true, .whole = true},
                          {.header = "Where", .key = "excerpt_field"},
                          {.header = "Text", .key = "excerpt"},
                          {.header = "Marking", .key = "marking", .shown = Shown::kCsvOnly},
                          {.header = "Score", .key = "score", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const SearchHit& hit : response.hits()) {
    const auto level = graph::EffectiveLevel(hit.marking().traffic_light());
    table.rows.push_back({hit.name(), hit.type(), TitleOf(hit),
                          hit.year() == 0 ? std::string() : Number(hit.year()), hit.excerpt_field(),
                          TextOf(hit.excerpt()), graph::TrafficLightName(level),
                          absl::StrCat(hit.score())});
  }
  document.Add(std::move(table));
  SayFacets(response.facets(), &document);
  document.SayNextPage(response.next_page_token());
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
