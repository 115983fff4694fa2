#include "services/domain/written_statements.h"

#include <cstddef>

#include "services/domain/evidence.h"

namespace attlas::domain {

WrittenStatements::WrittenStatements(const SubgraphIndex& index)
    : places_(std::make_unique<Place[]>(
          static_cast<size_t>(index.response().subgraph().edges_size()))) {
  const auto& edges = index.response().subgraph().edges();
  numbers_.reserve(static_cast<size_t>(edges.size()));
  for (const graph::Edge& edge : edges) {
    numbers_.emplace(&edge, static_cast<uint32_t>(numbers_.size()));
  }
}

WrittenStatements::~WrittenStatements() {
  for (size_t i = 0; i < numbers_.size(); ++i) delete places_[i].load(std::memory_order_relaxed);
}

std::string_view WrittenStatements::Of(const graph::Edge& edge) const {
  Place& place = places_[numbers_.find(&edge)->second];
  const std::string* written = place.load(std::memory_order_acquire);
  if (written != nullptr) return *written;
  auto made = std::make_unique<const std::string>(StatementOf(edge).SerializeAsString());
  if (place.compare_exchange_strong(written, made.get(), std::memory_order_acq_rel)) {
    return *made.release();
  }
  return *written;
}

}  // namespace attlas::domain
