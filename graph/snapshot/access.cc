#include "graph/snapshot/access.h"

#include "graph/base/error.h"
#include "graph/snapshot/snapshot.h"

namespace attlas::graph {
namespace {

AccessClass MakeClass(const Marking& marking, Confidence confidence) {
  return {EffectiveLevel(marking.traffic_light()), marking.space(), confidence};
}

}  // namespace

const AccessId* AccessClasses::Find(const Marking& marking, Confidence confidence) const {
  const auto it = ids_.find(MakeClass(marking, confidence));
  return it == ids_.end() ? nullptr : &it->second;
}

absl::StatusOr<AccessId> AccessClasses::FindOrAdd(const Marking& marking, Confidence confidence) {
  if (const AccessId* id = Find(marking, confidence)) return *id;
  if (classes_.size() >= HotNode::kAbsent) {
    return MakeError(absl::StatusCode::kResourceExhausted,
                     "the graph holds 65,535 different combinations of marking, space and "
                     "confidence and takes no more",
                     {.reason = "OVERLOADED", .metadata = {}, .violations = {}});
  }
  const auto id = static_cast<AccessId>(classes_.size());
  classes_.push_back(MakeClass(marking, confidence));
  ids_.emplace(classes_.back(), id);
  return id;
}

}  // namespace attlas::graph
