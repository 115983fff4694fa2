// How the goods of two instruments relate, by the taxonomy `goods` of the ontology.
//
// Thread-safety: GoodsTaxonomy is immutable; GoodsCache is thread-safe.
#ifndef ATTLAS_SERVICES_DOMAIN_GOODS_H_
#define ATTLAS_SERVICES_DOMAIN_GOODS_H_

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"

namespace attlas::domain {

using synergy::v1::GoodsRelation;

// The term of the taxonomy for an instrument that is not about goods.
inline constexpr std::string_view kNotGoodsBased = "not-goods-based";

// How the goods of one instrument relate to those of a target.
struct GoodsMatch {
  GoodsRelation relation = synergy::v1::GOODS_RELATION_OTHER;
  std::vector<std::string> shared;  // The instrument's own goods that make them the same.
};

class GoodsTaxonomy {
 public:
  explicit GoodsTaxonomy(const graph::v1::Ontology& ontology);

  // Whether `term` is `ancestor` or lies within it.
  bool IsWithin(std::string_view term, std::string_view ancestor) const;

  // SAME where one of `own` is, lies within, or contains one of `target`; GENERAL where `own` is
  // not goods-based; otherwise OTHER.
  GoodsMatch Match(std::span<const std::string> own, std::span<const std::string> target) const;

  // The name of a term that people read; its id with spaces where it has none.
  std::string Phrase(std::string_view term) const;
  // The names of several, as a list in a sentence.
  std::string Phrase(std::span<const std::string> terms) const;

 private:
  absl::flat_hash_map<std::string, std::string> broader_;
  absl::flat_hash_map<std::string, std::string> display_names_;
};

// The taxonomy as of a revision. The last one read is kept: a revision never changes, so that a
// graph at rest is asked once.
class GoodsCache {
 public:
  explicit GoodsCache(services::GraphApi* graph) : graph_(graph) {}

  // Errors: those of GetOntology.
  absl::StatusOr<std::shared_ptr<const GoodsTaxonomy>> At(const services::CallContext& context,
                                                          std::string_view revision);

 private:
  services::GraphApi* const graph_;
  std::mutex mutex_;
  std::string revision_;                           // Guarded by mutex_.
  std::shared_ptr<const GoodsTaxonomy> taxonomy_;  // Guarded by mutex_.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_GOODS_H_
