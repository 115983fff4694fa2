#include "services/cooperation/agency_paths.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>

namespace attlas::cooperation {
namespace {

// A step that is not recorded is longer than any recorded way, so that it is taken last; the rest
// says from whom it is least unlikely.
constexpr int kGap = 1000;
constexpr int kFromCoordinator = 100;
constexpr int kFromOthers = 200;
// Into an agency that goes on from there by what is recorded.
constexpr int kToMediator = 50;

}  // namespace

std::vector<AgencyPath> AgencyPathFinder::FindRecorded(std::string_view from, std::string_view to,
                                                       int max_steps, int most_paths) {
  return Search(from,
                {.to = to, .max_steps = max_steps, .most_paths = most_paths, .with_gap = false});
}

std::vector<AgencyPath> AgencyPathFinder::FindWithGap(std::string_view from, std::string_view to,
                                                      int max_steps) {
  return Search(from, {.to = to, .max_steps = max_steps, .most_paths = 1, .with_gap = true});
}

std::vector<AgencyPath> AgencyPathFinder::Search(std::string_view from, const Aim& aim) {
  places_.assign(1, {.agency = from});
  tries_ = 0;
  // Shortest first, then fewest steps, then as they were found, which is by name.
  using Entry = std::tuple<int, int, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  open.emplace(0, 0, 0);
  std::map<std::tuple<std::string_view, int, bool>, int> visits;
  std::vector<AgencyPath> paths;
  while (!open.empty() && static_cast<int>(paths.size()) < aim.most_paths) {
    const int at = std::get<2>(open.top());
    open.pop();
    const Place place = places_[at];
    if (place.agency == aim.to) {
      if (place.has_gap == aim.with_gap) paths.push_back(PathTo(at));
      continue;
    }
    if (++visits[{place.agency, place.steps, place.has_gap}] > aim.most_paths) continue;
    if (place.steps == aim.max_steps) continue;
    const size_t before = places_.size();
    Extend(at, aim);
    for (size_t i = before; i < places_.size(); ++i) {
      open.emplace(places_[i].length, places_[i].steps, static_cast<int>(i));
    }
    if (gave_up_) break;
  }
  return paths;
}

void AgencyPathFinder::Extend(int place, const Aim& aim) {
  const Place from = places_[place];
  for (const auto& [next, links] : graph_.LinksOf(from.agency)) {
    if (++tries_ > kMostTries) {
      gave_up_ = true;
      return;
    }
    const int length = from.length + LengthOf(links.front().ground);
    if (IsOnTheWay(place, next) || IsDetour(place, next, length)) continue;
    places_.push_back({next, place, from.steps + 1, length, from.has_gap});
  }
  if (aim.with_gap && !from.has_gap) TryGaps(place, aim);
}

void AgencyPathFinder::TryGaps(int place, const Aim& aim) {
  const Place from = places_[place];
  const auto try_gap = [&](std::string_view next) {
    if (IsOnTheWay(place, next) || graph_.Length(from.agency, next) > 0) return;
    const int length = from.length + GapLength(from.agency, next, aim.to);
    places_.push_back({next, place, from.steps + 1, length, true});
  };
  try_gap(aim.to);
  for (const auto& [mediator, part] : parts_) {
    if (mediator != aim.to) try_gap(mediator);
  }
}

int AgencyPathFinder::GapLength(std::string_view from, std::string_view next,
                                std::string_view to) const {
  if (next != to) return kGap + kToMediator;
  const auto part = parts_.find(from);
  if (part == parts_.end()) return kGap + kFromOthers;
  return part->second == v1::DECISION_PART_COORDINATES ? kGap + kFromCoordinator : kGap;
}

bool AgencyPathFinder::IsOnTheWay(int place, std::string_view agency) const {
  for (int at = place; at >= 0; at = places_[at].before) {
    if (places_[at].agency == agency) return true;
  }
  return false;
}

bool AgencyPathFinder::IsDetour(int place, std::string_view next, int length) const {
  for (int at = places_[place].before; at >= 0; at = places_[at].before) {
    const int direct = graph_.Length(places_[at].agency, next);
    if (direct > 0 && places_[at].length + direct <= length) return true;
  }
  return false;
}

AgencyPath AgencyPathFinder::PathTo(int place) const {
  AgencyPath path;
  path.length = places_[place].length;
  path.recorded = !places_[place].has_gap;
  for (int at = place; at >= 0; at = places_[at].before) {
    path.agencies.push_back(places_[at].agency);
  }
  std::reverse(path.agencies.begin(), path.agencies.end());
  return path;
}

}  // namespace attlas::cooperation
