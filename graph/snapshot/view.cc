#include "graph/snapshot/view.h"

#include <utility>

namespace attlas::graph {

View::View(SnapshotPtr snapshot, ReadFilter filter,
           std::shared_ptr<const LoweredConfidences> lowered)
    : snapshot_(std::move(snapshot)), filter_(std::move(filter)), lowered_(std::move(lowered)) {}

Confidence View::ConfidenceOf(const EdgeRef& edge) const {
  if (lowered_ != nullptr) {
    if (const auto lowered = lowered_->find(edge.edge); lowered != lowered_->end()) {
      return lowered->second;
    }
  }
  return snapshot_->access_classes().at(edge.access).confidence;
}

}  // namespace attlas::graph
