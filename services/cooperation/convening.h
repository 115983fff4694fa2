// The parts of a plan for a meeting: whom to invite, whom to bring in, what to table, what clashes.
//
// What: an office is invited for what it does on the theme, for coordinating, for foreign affairs,
// and always for gender equality. Offices that are not sure enough are named and marked.
// Complexity: linear in the statements about the places, their concerns and all events.
// Thread-safety: functions and plain values, which view the material they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_CONVENING_H_
#define ATTLAS_SERVICES_COOPERATION_CONVENING_H_

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/convening.pb.h"
#include "services/cooperation/contacts.h"
#include "services/cooperation/organizers.h"
#include "services/domain/evidence.h"

namespace attlas::cooperation {

// The days of the meeting.
struct MeetingDays {
  graph::DayNumber first = 0;
  graph::DayNumber last = 0;  // Included.
  int margin = 0;
};

// A concern of places, and the statements that say whose it is.
struct PlaceConcern {
  std::set<std::string_view> places;
  std::vector<const graph::Edge*> voiced;
};
using ConcernTable = std::map<std::string_view, PlaceConcern>;

// An event or activity on or near the days.
struct ClashFacts {
  const Work* work = nullptr;
  v1::ClashKind kind = v1::CLASH_KIND_UNSPECIFIED;
};

// Everything that a plan is made from.
struct ConveningMaterial {
  const domain::SubgraphIndex& index;
  const domain::Reading& reading;
  const WorkFilter& filter;         // The theme alone.
  std::span<const Work> past;       // About the theme, up to the day of the reading.
  const ContactsByPlace& contacts;  // Of `past`.
  std::span<const ClashFacts> clashes;
  const ContactsByPlace& busy;  // Of the works of `clashes`.
  std::span<const std::string_view> places;
  const ConcernTable& concerns;  // Those that evidence bears on.
};

// The concerns that places, or region sets that they belong to, voiced by the day.
ConcernTable ConcernsOf(const domain::SubgraphIndex& index,
                        std::span<const std::string_view> places, const domain::Reading& reading);

// How an event stands to the days; UNSPECIFIED where it does not clash. Events without a date clash
// with nothing.
v1::ClashKind ClashOf(const Work& work, const MeetingDays& days);

v1::Invitee InviteeFrom(const ConveningMaterial& material, std::string_view place,
                        domain::EvidenceGatherer* evidence);
std::vector<v1::ConvenedOrganization> ConvenedOrganizations(const ConveningMaterial& material,
                                                            domain::EvidenceGatherer* evidence);
std::vector<v1::Clash> ClashesFrom(const ConveningMaterial& material,
                                   domain::EvidenceGatherer* evidence);

// Publications that bear on the theme or on the concerns. `works` are those of every kind.
std::vector<v1::EvidenceToTable> EvidenceFor(const domain::SubgraphIndex& index,
                                             std::span<const Work> works, std::string_view theme,
                                             const ConcernTable& concerns,
                                             domain::EvidenceGatherer* evidence);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_CONVENING_H_
