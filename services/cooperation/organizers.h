// Which organizations did work of some sort, and which of the places they reached with it.
//
// Complexity: linear in the works and the contacts of the places.
// Thread-safety: functions and plain values, which view what they were made from.
#ifndef ATTLAS_SERVICES_COOPERATION_ORGANIZERS_H_
#define ATTLAS_SERVICES_COOPERATION_ORGANIZERS_H_

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "services/cooperation/contacts.h"

namespace attlas::cooperation {

struct Organizer {
  std::vector<const Work*> works;             // Latest first.
  std::vector<const graph::Edge*> organized;  // By the order of the works.
  std::set<std::string_view> places_reached;
  std::set<std::string_view> places_in_it;  // For callers to fill.
  const graph::Edge* works_on = nullptr;    // The theme is its standing task.

  // When the latest of the works began; none where that is not known.
  std::optional<graph::Date> Latest() const;
  // That it organized them, what they are about, and its standing task.
  std::vector<const graph::Edge*> Evidence(const WorkFilter& filter) const;
};

// By organization.
using OrganizerTable = std::map<std::string_view, Organizer>;
OrganizerTable TabulateOrganizers(const domain::SubgraphIndex& index, std::span<const Work> works,
                                  const ContactsByPlace& contacts,
                                  std::span<const std::string_view> places);

// The statement that the organization works on the theme, or null.
const graph::Edge* WorksOn(const domain::SubgraphIndex& index, std::string_view organization,
                           std::string_view theme, const domain::Reading& reading);
// Notes the organizations that work on the theme; those that organized nothing are added.
void AddStandingTasks(const domain::SubgraphIndex& index, std::string_view theme,
                      const domain::Reading& reading, OrganizerTable* table);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_ORGANIZERS_H_
