#include "services/cooperation/agency_graph.h"

#include <algorithm>

#include "services/domain/happenings.h"
#include "services/domain/patterns.h"

namespace attlas::cooperation {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

int LengthOf(v1::StepGround ground) {
  switch (ground) {
    case v1::STEP_GROUND_ADVISES:
    case v1::STEP_GROUND_COORDINATES:
      return 1;
    case v1::STEP_GROUND_SAME_ROLE:
      return 2;
    case v1::STEP_GROUND_SAME_EVENT:
    case v1::STEP_GROUND_SAME_INSTRUMENT:
      return 3;
    default:
      return 4;
  }
}

AgencyGraph::AgencyGraph(const SubgraphIndex& index, const StateAgencies& agencies,
                         const Reading& reading) {
  HavingByNode roles;
  HavingByNode events;
  HavingByNode instruments;
  HavingByNode themes;
  for (const Agency& agency : agencies.all()) {
    if (links_.size() == kMostAgencies) {
      truncated_ = true;
      break;
    }
    links_[agency.name];
    for (const HeldRole& held : agency.roles) {
      roles[held.role()].push_back({agency.name, held.role(), {held.holds}});
      for (const Edge* under : UnderInstruments(index, held.role(), reading)) {
        instruments[under->to()].push_back({agency.name, held.role(), {held.holds, under}});
      }
      for (const Edge* serves : index.Out(held.role(), domain::kRoleServes)) {
        if (!reading.Counts(*serves)) continue;
        themes[serves->to()].push_back({agency.name, held.role(), {held.holds, serves}});
      }
    }
    for (std::string_view type : kTakingPart) {
      for (const Edge* part : index.Out(agency.name, type)) {
        if (domain::HappenedBy(*part, reading) &&
            domain::EventBeganBy(index, part->to(), reading)) {
          events[part->to()].push_back({agency.name, {}, {part}});
        }
      }
    }
  }
  AddStated(index, reading);
  AddCommon(v1::STEP_GROUND_SAME_ROLE, roles);
  AddCommon(v1::STEP_GROUND_SAME_EVENT, events);
  AddCommon(v1::STEP_GROUND_SAME_INSTRUMENT, instruments);
  AddCommon(v1::STEP_GROUND_SAME_THEME, themes);
}

void AgencyGraph::AddStated(const SubgraphIndex& index, const Reading& reading) {
  const auto add = [&](v1::StepGround ground, std::string_view from, std::string_view to,
                       const Edge* edge) {
    if (!links_.contains(from) || !links_.contains(to) || !reading.Counts(*edge)) return;
    AgencyLink& link = links_[from][to].emplace_back();
    link.ground = ground;
    link.edges = {edge};
  };
  for (const Edge* edge : index.OfType(kAdvises)) {
    add(v1::STEP_GROUND_ADVISES, edge->from(), edge->to(), edge);
  }
  for (const Edge* edge : index.OfType(kCoordinatesWith)) {
    add(v1::STEP_GROUND_COORDINATES, edge->from(), edge->to(), edge);
    add(v1::STEP_GROUND_COORDINATES, edge->to(), edge->from(), edge);
  }
}

void AgencyGraph::AddCommon(v1::StepGround ground, const HavingByNode& common) {
  for (const auto& [via, having] : common) {
    for (const Having& from : having) {
      for (const Having& to : having) {
        if (from.agency == to.agency) continue;
        std::vector<AgencyLink>& links = links_[from.agency][to.agency];
        // Once is enough, by whichever roles.
        if (!links.empty() && links.back().ground == ground && links.back().via == via) continue;
        AgencyLink& link = links.emplace_back();
        link.ground = ground;
        link.via = via;
        link.from_role = from.role;
        link.to_role = to.role;
        link.edges = from.edges;
        for (const Edge* edge : to.edges) {
          if (std::find(link.edges.begin(), link.edges.end(), edge) == link.edges.end()) {
            link.edges.push_back(edge);
          }
        }
      }
    }
  }
}

const AgencyGraph::Links& AgencyGraph::LinksOf(std::string_view agency) const {
  static const auto* const kNone = new Links();
  const auto found = links_.find(agency);
  return found == links_.end() ? *kNone : found->second;
}

int AgencyGraph::Length(std::string_view from, std::string_view to) const {
  const Links& links = LinksOf(from);
  const auto found = links.find(to);
  return found == links.end() ? 0 : LengthOf(found->second.front().ground);
}

}  // namespace attlas::cooperation
