#include "services/cooperation/organizers.h"

#include "services/domain/patterns.h"

namespace attlas::cooperation {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

std::optional<graph::Date> Organizer::Latest() const {
  for (const Work* work : works) {
    if (work->start.has_value()) return work->start;
  }
  return std::nullopt;
}

std::vector<const Edge*> Organizer::Evidence(const WorkFilter& filter) const {
  std::vector<const Edge*> evidence = organized;
  for (const Work* work : works) {
    const std::vector<const Edge*> topics = filter.Topics(*work);
    evidence.insert(evidence.end(), topics.begin(), topics.end());
  }
  if (works_on != nullptr) evidence.push_back(works_on);
  return evidence;
}

OrganizerTable TabulateOrganizers(const SubgraphIndex& index, std::span<const Work> works,
                                  const ContactsByPlace& contacts,
                                  std::span<const std::string_view> places) {
  OrganizerTable table;
  for (const Work& work : works) {
    for (const Edge* edge : work.organizers) {
      const graph::Node* node = index.FindNode(edge->from());
      if (node == nullptr || node->type() != "organization") continue;
      Organizer& organizer = table[edge->from()];
      organizer.works.push_back(&work);
      organizer.organized.push_back(edge);
    }
  }
  for (std::string_view place : places) {
    for (const PlaceContact& contact : ContactsAt(contacts, place)) {
      for (std::string_view organizer : OrganizersOf(*contact.work)) {
        table[organizer].places_reached.insert(place);
      }
    }
  }
  return table;
}

const Edge* WorksOn(const SubgraphIndex& index, std::string_view organization,
                    std::string_view theme, const Reading& reading) {
  for (const Edge* edge : index.Out(organization, domain::kWorksOn)) {
    if (edge->to() == theme && reading.Counts(*edge)) return edge;
  }
  return nullptr;
}

void AddStandingTasks(const SubgraphIndex& index, std::string_view theme, const Reading& reading,
                      OrganizerTable* table) {
  for (const Edge* edge : index.In(theme, domain::kWorksOn)) {
    if (reading.Counts(*edge)) (*table)[edge->from()].works_on = edge;
  }
}

}  // namespace attlas::cooperation
