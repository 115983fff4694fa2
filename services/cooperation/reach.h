// What reaches places, who reaches none, and who does such work: the parts of GetReach.
//
// What: a place is reached where it took part in an event or activity of those asked for, or where
// a fund of those asked for lists it among the beneficiaries. Belonging to an organization alone
// reaches nobody.
// Thread-safety: functions and plain values, which view the material they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_REACH_H_
#define ATTLAS_SERVICES_COOPERATION_REACH_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attlas/cooperation/v1/reach.pb.h"
#include "services/cooperation/assistance.h"
#include "services/cooperation/contacts.h"
#include "services/domain/evidence.h"

namespace attlas::cooperation {

// Everything that the answer is made from.
struct ReachMaterial {
  const domain::SubgraphIndex& index;
  const domain::Reading& reading;
  const WorkFilter& filter;
  std::span<const Work> works;      // Those asked for.
  const ContactsByPlace& contacts;  // Of the works.
  std::span<const Offer> offers;    // Those asked for.
  std::string_view agency_kind;     // Empty for none.
};

// What the works asked for are about, such as ` on Brokering control and the ATT`; empty for
// anything.
std::string TopicInWords(const ReachMaterial& material);

// The statements by which the place received assistance from givers of the offers.
std::vector<const graph::Edge*> AssistanceTo(const ReachMaterial& material, std::string_view place);
bool IsReached(const ReachMaterial& material, std::string_view place);

// What reaches one place.
v1::PlaceReach PlaceReachFrom(const ReachMaterial& material, std::string_view place,
                              domain::EvidenceGatherer* evidence);

// The organizations that could reach the places and reached none: those that organize such work, or
// assist, or that a place belongs to and, with a theme, that work on it. Those that most places
// belong to first.
std::vector<v1::IdleOrganization> IdleOrganizations(const ReachMaterial& material,
                                                    std::span<const std::string_view> places);

// Who did such work, wherever it was, and who has the theme as a standing task.
std::vector<v1::Helper> HelpersOf(const ReachMaterial& material,
                                  std::span<const std::string_view> places,
                                  domain::EvidenceGatherer* evidence);

// The agencies of the kind over all places.
v1::AgencyCounts CountAgencies(const ReachMaterial& material,
                               std::span<const std::string_view> places);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_REACH_H_
