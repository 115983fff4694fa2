#include "graph/snapshot/filter.h"

#include <algorithm>

#include "graph/snapshot/snapshot.h"

namespace attlas::graph {

TypeSet::TypeSet(std::vector<TypeId> types) : types_(std::move(types)) {
  std::sort(types_.begin(), types_.end());
  types_.erase(std::unique(types_.begin(), types_.end()), types_.end());
  if (types_.empty()) return;
  mask_.resize(size_t{types_.back()} + 1, 0);
  for (const TypeId type : types_) {
    mask_[type] = 1;
    if (!runs_.empty() && runs_.back().last + 1 == type) {
      runs_.back().last = type;
    } else {
      runs_.push_back({type, type});
    }
  }
}

ReadFilter::ReadFilter(const ReadRequest& request, const Snapshot& snapshot)
    : request_(request),
      as_of_hi_(request.as_of.value_or(kEndOfTime)),
      as_of_lo_(request.as_of.value_or(kBeginningOfTime)) {
  const AccessClasses& classes = snapshot.access_classes();
  edge_access_.resize(classes.size());
  node_access_.resize(classes.size());
  for (size_t id = 0; id < classes.size(); ++id) {
    const AccessClass& access = classes.at(static_cast<AccessId>(id));
    Marking marking;
    marking.set_traffic_light(access.level);
    marking.set_space(access.space);
    const bool visible = CanSee(request.clearance, marking);
    node_access_[id] = visible;
    edge_access_[id] = visible && access.confidence >= request.min_confidence;
  }
  const std::span<const uint32_t> counts = snapshot.node_access_counts();
  for (size_t id = 0; id < counts.size(); ++id) {
    if (counts[id] != 0 && node_access_[id] == 0) all_nodes_visible_ = false;
  }
}

}  // namespace attlas::graph
