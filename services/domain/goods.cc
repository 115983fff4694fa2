#include "services/domain/goods.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/wording.h"

namespace attlas::domain {

using graph::ToAbsl;

GoodsTaxonomy::GoodsTaxonomy(const graph::v1::Ontology& ontology) {
  for (const graph::v1::Taxonomy& taxonomy : ontology.taxonomies()) {
    if (taxonomy.name() != "goods") continue;
    for (const graph::v1::Term& term : taxonomy.terms()) {
      broader_[term.id()] = term.broader();
      display_names_[term.id()] = term.display_name();
    }
  }
}

bool GoodsTaxonomy::IsWithin(std::string_view term, std::string_view ancestor) const {
  // The ontology is checked to have no cycles; the bound is for one that was not.
  for (size_t step = 0; step <= broader_.size(); ++step) {
    if (term == ancestor) return true;
    const auto found = broader_.find(ToAbsl(term));
    if (found == broader_.end() || found->second.empty()) return false;
    term = found->second;
  }
  return false;
}

GoodsMatch GoodsTaxonomy::Match(std::span<const std::string> own,
                                std::span<const std::string> target) const {
  GoodsMatch match;
  for (const std::string& good : own) {
    if (good == kNotGoodsBased) {
      return {.relation = synergy::v1::GOODS_RELATION_GENERAL, .shared = {}};
    }
    const bool same = std::any_of(target.begin(), target.end(), [&](const std::string& other) {
      return IsWithin(good, other) || IsWithin(other, good);
    });
    if (same) match.shared.push_back(good);
  }
  if (!match.shared.empty()) match.relation = synergy::v1::GOODS_RELATION_SAME;
  return match;
}

std::string GoodsTaxonomy::Phrase(std::string_view term) const {
  const auto found = display_names_.find(ToAbsl(term));
  if (found != display_names_.end() && !found->second.empty()) return LowerFirst(found->second);
  return absl::StrReplaceAll(ToAbsl(term), {{"-", " "}});
}

std::string GoodsTaxonomy::Phrase(std::span<const std::string> terms) const {
  std::vector<std::string> phrases;
  for (const std::string& term : terms) phrases.push_back(Phrase(term));
  return JoinList(phrases);
}

absl::StatusOr<std::shared_ptr<const GoodsTaxonomy>> GoodsCache::At(
    const services::CallContext& context, std::string_view revision) {
  {
    const std::scoped_lock lock(mutex_);
    if (taxonomy_ != nullptr && revision_ == revision) return taxonomy_;
  }
  graph::v1::GetOntologyRequest request;
  request.mutable_read()->set_at_revision(std::string(revision));
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::GetOntologyResponse response,
                          graph_->GetOntology(context, request));
  auto taxonomy = std::make_shared<const GoodsTaxonomy>(response.ontology());
  const std::scoped_lock lock(mutex_);
  revision_ = std::string(revision);
  taxonomy_ = taxonomy;
  return taxonomy;
}

}  // namespace attlas::domain
