#include "services/cooperation/convening.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/cooperation/assistance.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::cooperation {
namespace {

using domain::EvidenceGatherer;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

constexpr std::string_view kAddresses = "ADDRESSES";
constexpr size_t kMostListed = 30;

void AddConcerns(const SubgraphIndex& index, std::string_view place, std::string_view holder,
                 const Reading& reading, ConcernTable* table) {
  for (const Edge* voiced : index.Out(holder, domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    PlaceConcern& concern = (*table)[voiced->to()];
    concern.places.insert(place);
    if (std::find(concern.voiced.begin(), concern.voiced.end(), voiced) == concern.voiced.end()) {
      concern.voiced.push_back(voiced);
    }
  }
}

// The last day of a date: of a month or a year its end.
graph::DayNumber LastDay(graph::Date date) {
  if (date.day() != 0) return graph::FirstDay(date);
  if (date.month() == 0 || date.month() == 12) {
    date.set_year(date.year() + 1);
    if (date.month() == 12) date.set_month(1);
  } else {
    date.set_month(date.month() + 1);
  }
  return graph::FirstDay(date) - 1;
}

// What a publication bears on.
struct Bearing {
  const Work* work = nullptr;
  const Edge* on_theme = nullptr;
  std::vector<const Edge*> on_concerns;
  std::set<std::string_view> places;

  auto Rank() const {
    return std::tuple(
        on_theme == nullptr, -static_cast<int>(places.size()),
        work->start.has_value() ? -static_cast<int64_t>(graph::FirstDay(*work->start)) : int64_t{0},
        std::string_view(work->node->name()));
  }
};

v1::EvidenceToTable EvidenceFrom(const SubgraphIndex& index, const Bearing& bearing,
                                 const ConcernTable& concerns, EvidenceGatherer* evidence) {
  const Work& work = *bearing.work;
  v1::EvidenceToTable row;
  *row.mutable_publication() = domain::Named(index, work.node->name());
  row.set_kind(std::string(graph::TextProperty(work.node->properties(), "kind")));
  if (work.start.has_value()) *row.mutable_date() = *work.start;
  row.set_url(std::string(graph::TextProperty(work.node->properties(), "url")));
  std::vector<const Edge*> rests_on;
  if (bearing.on_theme != nullptr) rests_on.push_back(bearing.on_theme);
  for (const Edge* edge : work.organizers) {
    *row.add_publishers() = domain::Named(index, edge->from());
    rests_on.push_back(edge);
  }
  for (const Edge* edge : bearing.on_concerns) {
    *row.add_concerns() = domain::Named(index, edge->to());
    rests_on.push_back(edge);
    const std::vector<const Edge*>& voiced = concerns.at(edge->to()).voiced;
    rests_on.insert(rests_on.end(), voiced.begin(), voiced.end());
  }
  row.set_on_theme(bearing.on_theme != nullptr);
  row.set_places_concerned(static_cast<int32_t>(bearing.places.size()));
  *row.mutable_evidence() = evidence->Use(rests_on);
  return row;
}

}  // namespace

ConcernTable ConcernsOf(const SubgraphIndex& index, std::span<const std::string_view> places,
                        const Reading& reading) {
  ConcernTable table;
  for (std::string_view place : places) {
    AddConcerns(index, place, place, reading, &table);
    for (const Edge* member : index.Out(place, domain::kMemberOfGrouping)) {
      if (reading.Holds(*member)) AddConcerns(index, place, member->to(), reading, &table);
    }
  }
  return table;
}

v1::ClashKind ClashOf(const Work& work, const MeetingDays& days) {
  if (!work.start.has_value()) return v1::CLASH_KIND_UNSPECIFIED;
  const std::optional<graph::Date> end = domain::DateProperty(*work.node, "end_date");
  const graph::DayNumber first = graph::FirstDay(*work.start);
  const graph::DayNumber last = std::max(LastDay(*work.start), end ? LastDay(*end) : first);
  if (first <= days.last && last >= days.first) {
    const bool to_the_day = work.start->day() != 0 && (!end.has_value() || end->day() != 0);
    return to_the_day ? v1::CLASH_KIND_OVERLAPS : v1::CLASH_KIND_MAY_OVERLAP;
  }
  const bool near = first <= days.last + days.margin && last >= days.first - days.margin;
  return near ? v1::CLASH_KIND_NEAR : v1::CLASH_KIND_UNSPECIFIED;
}

std::vector<v1::ConvenedOrganization> ConvenedOrganizations(const ConveningMaterial& material,
                                                            EvidenceGatherer* evidence) {
  const SubgraphIndex& index = material.index;
  OrganizerTable table =
      TabulateOrganizers(index, material.past, material.contacts, material.places);
  AddStandingTasks(index, material.filter.theme, material.reading, &table);
  std::map<std::string_view, std::vector<const Edge*>> parts;
  for (std::string_view place : material.places) {
    for (const Edge* part : index.Out(place, domain::kMemberOf)) {
      if (!material.reading.Counts(*part) || !table.contains(part->to())) continue;
      table[part->to()].places_in_it.insert(place);
      parts[part->to()].push_back(part);
    }
  }
  std::vector<v1::ConvenedOrganization> rows;
  for (const auto& [name, organizer] : table) {
    v1::ConvenedOrganization& row = rows.emplace_back();
    *row.mutable_organization() = domain::Named(index, name);
    row.set_kind(std::string(OrganizationKind(index, name)));
    row.set_engagements_on_theme(static_cast<int32_t>(organizer.works.size()));
    row.set_places_reached(static_cast<int32_t>(organizer.places_reached.size()));
    row.set_places_in_it(static_cast<int32_t>(organizer.places_in_it.size()));
    row.set_works_on_theme(organizer.works_on != nullptr);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const v1::ConvenedOrganization& row) {
      return std::tuple(-row.engagements_on_theme(), -row.places_reached(), -row.places_in_it());
    };
    return rank(a) < rank(b);
  });
  if (rows.size() > kMostListed) rows.resize(kMostListed);
  for (v1::ConvenedOrganization& row : rows) {
    const std::string& name = row.organization().name();
    std::vector<const Edge*> rests_on = table[name].Evidence(material.filter);
    rests_on.insert(rests_on.end(), parts[name].begin(), parts[name].end());
    *row.mutable_evidence() = evidence->Use(rests_on);
  }
  return rows;
}

std::vector<v1::Clash> ClashesFrom(const ConveningMaterial& material, EvidenceGatherer* evidence) {
  const SubgraphIndex& index = material.index;
  std::vector<v1::Clash> rows;
  for (const ClashFacts& clash : material.clashes) {
    const Work& work = *clash.work;
    v1::Clash& row = rows.emplace_back();
    *row.mutable_engagement() = domain::Named(index, work.node->name());
    row.set_term(std::string(graph::TextProperty(work.node->properties(), "kind")));
    *row.mutable_start_date() = *work.start;
    if (const auto end = domain::DateProperty(*work.node, "end_date")) {
      *row.mutable_end_date() = *end;
    }
    row.set_kind(clash.kind);
    std::vector<const Edge*> rests_on = material.filter.Topics(work);
    row.set_on_theme(!rests_on.empty());
    for (const Edge* edge : work.organizers) {
      *row.add_organizers() = domain::Named(index, edge->from());
      rests_on.push_back(edge);
    }
    for (std::string_view place : material.places) {
      for (const PlaceContact& contact : ContactsAt(material.busy, place)) {
        if (contact.work->node != work.node) continue;
        *row.add_places() = domain::Named(index, place);
        rests_on.insert(rests_on.end(), contact.evidence.begin(), contact.evidence.end());
      }
    }
    *row.mutable_evidence() = evidence->Use(rests_on);
  }
  return rows;
}

std::vector<v1::EvidenceToTable> EvidenceFor(const SubgraphIndex& index,
                                             std::span<const Work> works, std::string_view theme,
                                             const ConcernTable& concerns,
                                             EvidenceGatherer* evidence) {
  std::vector<Bearing> bearings;
  for (const Work& work : works) {
    if (work.kind != engagement::v1::ENGAGEMENT_KIND_OUTPUT) continue;
    Bearing bearing{.work = &work, .on_theme = nullptr, .on_concerns = {}, .places = {}};
    for (const Edge* edge : work.topics) {
      if (edge->type() != kAddresses) continue;
      if (edge->to() == theme) bearing.on_theme = edge;
      const auto concern = concerns.find(edge->to());
      if (concern == concerns.end()) continue;
      bearing.on_concerns.push_back(edge);
      bearing.places.insert(concern->second.places.begin(), concern->second.places.end());
    }
    if (bearing.on_theme == nullptr && bearing.on_concerns.empty()) continue;
    bearings.push_back(std::move(bearing));
  }
  std::sort(bearings.begin(), bearings.end(),
            [](const Bearing& a, const Bearing& b) { return a.Rank() < b.Rank(); });
  if (bearings.size() > kMostListed) bearings.resize(kMostListed);
  std::vector<v1::EvidenceToTable> rows;
  rows.reserve(bearings.size());
  for (const Bearing& bearing : bearings) {
    rows.push_back(EvidenceFrom(index, bearing, concerns, evidence));
  }
  return rows;
}

}  // namespace attlas::cooperation
