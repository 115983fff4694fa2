// Markings and clearances: who may see what (Traffic Light Protocol 2.0 and spaces).
//
// Thread-safety: plain values; functions are safe from any thread.
#ifndef ATTLAS_GRAPH_MODEL_MARKING_H_
#define ATTLAS_GRAPH_MODEL_MARKING_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/marking.pb.h"

namespace attlas::graph {

using v1::Marking;
using v1::TrafficLight;

// What a caller may see.
struct Clearance {
  // The highest traffic light that the caller is cleared for.
  TrafficLight level = v1::TRAFFIC_LIGHT_CLEAR;
  // The spaces that the caller is a member of, as `spaces/<id>`, in any order.
  std::vector<std::string> spaces;
  // Whether the caller sees every space (the local operator).
  bool all_spaces = false;
  // Those of `spaces` in which nothing more is said: the caller sees what is there and writes none.
  std::vector<std::string> read_only_spaces = {};

  // Sees everything.
  static Clearance Operator() { return {v1::TRAFFIC_LIGHT_RED, {}, true}; }
};

// The level, with 'unspecified' read as clear.
TrafficLight EffectiveLevel(TrafficLight level);

// Whether a caller of `clearance` may see what is marked `marking`.
bool CanSee(const Clearance& clearance, const Marking& marking);

// Whether nothing is hidden from a caller of `clearance`.
bool SeesEverything(const Clearance& clearance);

// `clearance` cut down to `ceiling`: no higher level, and no space, unless ceiling is unspecified.
Clearance Narrow(const Clearance& clearance, TrafficLight ceiling);

// Parses `clear`, `green`, `amber`, `amber+strict`, `red`, with or without `tlp:`, in any case.
absl::StatusOr<TrafficLight> ParseTrafficLight(std::string_view text);

// Such as `TLP:AMBER+STRICT`.
std::string_view TrafficLightName(TrafficLight level);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_MODEL_MARKING_H_
