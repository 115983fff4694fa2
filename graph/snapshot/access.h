// Access classes: each combination of traffic light, space and confidence, as one small number that
// fits into the hot record of an edge.
//
// Thread-safety: AccessClasses is a value; a snapshot holds it as shared_ptr<const>.
#ifndef ATTLAS_GRAPH_SNAPSHOT_ACCESS_H_
#define ATTLAS_GRAPH_SNAPSHOT_ACCESS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"

namespace attlas::graph {

using AccessId = uint16_t;

struct AccessClass {
  TrafficLight level;
  std::string space;  // Empty for none.
  Confidence confidence;

  friend bool operator==(const AccessClass&, const AccessClass&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const AccessClass& c) {
    return H::combine(std::move(state), static_cast<int>(c.level), c.space,
                      static_cast<int>(c.confidence));
  }
};

class AccessClasses {
 public:
  // The id of the class of this marking and confidence, if it has one.
  const AccessId* Find(const Marking& marking, Confidence confidence) const;

  // The same, adding the class. RESOURCE_EXHAUSTED beyond 65,535 classes.
  absl::StatusOr<AccessId> FindOrAdd(const Marking& marking, Confidence confidence);

  size_t size() const { return classes_.size(); }
  const AccessClass& at(AccessId id) const { return classes_[id]; }

  // Whether a node of this class is seen by everyone, with the least clearance too. False for an id
  // that no class has.
  bool IsOpen(AccessId id) const {
    return id < classes_.size() && classes_[id].level == v1::TRAFFIC_LIGHT_CLEAR &&
           classes_[id].space.empty();
  }

 private:
  std::vector<AccessClass> classes_;
  absl::flat_hash_map<AccessClass, AccessId> ids_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_ACCESS_H_
