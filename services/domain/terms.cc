#include "services/domain/terms.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/ontology/ontology.h"

namespace attlas::domain {
namespace {

constexpr size_t kMostSuggestions = 3;

}  // namespace

absl::Status TermsCache::Check(const services::CallContext& context, std::string_view revision,
                               std::initializer_list<std::string_view> taxonomies,
                               std::string_view field, std::string_view term) {
  ATTLAS_ASSIGN_OR_RETURN(const auto terms, At(context, revision));
  std::vector<std::string> known;
  for (const std::string_view taxonomy : taxonomies) {
    const auto found = terms->find(taxonomy);
    if (found == terms->end()) continue;
    known.insert(known.end(), found->second.begin(), found->second.end());
  }
  if (std::find(known.begin(), known.end(), term) != known.end()) return absl::OkStatus();
  std::vector<std::string> nearest =
      graph::NearestNames(std::string(term), known, kMostSuggestions);
  if (nearest.empty()) nearest = known;
  return graph::InvalidField(
      std::string(field),
      absl::StrCat("`", graph::ToAbsl(term), "` is none of the kinds that are known; did you mean ",
                   absl::StrJoin(nearest, ", "), "?"));
}

absl::StatusOr<std::shared_ptr<const TermsCache::Terms>> TermsCache::At(
    const services::CallContext& context, std::string_view revision) {
  {
    const std::scoped_lock lock(mutex_);
    if (terms_ != nullptr && revision_ == revision) return terms_;
  }
  graph::v1::GetOntologyRequest request;
  request.mutable_read()->set_at_revision(std::string(revision));
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::GetOntologyResponse response,
                          graph_->GetOntology(context, request));
  auto terms = std::make_shared<Terms>();
  for (const graph::v1::Taxonomy& taxonomy : response.ontology().taxonomies()) {
    std::vector<std::string>& ids = (*terms)[taxonomy.name()];
    for (const graph::v1::Term& term : taxonomy.terms()) ids.push_back(term.id());
  }
  const std::scoped_lock lock(mutex_);
  revision_ = std::string(revision);
  terms_ = terms;
  return terms_;
}

}  // namespace attlas::domain
