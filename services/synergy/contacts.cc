#include "services/synergy/contacts.h"

#include <algorithm>
#include <optional>
#include <set>

#include "graph/base/strings.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

}  // namespace

bool Concern::VoicedBeforeJoining() const {
  return peer_date.has_value() && joined != nullptr && joined->has_valid_from() &&
         graph::FirstDay(*peer_date) < graph::FirstDay(joined->valid_from());
}

ContactFinder::ContactFinder(const SubgraphIndex& index, std::string_view state,
                             const Reading& reading)
    : index_(index), state_(state), reading_(reading), own_voices_(VoicesOf(state)) {
  const std::set<std::string_view> everybody = domain::AddressedBodies(index);
  AddShared(domain::kMemberOf, &Shared::organizations, [&](const Edge& edge) {
    return !everybody.contains(edge.to()) && reading.Counts(edge) && domain::IsMembership(edge);
  });
  AddShared(domain::kAttended, &Shared::events, [&](const Edge& edge) {
    return domain::HappenedBy(edge, reading) && domain::EventBeganBy(index, edge.to(), reading);
  });
  for (const Voice& own : own_voices_) {
    for (const Edge* concerns : index.In(own.concerns->to(), domain::kConcerns)) {
      for (const Edge* voiced : index.In(concerns->from(), domain::kVoiced)) {
        shared_[voiced->from()].concerns = true;
      }
    }
  }
}

template <typename Counts>
void ContactFinder::AddShared(std::string_view type, std::vector<Contact> Shared::*to,
                              Counts counts) {
  const Edge* last = nullptr;
  for (const Edge* own : index_.Out(state_, type)) {
    // One body may list a state more than once; it is still one body.
    if ((last != nullptr && last->to() == own->to()) || !counts(*own)) continue;
    last = own;
    for (const Edge* other : index_.In(own->to(), type)) {
      if (!counts(*other)) continue;
      std::vector<Contact>& contacts = shared_[other->from()].*to;
      if (!contacts.empty() && contacts.back().own == own) continue;
      contacts.push_back({own->to(), own, other});
    }
  }
}

std::vector<ContactFinder::Voice> ContactFinder::VoicesOf(std::string_view state) const {
  std::vector<Voice> voices;
  for (const Edge* voiced : index_.Out(state, domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading_)) continue;
    for (const Edge* concerns : index_.Out(voiced->to(), domain::kConcerns)) {
      if (reading_.Admits(*concerns)) voices.push_back({voiced, concerns});
    }
  }
  return voices;
}

Contacts ContactFinder::With(std::string_view peer, const Edge* joined) const {
  const auto found = shared_.find(graph::ToAbsl(peer));
  if (found == shared_.end()) return {};
  Contacts contacts{
      .organizations = found->second.organizations, .events = found->second.events, .concerns = {}};
  if (found->second.concerns) contacts.concerns = ConcernsWith(peer, joined);
  return contacts;
}

std::vector<Concern> ContactFinder::ConcernsWith(std::string_view peer, const Edge* joined) const {
  std::vector<Concern> concerns;
  const std::vector<Voice> peer_voices = VoicesOf(peer);
  for (const Voice& own : own_voices_) {
    for (const Voice& other : peer_voices) {
      if (own.concerns->to() != other.concerns->to()) continue;
      concerns.push_back({.own_voiced = own.voiced,
                          .own_concerns = own.concerns,
                          .peer_concerns = other.concerns,
                          .peer_voiced = other.voiced,
                          .joined = joined,
                          .own_date = domain::VoicedDate(index_, *own.voiced),
                          .peer_date = domain::VoicedDate(index_, *other.voiced)});
    }
  }
  std::stable_sort(concerns.begin(), concerns.end(), [](const Concern& a, const Concern& b) {
    if (a.VoicedBeforeJoining() != b.VoicedBeforeJoining()) return a.VoicedBeforeJoining();
    return a.own_concerns->to() < b.own_concerns->to();
  });
  return concerns;
}

void FillContact(const SubgraphIndex& index, const Contact& contact,
                 domain::EvidenceGatherer* evidence, v1::SharedContact* result) {
  *result->mutable_node() = domain::Named(index, contact.node);
  if (const auto date = domain::EventDate(index, contact.node)) *result->mutable_date() = *date;
  result->set_own_role(std::string(graph::TextProperty(contact.own->properties(), "role")));
  result->set_peer_role(std::string(graph::TextProperty(contact.other->properties(), "role")));
  *result->mutable_evidence() = evidence->Use({contact.own, contact.other});
}

void FillConcern(const SubgraphIndex& index, const Concern& concern,
                 domain::EvidenceGatherer* evidence, v1::SharedConcern* result) {
  *result->mutable_concern_theme() = domain::Named(index, concern.own_concerns->to());
  *result->mutable_own_challenge() = domain::Named(index, concern.own_voiced->to());
  *result->mutable_peer_challenge() = domain::Named(index, concern.peer_voiced->to());
  if (concern.own_date.has_value()) *result->mutable_own_voiced_date() = *concern.own_date;
  if (concern.peer_date.has_value()) *result->mutable_peer_voiced_date() = *concern.peer_date;
  if (concern.joined != nullptr && concern.joined->has_valid_from()) {
    *result->mutable_peer_joined_date() = concern.joined->valid_from();
  }
  result->set_voiced_before_joining(concern.VoicedBeforeJoining());
  *result->mutable_evidence() =
      evidence->Use({concern.own_voiced, concern.own_concerns, concern.peer_concerns,
                     concern.peer_voiced, concern.joined});
}

}  // namespace attlas::synergy
