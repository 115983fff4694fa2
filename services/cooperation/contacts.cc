#include "services/cooperation/contacts.h"

#include <algorithm>
#include <utility>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::cooperation {
namespace {

using domain::Reading;
using domain::SubgraphIndex;
using engagement::DateRange;
using graph::Edge;

bool IsPlace(const SubgraphIndex& index, std::string_view name) {
  const graph::Node* node = index.FindNode(name);
  return node != nullptr &&
         (node->type() == "state" || node->type() == "economy" || node->type() == "territory");
}

// The contact of a place with a work, made on first sight.
PlaceContact& ContactOf(const Work& work, std::vector<PlaceContact>* contacts) {
  if (contacts->empty() || contacts->back().work != &work) contacts->push_back({.work = &work});
  return contacts->back();
}

void AddContacts(const SubgraphIndex& index, const Work& work, const Reading& reading,
                 ContactsByPlace* contacts) {
  for (const Edge* took_part : work.participants) {
    const std::string_view name = work.OtherEnd(*took_part);
    if (IsPlace(index, name)) {
      ContactOf(work, &(*contacts)[name]).evidence.push_back(took_part);
      continue;
    }
    for (const Edge* agency_of : index.Out(name, domain::kAgencyOf)) {
      if (!reading.Admits(*agency_of)) continue;
      PlaceContact& contact = ContactOf(work, &(*contacts)[agency_of->to()]);
      contact.evidence.insert(contact.evidence.end(), {took_part, agency_of});
      contact.agencies.push_back(name);
    }
  }
}

bool IsAdmitted(const Work& work, const WorkFilter& filter) {
  return work.kind != engagement::v1::ENGAGEMENT_KIND_OUTPUT && filter.Admits(work);
}

}  // namespace

bool WorkFilter::Admits(const Work& work) const {
  return dates.Covers(work.start) && work.IsAbout(theme) && work.IsAbout(instrument);
}

std::vector<const Edge*> WorkFilter::Topics(const Work& work) const {
  std::vector<const Edge*> topics;
  for (const Edge* edge : work.topics) {
    if (has_topic() && (edge->to() == theme || edge->to() == instrument)) topics.push_back(edge);
  }
  return topics;
}

absl::StatusOr<DateRange> CheckedDates(const DateRange& dates) {
  if (dates.from.has_value()) {
    ATTLAS_RETURN_IF_ERROR(domain::CheckDate(*dates.from, "from_date"));
  }
  if (dates.to.has_value()) ATTLAS_RETURN_IF_ERROR(domain::CheckDate(*dates.to, "to_date"));
  if (dates.from.has_value() && dates.to.has_value() &&
      graph::FirstDay(*dates.to) <= graph::FirstDay(*dates.from)) {
    return graph::InvalidField("to_date", "must lie after from_date");
  }
  return dates;
}

void AddWorkPatterns(graph::v1::MatchPathsRequest* request) {
  for (graph::v1::Pattern& pattern : engagement::EngagementPatterns()) {
    pattern.mutable_start()->clear_types();
    pattern.mutable_start()->add_types("event");
    pattern.mutable_start()->add_types("activity");
    *request->add_patterns() = std::move(pattern);
  }
}

std::vector<Work> WorksAdmitted(std::span<const Work> works, const WorkFilter& filter) {
  std::vector<Work> admitted;
  for (const Work& work : works) {
    if (IsAdmitted(work, filter)) admitted.push_back(work);
  }
  return admitted;
}

std::vector<Work> WorksAdmitted(const SubgraphIndex& index, const WorkFilter& filter,
                                const Reading& reading) {
  std::vector<Work> works = engagement::WorksOf(index, reading);
  std::erase_if(works, [&](const Work& work) { return !IsAdmitted(work, filter); });
  return works;
}

ContactsByPlace ContactsOf(const SubgraphIndex& index, std::span<const Work> works,
                           const Reading& reading) {
  ContactsByPlace contacts;
  for (const Work& work : works) AddContacts(index, work, reading, &contacts);
  return contacts;
}

std::span<const PlaceContact> ContactsAt(const ContactsByPlace& contacts, std::string_view place) {
  const auto found = contacts.find(place);
  return found == contacts.end() ? std::span<const PlaceContact>() : std::span(found->second);
}

std::vector<std::string_view> OrganizersOf(const Work& work) {
  std::vector<std::string_view> organizers;
  for (const Edge* edge : work.organizers) {
    if (edge->from().starts_with("organizations/")) organizers.push_back(edge->from());
  }
  return organizers;
}

v1::Contact ContactFrom(const SubgraphIndex& index, const PlaceContact& contact,
                        const WorkFilter& filter, domain::EvidenceGatherer* evidence) {
  const Work& work = *contact.work;
  v1::Contact result;
  *result.mutable_engagement() = domain::Named(index, work.node->name());
  result.set_kind(work.kind);
  result.set_term(std::string(graph::TextProperty(work.node->properties(), "kind")));
  if (work.start.has_value()) *result.mutable_start_date() = *work.start;
  if (const auto end = domain::DateProperty(*work.node, "end_date")) {
    *result.mutable_end_date() = *end;
  }
  std::vector<const Edge*> rests_on = contact.evidence;
  for (const Edge* edge : work.organizers) {
    *result.add_organizers() = domain::Named(index, edge->from());
    rests_on.push_back(edge);
  }
  for (std::string_view agency : contact.agencies) {
    *result.add_agencies() = domain::Named(index, agency);
  }
  const std::vector<const Edge*> topics = filter.Topics(work);
  rests_on.insert(rests_on.end(), topics.begin(), topics.end());
  *result.mutable_evidence() = evidence->Use(rests_on);
  return result;
}

}  // namespace attlas::cooperation
