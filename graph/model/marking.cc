#include "graph/model/marking.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"

namespace attlas::graph {
namespace {

struct NamedLevel {
  TrafficLight level;
  std::string_view name;
};

constexpr std::array<NamedLevel, 5> kLevels = {{
    {v1::TRAFFIC_LIGHT_CLEAR, "TLP:CLEAR"},
    {v1::TRAFFIC_LIGHT_GREEN, "TLP:GREEN"},
    {v1::TRAFFIC_LIGHT_AMBER, "TLP:AMBER"},
    {v1::TRAFFIC_LIGHT_AMBER_STRICT, "TLP:AMBER+STRICT"},
    {v1::TRAFFIC_LIGHT_RED, "TLP:RED"},
}};

}  // namespace

TrafficLight EffectiveLevel(TrafficLight level) {
  return level == v1::TRAFFIC_LIGHT_UNSPECIFIED ? v1::TRAFFIC_LIGHT_CLEAR : level;
}

bool CanSee(const Clearance& clearance, const Marking& marking) {
  // A level that this version does not know is a higher number than any clearance, hence hidden.
  if (EffectiveLevel(marking.traffic_light()) > EffectiveLevel(clearance.level)) return false;
  if (marking.space().empty() || clearance.all_spaces) return true;
  return std::find(clearance.spaces.begin(), clearance.spaces.end(), marking.space()) !=
         clearance.spaces.end();
}

bool SeesEverything(const Clearance& clearance) {
  return clearance.all_spaces && clearance.level >= v1::TRAFFIC_LIGHT_RED;
}

Clearance Narrow(const Clearance& clearance, TrafficLight ceiling) {
  if (ceiling == v1::TRAFFIC_LIGHT_UNSPECIFIED) return clearance;
  Clearance narrowed;
  narrowed.level = std::min(EffectiveLevel(clearance.level), ceiling);
  return narrowed;
}

absl::StatusOr<TrafficLight> ParseTrafficLight(std::string_view text) {
  std::string upper = absl::AsciiStrToUpper(ToAbsl(text));
  if (!upper.starts_with("TLP:")) upper.insert(0, "TLP:");
  for (const NamedLevel& known : kLevels) {
    if (upper == known.name) return known.level;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`", Printable(text),
                   "` is not a traffic light; write clear, green, amber, amber+strict or red"));
}

std::string_view TrafficLightName(TrafficLight level) {
  const TrafficLight effective = EffectiveLevel(level);
  for (const NamedLevel& known : kLevels) {
    if (known.level == effective) return known.name;
  }
  return "TLP:UNKNOWN";
}

}  // namespace attlas::graph
