#include "services/search/tally.h"

#include <algorithm>
#include <string>
#include <utility>

namespace attlas::search {

Tally::Tally(const SearchQuestion& question)
    : question_(question),
      types_(question.types.begin(), question.types.end()),
      themes_(question.themes.begin(), question.themes.end()) {}

bool Tally::Counts(graph::DayNumber from, graph::DayNumber to, graph::Confidence confidence) const {
  return from <= question_.day && question_.day < to && confidence >= question_.min_confidence;
}

// Each once: two statements may say the same.
std::vector<const NamedEntity*> Tally::ThemesOf(const Document& document) const {
  std::vector<const NamedEntity*> themes;
  for (const ThemeLink& link : document.themes) {
    if (!Counts(link.valid_from, link.valid_to, link.confidence)) continue;
    const bool again = std::any_of(themes.begin(), themes.end(), [&](const NamedEntity* theme) {
      return theme->name == link.theme.name;
    });
    if (!again) themes.push_back(&link.theme);
  }
  return themes;
}

bool Tally::Take(const Document& document) {
  ++matched_;
  if (document.is_statement &&
      (question_.day < document.valid_from || question_.day >= document.valid_to)) {
    return false;
  }
  const std::vector<const NamedEntity*> themes = ThemesOf(document);
  const bool of_type = types_.empty() || types_.contains(document.type);
  const bool about =
      themes_.empty() || std::any_of(themes.begin(), themes.end(), [&](const NamedEntity* theme) {
        return themes_.contains(theme->name);
      });
  const bool any_year = !question_.from_year.has_value() && !question_.to_year.has_value();
  const bool of_year =
      any_year || (document.year.has_value() &&
                   *document.year >= question_.from_year.value_or(*document.year) &&
                   *document.year <= question_.to_year.value_or(*document.year));
  const bool wanted = of_type && about && of_year;
  if (document.is_statement && document.confidence < question_.min_confidence) {
    if (wanted) ++left_out_;
    if (wanted && document.confidence <= graph::v1::CONFIDENCE_UNVERIFIED) ++left_out_unverified_;
    return false;
  }
  if (about && of_year) ++by_type_[document.type];
  if (of_type && about && document.year.has_value()) ++by_year_[*document.year];
  if (of_type && of_year) {
    for (const NamedEntity* theme : themes) {
      auto& counted = by_theme_[theme->name];
      counted.first = theme;
      ++counted.second;
    }
  }
  if (wanted) ++total_;
  return wanted;
}

void Tally::WriteTo(SearchAnswer* answer) const {
  answer->total = total_;
  answer->left_out = left_out_;
  answer->left_out_unverified = left_out_unverified_;
  Facets& facets = answer->facets;
  for (const auto& [type, count] : by_type_) facets.types.emplace_back(type, count);
  std::sort(facets.types.begin(), facets.types.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (const auto& [name, counted] : by_theme_) {
    facets.themes.emplace_back(*counted.first, counted.second);
  }
  std::sort(facets.themes.begin(), facets.themes.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first.name < b.first.name;
  });
  facets.years.assign(by_year_.begin(), by_year_.end());
  std::sort(facets.years.begin(), facets.years.end(), std::greater<>());
}

}  // namespace attlas::search
