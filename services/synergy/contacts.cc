#include "services/synergy/contacts.h"

#include <algorithm>
#include <set>

#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

Ties OrganizationsOf(const SubgraphIndex& index, const Reading& reading) {
  const std::set<std::string_view> everybody = domain::AddressedBodies(index);
  return Ties(index, domain::kMemberOf, [&](const Edge& edge) {
    return !everybody.contains(edge.to()) && reading.Counts(edge) && domain::IsMembership(edge);
  });
}

Ties EventsOf(const SubgraphIndex& index, const Reading& reading) {
  return Ties(index, domain::kAttended, [&](const Edge& edge) {
    return domain::HappenedBy(edge, reading) && domain::EventBeganBy(index, edge.to(), reading);
  });
}

bool IsBefore(const std::optional<graph::Date>& voiced, const Edge* joined) {
  return voiced.has_value() && joined != nullptr && joined->has_valid_from() &&
         graph::FirstDay(*voiced) < graph::FirstDay(joined->valid_from());
}

}  // namespace

Ties::Ties(const SubgraphIndex& index, std::string_view type,
           absl::FunctionRef<bool(const Edge&)> counts) {
  for (const Edge* edge : index.OfType(type)) {
    if (!counts(*edge)) continue;
    const Tie tie{.state = *index.NumberOf(edge->from()),
                  .body = *index.NumberOf(edge->to()),
                  .statement = edge};
    const bool again =
        !ties_.empty() && ties_.back().state == tie.state && ties_.back().body == tie.body;
    if (!again) ties_.push_back(tie);
  }
  reversed_ = ties_;
  std::stable_sort(reversed_.begin(), reversed_.end(),
                   [](const Tie& a, const Tie& b) { return a.body < b.body; });
  by_state_ =
      domain::Runs(ties_.size(), index.end_count(), [&](size_t i) { return ties_[i].state; });
  by_body_ = domain::Runs(reversed_.size(), index.end_count(),
                          [&](size_t i) { return reversed_[i].body; });
}

ContactPoints::ContactPoints(const SubgraphIndex& index, const Reading& reading)
    : end_count_(index.end_count()),
      organizations_(OrganizationsOf(index, reading)),
      events_(EventsOf(index, reading)) {
  for (const Edge* voiced : index.OfType(domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    for (const Edge* concerns : index.Out(voiced->to(), domain::kConcerns)) {
      if (!reading.Admits(*concerns)) continue;
      voices_.push_back({.voiced = voiced,
                         .concerns = concerns,
                         .state = *index.NumberOf(voiced->from()),
                         .challenge = *index.NumberOf(voiced->to()),
                         .theme = *index.NumberOf(concerns->to()),
                         .date = domain::VoicedDate(index, *voiced)});
    }
  }
  by_state_ = domain::Runs(voices_.size(), end_count_, [&](size_t i) { return voices_[i].state; });
}

ContactFinder::ContactFinder(const ContactPoints& points, std::optional<uint32_t> state)
    : points_(points), state_(state), counts_(points.end_count(), 0) {
  if (!state.has_value()) return;
  for (const Ties* ties : {&points.organizations(), &points.events()}) {
    for (const Tie& own : ties->Of(*state)) {
      for (const Tie& other : ties->To(own.body)) ++counts_[other.state];
    }
  }
}

std::vector<Contact> ContactFinder::Organizations(uint32_t peer) const {
  return Shared(points_.organizations(), peer);
}

std::vector<Contact> ContactFinder::Events(uint32_t peer) const {
  return Shared(points_.events(), peer);
}

std::vector<Contact> ContactFinder::Shared(const Ties& ties, uint32_t peer) const {
  std::vector<Contact> shared;
  if (!state_.has_value()) return shared;
  const std::span<const Tie> theirs = ties.Of(peer);
  auto other = theirs.begin();
  for (const Tie& own : ties.Of(*state_)) {
    while (other != theirs.end() && other->body < own.body) ++other;
    if (other == theirs.end()) break;
    if (other->body == own.body) shared.push_back({own.body, own.statement, other->statement});
  }
  return shared;
}

std::vector<Concern> ContactFinder::Concerns(uint32_t peer, const Edge* joined) const {
  std::vector<Concern> concerns;
  if (!state_.has_value()) return concerns;
  for (const Voice& own : points_.VoicesOf(*state_)) {
    for (const Voice& other : points_.VoicesOf(peer)) {
      if (own.theme != other.theme) continue;
      concerns.push_back({.own = &own,
                          .peer = &other,
                          .joined = joined,
                          .voiced_before_joining = IsBefore(other.date, joined)});
    }
  }
  std::stable_sort(concerns.begin(), concerns.end(), [](const Concern& a, const Concern& b) {
    if (a.voiced_before_joining != b.voiced_before_joining) return a.voiced_before_joining;
    return a.own->theme < b.own->theme;
  });
  return concerns;
}

}  // namespace attlas::synergy
