#include "services/evidence/search_queries.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/model/name.h"
#include "graph/ontology/ontology.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/scope.h"
#include "services/search/words.h"

namespace attlas::evidence {
namespace {

using domain::Scope;
using graph::InvalidField;
using search::SearchAnswer;
using search::SearchQuestion;

constexpr domain::PageSizes kPageSizes{.by_default = 20, .at_most = 100};
constexpr int kMostFilters = 64;
constexpr int32_t kLastYear = 9'999;
constexpr size_t kMostSuggestions = 3;
constexpr std::string_view kThemeCollections[] = {"themes", "concern-themes"};

absl::Status CheckYears(const v1::SearchRequest& request) {
  for (const auto& [field, year] :
       {std::pair("from_year", request.from_year()), std::pair("to_year", request.to_year())}) {
    if (year < 0 || year > kLastYear) {
      return InvalidField(field, absl::StrCat("is no year: ", year, "; use 1 to ", kLastYear));
    }
  }
  if (request.to_year() != 0 && request.from_year() > request.to_year()) {
    return InvalidField("to_year", absl::StrCat("is before from_year, ", request.from_year()));
  }
  return absl::OkStatus();
}

// A theme filter that can be none: a full name of another collection, or nothing at all.
absl::Status CheckThemeName(const std::string& theme, const std::string& field) {
  const bool whole = theme.find('/') != std::string::npos;
  const auto parsed = graph::ParseResourceName(theme);
  const bool of_themes =
      parsed.ok() && std::find(std::begin(kThemeCollections), std::end(kThemeCollections),
                               parsed->collection) != std::end(kThemeCollections);
  if (theme.size() <= graph::kMaxNameBytes && !search::FoldName(theme).empty() &&
      (of_themes || !whole)) {
    return absl::OkStatus();
  }
  return InvalidField(field,
                      "names no theme; write `themes/<id>`, `concern-themes/<id>` or the id");
}

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

absl::Status UnknownTheme(const std::string& theme, const std::string& field,
                          const std::vector<search::NamedEntity>& known) {
  std::vector<std::string> ids;
  ids.reserve(known.size());
  for (const search::NamedEntity& entity : known) ids.push_back(IdOf(entity.name));
  std::vector<std::string> meant;
  for (const std::string& id : graph::NearestNames(IdOf(theme), ids, kMostSuggestions)) {
    for (const search::NamedEntity& entity : known) {
      if (IdOf(entity.name) != id) continue;
      std::string one = absl::StrCat("`", entity.name, "` (", entity.display_name, ")");
      if (std::find(meant.begin(), meant.end(), one) == meant.end()) meant.push_back(one);
    }
  }
  return InvalidField(field,
                      absl::StrCat("there is no theme `", theme, "`",
                                   meant.empty() ? "" : "; nearest: ", absl::StrJoin(meant, ", ")));
}

// Puts the full names in the place of what theme filters stand for: a full name, or an id or a name
// that people read in either collection. Only what the caller may see is known here.
absl::Status ResolveThemes(const search::SearchIndex& index, SearchQuestion* question) {
  std::vector<std::string> names;
  for (size_t i = 0; i < question->themes.size(); ++i) {
    const std::string& theme = question->themes[i];
    const std::string folded = search::FoldName(theme);
    bool found = false;
    for (const search::NamedEntity& entity : index.themes()) {
      if (entity.name != theme && IdOf(entity.name) != theme &&
          search::FoldName(entity.display_name) != folded) {
        continue;
      }
      names.push_back(entity.name);
      found = true;
    }
    // An index that was cut short does not know all of them.
    if (found || index.truncated()) continue;
    return UnknownTheme(theme, absl::StrCat("themes[", i, "]"), index.themes());
  }
  // Themes that only the part left out knows find nothing, and the answer says that it is cut.
  if (names.empty()) return absl::OkStatus();
  question->themes = std::move(names);
  return absl::OkStatus();
}

absl::StatusOr<SearchQuestion> QuestionOf(const v1::SearchRequest& request, const Scope& scope) {
  SearchQuestion question;
  ATTLAS_ASSIGN_OR_RETURN(question.query, search::ParseQuery(request.query()));
  for (const auto& [field, count] :
       {std::pair("types", request.types_size()), std::pair("themes", request.themes_size())}) {
    if (count > kMostFilters) {
      return InvalidField(field, absl::StrCat("has ", count, " names; at most ", kMostFilters));
    }
  }
  ATTLAS_RETURN_IF_ERROR(CheckYears(request));
  question.as_typed = request.as_typed();
  question.types.assign(request.types().begin(), request.types().end());
  for (int i = 0; i < request.themes_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(CheckThemeName(request.themes(i), absl::StrCat("themes[", i, "]")));
    question.themes.push_back(request.themes(i));
  }
  if (request.from_year() != 0) question.from_year = request.from_year();
  if (request.to_year() != 0) question.to_year = request.to_year();
  question.day = scope.reading.day;
  question.min_confidence = scope.reading.min_confidence;
  return question;
}

absl::Status CheckTypes(const SearchQuestion& question, const std::vector<std::string>& known) {
  for (size_t i = 0; i < question.types.size(); ++i) {
    if (std::find(known.begin(), known.end(), question.types[i]) != known.end()) continue;
    const auto nearest = graph::NearestNames(question.types[i], known, kMostSuggestions);
    return InvalidField(absl::StrCat("types[", i, "]"),
                        absl::StrCat("there is no type `", question.types[i], "` that is searched",
                                     nearest.empty() ? "" : "; did you mean ",
                                     absl::StrJoin(nearest, ", "), nearest.empty() ? "" : "?"));
  }
  return absl::OkStatus();
}

void FillNamed(const search::NamedEntity& entity, instruments::v1::NamedNode* node) {
  node->set_name(entity.name);
  node->set_display_name(entity.display_name);
}

using Fragments = google::protobuf::RepeatedPtrField<v1::TextFragment>;

void FillFragments(const std::vector<search::Fragment>& fragments, Fragments* out) {
  for (const search::Fragment& fragment : fragments) {
    v1::TextFragment* const one = out->Add();
    one->set_text(fragment.text);
    one->set_matched(fragment.matched);
  }
}

void FillHit(const search::SearchHit& hit, v1::SearchHit* out) {
  const search::Document& document = *hit.document;
  out->set_name(document.name);
  out->set_type(document.type);
  out->set_display_name(document.title);
  FillFragments(hit.title, out->mutable_title());
  out->set_excerpt_field(hit.excerpt.field);
  FillFragments(hit.excerpt.fragments, out->mutable_excerpt());
  out->set_year(document.year.value_or(0));
  *out->mutable_marking() = document.marking;
  if (document.is_statement) {
    *out->mutable_statement() = domain::StatementOf(document.statement);
    FillNamed(document.from, out->mutable_from());
    FillNamed(document.to, out->mutable_to());
  }
  out->set_score(hit.score);
}

void FillFacets(const search::Facets& facets, v1::SearchFacets* out) {
  for (const auto& [type, count] : facets.types) {
    auto* const one = out->add_types();
    one->set_type(type);
    one->set_count(static_cast<int32_t>(count));
  }
  for (const auto& [theme, count] : facets.themes) {
    auto* const one = out->add_themes();
    FillNamed(theme, one->mutable_theme());
    one->set_count(static_cast<int32_t>(count));
  }
  for (const auto& [year, count] : facets.years) {
    auto* const one = out->add_years();
    one->set_year(year);
    one->set_count(static_cast<int32_t>(count));
  }
}

std::string SentenceOf(const SearchAnswer& answer) {
  const std::string found = absl::StrCat(answer.total, answer.total == 1 ? " result" : " results");
  std::string sentence;
  if (!answer.corrected_query.empty()) {
    absl::StrAppend(&sentence, "Nothing was found as it was written; this is what `",
                    answer.corrected_query, "` finds. ");
  }
  if (answer.any_word) {
    absl::StrAppend(&sentence, "Nothing holds all of the words; these hold some of them. ");
  }
  return absl::StrCat(sentence, answer.total == 0 ? "Nothing was found" : found, ".");
}

void FillBasis(const Scope& scope, const SearchAnswer& answer,
               instruments::v1::AnswerBasis* basis) {
  *basis->mutable_as_of() = scope.as_of;
  basis->set_as_of_defaulted(scope.as_of_defaulted);
  basis->set_min_confidence(scope.reading.min_confidence);
  basis->set_left_out_statements(static_cast<int32_t>(answer.left_out));
  basis->set_left_out_unverified_statements(static_cast<int32_t>(answer.left_out_unverified));
}

// The revision to read, or the error of a read that names none that can be read.
absl::StatusOr<std::string> RevisionOf(services::GraphApi* graph,
                                       const services::CallContext& context, const Scope& scope) {
  if (std::optional<std::string> known = graph->KnownRevision(scope.graph_read)) return *known;
  graph::v1::GetOntologyRequest request;
  *request.mutable_read() = scope.graph_read;
  ATTLAS_ASSIGN_OR_RETURN(graph::v1::GetOntologyResponse response,
                          graph->GetOntology(context, request));
  return response.revision();
}

}  // namespace

absl::StatusOr<v1::SearchResponse> SearchQueries::Search(const services::CallContext& context,
                                                         const v1::SearchRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(SearchQuestion question, QuestionOf(request, scope));
  question.offset = page.offset;
  question.size = page.size;
  ATTLAS_ASSIGN_OR_RETURN(const std::string revision, RevisionOf(graph_, context, scope));
  ATTLAS_ASSIGN_OR_RETURN(const search::IndexKeeper::Index index,
                          indexes_.Get(context, revision, scope.graph_read.ceiling()));
  ATTLAS_RETURN_IF_ERROR(CheckTypes(question, index->types()));
  ATTLAS_RETURN_IF_ERROR(ResolveThemes(*index, &question));
  ATTLAS_ASSIGN_OR_RETURN(const SearchAnswer answer, index->Search(question));

  v1::SearchResponse response;
  response.set_revision(revision);
  for (const search::SearchHit& hit : answer.hits) FillHit(hit, response.add_hits());
  response.set_total(static_cast<int32_t>(answer.total));
  FillFacets(answer.facets, response.mutable_facets());
  response.set_corrected_query(answer.corrected_query);
  response.set_any_word(answer.any_word);
  response.set_sentence(SentenceOf(answer));
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, revision, answer.total));
  FillBasis(scope, answer, response.mutable_basis());
  response.set_truncated(index->truncated());
  if (index->truncated()) response.add_reached_bounds(graph::v1::BOUND_NODES_VISITED);
  return response;
}

}  // namespace attlas::evidence
