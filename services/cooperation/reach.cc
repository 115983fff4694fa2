#include "services/cooperation/reach.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/cooperation/agency_parts.h"
#include "services/cooperation/organizers.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::Count;
using domain::EvidenceGatherer;
using domain::SubgraphIndex;
using graph::Edge;

// What ties an organization to one place.
struct Ties {
  std::vector<const Edge*> parts;      // MEMBER_OF.
  std::vector<const Edge*> organized;  // Of contacts of the place.
  std::optional<graph::Date> latest;
};

// Whether membership of the organization has to do with what is asked for.
bool IsRelevant(const ReachMaterial& material, std::string_view organization) {
  if (!material.filter.has_topic()) return true;
  return WorksOn(material.index, organization, material.filter.theme, material.reading) !=
             nullptr ||
         std::any_of(material.offers.begin(), material.offers.end(),
                     [&](const Offer& offer) { return offer.giver() == organization; });
}

std::map<std::string_view, Ties> TiesOf(const ReachMaterial& material, std::string_view place) {
  std::map<std::string_view, Ties> ties;
  for (const PlaceContact& contact : ContactsAt(material.contacts, place)) {
    for (const Edge* edge : contact.work->organizers) {
      if (!edge->from().starts_with("organizations/")) continue;
      Ties& tie = ties[edge->from()];
      tie.organized.push_back(edge);
      // Contacts come latest first.
      if (!tie.latest.has_value()) tie.latest = contact.work->start;
    }
  }
  for (const Edge* part : material.index.Out(place, domain::kMemberOf)) {
    if (!material.reading.Counts(*part)) continue;
    if (ties.contains(part->to()) || IsRelevant(material, part->to())) {
      ties[part->to()].parts.push_back(part);
    }
  }
  return ties;
}

void AddOrganizations(const ReachMaterial& material, std::string_view place,
                      EvidenceGatherer* evidence, v1::PlaceReach* reach) {
  for (const auto& [name, ties] : TiesOf(material, place)) {
    v1::ReachingOrganization* row = reach->add_organizations();
    *row->mutable_organization() = domain::Named(material.index, name);
    row->set_kind(std::string(OrganizationKind(material.index, name)));
    for (const Edge* part : ties.parts) row->add_parts(std::string(PartOf(*part)));
    row->set_organized_contacts(static_cast<int32_t>(ties.organized.size()));
    if (ties.latest.has_value()) *row->mutable_latest_contact_date() = *ties.latest;
    std::vector<const Edge*> rests_on = ties.parts;
    rests_on.insert(rests_on.end(), ties.organized.begin(), ties.organized.end());
    *row->mutable_evidence() = evidence->Use(rests_on);
  }
  std::stable_sort(
      reach->mutable_organizations()->begin(), reach->mutable_organizations()->end(),
      [](const auto& a, const auto& b) { return a.organized_contacts() > b.organized_contacts(); });
}

void AddOffers(const ReachMaterial& material, std::string_view place, EvidenceGatherer* evidence,
               v1::PlaceReach* reach) {
  for (const Offer& offer : material.offers) {
    *reach->add_offers() = OfferTo(material.index, offer, place, material.reading, evidence);
  }
  const auto rank = [](const v1::AssistanceOffer& offer) {
    switch (offer.eligibility()) {
      case v1::ELIGIBILITY_OPEN:
        return 0;
      case v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE:
        return 1;
      case v1::ELIGIBILITY_UNKNOWN:
        return 2;
      default:
        return 3;
    }
  };
  std::stable_sort(reach->mutable_offers()->begin(), reach->mutable_offers()->end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

std::vector<AgencyFacts> AgenciesOfKind(const ReachMaterial& material, std::string_view place) {
  std::vector<AgencyFacts> agencies = AgenciesOf(material.index, place, material.reading);
  std::erase_if(agencies,
                [&](const AgencyFacts& one) { return one.kind() != material.agency_kind; });
  return agencies;
}

std::string ExplainAgencies(const v1::PlaceReach& reach, std::string_view kind) {
  if (reach.agencies().empty()) {
    return absl::StrCat(" No agency of the kind ", graph::ToAbsl(kind), " is known.");
  }
  std::string text;
  for (const v1::AgencyPart& part : reach.agencies()) {
    absl::StrAppend(&text, " ", part.agency().display_name(),
                    part.presence() == v1::AGENCY_PRESENCE_LINKED
                        ? " appears in arms-control work"
                        : " appears in no arms-control work that is held here",
                    part.left_out() ? " (its name is to be checked)." : ".");
  }
  return text;
}

std::string Explain(const ReachMaterial& material, const v1::PlaceReach& reach, size_t assistance) {
  std::string text = reach.place().display_name();
  if (!reach.reached()) {
    absl::StrAppend(&text, ": nobody is known to have reached it", TopicInWords(material));
  } else {
    absl::StrAppend(&text, " took part in ",
                    reach.contacts().empty()
                        ? std::string("no event or activity")
                        : absl::StrCat(reach.contacts_size(), reach.contacts_size() == 1
                                                                  ? " event or activity"
                                                                  : " events and activities"),
                    TopicInWords(material));
  }
  if (!reach.contacts().empty() && reach.contacts(0).has_start_date()) {
    absl::StrAppend(&text, ", the latest of ", graph::FormatDate(reach.contacts(0).start_date()));
  }
  if (assistance > 0) absl::StrAppend(&text, "; it received assistance from a fund");
  const auto open =
      std::count_if(reach.offers().begin(), reach.offers().end(),
                    [](const auto& offer) { return offer.eligibility() == v1::ELIGIBILITY_OPEN; });
  absl::StrAppend(&text, "; of ", Count(reach.offers_size(), "offer"), " of assistance ", open,
                  open == 1 ? " is" : " are", " open to it.");
  if (!material.agency_kind.empty()) text += ExplainAgencies(reach, material.agency_kind);
  return text;
}

}  // namespace

std::string TopicInWords(const ReachMaterial& material) {
  std::vector<std::string> topics;
  if (!material.filter.theme.empty()) {
    topics.emplace_back(material.index.DisplayName(material.filter.theme));
  }
  if (!material.filter.instrument.empty()) {
    topics.push_back(absl::StrCat(
        "the ", graph::ToAbsl(material.index.DisplayName(material.filter.instrument))));
  }
  return topics.empty() ? "" : absl::StrCat(" on ", domain::JoinList(topics));
}

std::vector<const Edge*> AssistanceTo(const ReachMaterial& material, std::string_view place) {
  std::set<std::string_view> givers;
  for (const Offer& offer : material.offers) givers.insert(offer.giver());
  std::vector<const Edge*> received;
  for (std::string_view giver : givers) {
    for (const Edge* part : PartsIn(material.index, place, giver, material.reading)) {
      const auto date = part->has_valid_from() ? std::optional(part->valid_from()) : std::nullopt;
      if (IsBeneficiary(*part) && material.filter.dates.Covers(date)) received.push_back(part);
    }
  }
  return received;
}

bool IsReached(const ReachMaterial& material, std::string_view place) {
  return !ContactsAt(material.contacts, place).empty() || !AssistanceTo(material, place).empty();
}

v1::PlaceReach PlaceReachFrom(const ReachMaterial& material, std::string_view place,
                              EvidenceGatherer* evidence) {
  const SubgraphIndex& index = material.index;
  v1::PlaceReach reach;
  *reach.mutable_place() = domain::Named(index, place);
  reach.set_reached(IsReached(material, place));
  for (const PlaceContact& contact : ContactsAt(material.contacts, place)) {
    *reach.add_contacts() = ContactFrom(index, contact, material.filter, evidence);
  }
  AddOrganizations(material, place, evidence, &reach);
  AddOffers(material, place, evidence, &reach);
  if (!material.agency_kind.empty()) {
    for (const AgencyFacts& agency : AgenciesOfKind(material, place)) {
      *reach.add_agencies() = AgencyPartFrom(index, agency, evidence);
    }
  }
  reach.set_sentence(Explain(material, reach, AssistanceTo(material, place).size()));
  return reach;
}

std::vector<v1::IdleOrganization> IdleOrganizations(const ReachMaterial& material,
                                                    std::span<const std::string_view> places) {
  OrganizerTable table =
      TabulateOrganizers(material.index, material.works, material.contacts, places);
  for (const Offer& offer : material.offers) table[offer.giver()];
  std::set<std::string_view> assisting;
  for (std::string_view place : places) {
    for (const Edge* part : AssistanceTo(material, place)) assisting.insert(part->to());
    for (const Edge* part : material.index.Out(place, domain::kMemberOf)) {
      if (!material.reading.Counts(*part)) continue;
      if (!table.contains(part->to()) && !IsRelevant(material, part->to())) continue;
      table[part->to()].places_in_it.insert(place);
    }
  }
  std::vector<v1::IdleOrganization> idle;
  for (const auto& [name, organizer] : table) {
    if (!organizer.places_reached.empty() || assisting.contains(name)) continue;
    v1::IdleOrganization& row = idle.emplace_back();
    *row.mutable_organization() = domain::Named(material.index, name);
    row.set_kind(std::string(OrganizationKind(material.index, name)));
    row.set_places_in_it(static_cast<int32_t>(organizer.places_in_it.size()));
    row.set_engagements_elsewhere(static_cast<int32_t>(organizer.works.size()));
    row.set_engagements_without_participants(static_cast<int32_t>(
        std::count_if(organizer.works.begin(), organizer.works.end(),
                      [](const Work* work) { return work->participants.empty(); })));
  }
  std::stable_sort(idle.begin(), idle.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.places_in_it(), -a.engagements_elsewhere()) <
           std::pair(-b.places_in_it(), -b.engagements_elsewhere());
  });
  return idle;
}

std::vector<v1::Helper> HelpersOf(const ReachMaterial& material,
                                  std::span<const std::string_view> places,
                                  EvidenceGatherer* evidence) {
  if (!material.filter.has_topic()) return {};
  OrganizerTable table =
      TabulateOrganizers(material.index, material.works, material.contacts, places);
  AddStandingTasks(material.index, material.filter.theme, material.reading, &table);
  std::vector<v1::Helper> helpers;
  for (const auto& [name, organizer] : table) {
    v1::Helper& row = helpers.emplace_back();
    *row.mutable_organization() = domain::Named(material.index, name);
    row.set_kind(std::string(OrganizationKind(material.index, name)));
    row.set_engagements(static_cast<int32_t>(organizer.works.size()));
    row.set_places_reached(static_cast<int32_t>(organizer.places_reached.size()));
    if (const auto latest = organizer.Latest()) *row.mutable_latest_date() = *latest;
    row.set_works_on_theme(organizer.works_on != nullptr);
    *row.mutable_evidence() = evidence->Use(organizer.Evidence(material.filter));
  }
  const auto rank = [](const v1::Helper& helper) {
    return std::tuple(-helper.places_reached(), -helper.engagements(), !helper.works_on_theme());
  };
  std::stable_sort(helpers.begin(), helpers.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return helpers;
}

v1::AgencyCounts CountAgencies(const ReachMaterial& material,
                               std::span<const std::string_view> places) {
  v1::AgencyCounts counts;
  counts.set_kind(std::string(material.agency_kind));
  for (std::string_view place : places) {
    const std::vector<AgencyFacts> agencies = AgenciesOfKind(material, place);
    bool any = false;
    for (const AgencyFacts& agency : agencies) {
      if (agency.left_out) {
        counts.set_left_out(counts.left_out() + 1);
        counts.set_left_out_linked(counts.left_out_linked() + (agency.is_linked() ? 1 : 0));
        continue;
      }
      any = true;
      agency.is_linked() ? counts.set_linked(counts.linked() + 1)
                         : counts.set_absent(counts.absent() + 1);
    }
    if (any) counts.set_places_with_agency(counts.places_with_agency() + 1);
    if (agencies.empty()) *counts.add_places_without() = domain::Named(material.index, place);
  }
  return counts;
}

}  // namespace attlas::cooperation
