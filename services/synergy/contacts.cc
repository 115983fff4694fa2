#include "services/synergy/contacts.h"

#include <algorithm>
#include <optional>
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

// The nodes that statements of `type` link both states to, by name.
template <typename Counts>
std::vector<Contact> SharedNodes(const SubgraphIndex& index, std::string_view type,
                                 std::string_view state, std::string_view peer, Counts counts) {
  std::vector<Contact> shared;
  for (const Edge* own : index.Out(state, type)) {
    if (!counts(*own)) continue;
    for (const Edge* other : index.Out(peer, type)) {
      // One body may list a state more than once; it is still one body.
      const bool known = !shared.empty() && shared.back().node == own->to();
      if (!known && other->to() == own->to() && counts(*other)) {
        shared.push_back({own->to(), own, other});
      }
    }
  }
  return shared;
}

// The concerns of one state: a voiced challenge and its theme.
struct Voice {
  const Edge* voiced;
  const Edge* concerns;
};

std::vector<Voice> VoicesOf(const SubgraphIndex& index, std::string_view state,
                            const Reading& reading) {
  std::vector<Voice> voices;
  for (const Edge* voiced : index.Out(state, domain::kVoiced)) {
    if (!domain::HappenedBy(*voiced, reading)) continue;
    for (const Edge* concerns : index.Out(voiced->to(), domain::kConcerns)) {
      if (reading.Admits(*concerns)) voices.push_back({voiced, concerns});
    }
  }
  return voices;
}

}  // namespace

bool Concern::VoicedBeforeJoining() const {
  return peer_date.has_value() && joined != nullptr && joined->has_valid_from() &&
         graph::FirstDay(*peer_date) < graph::FirstDay(joined->valid_from());
}

Contacts ContactsBetween(const SubgraphIndex& index, std::string_view state, std::string_view peer,
                         const Edge* joined, const Reading& reading) {
  Contacts contacts;
  const std::set<std::string_view> everybody = domain::AddressedBodies(index);
  contacts.organizations =
      SharedNodes(index, domain::kMemberOf, state, peer, [&](const Edge& edge) {
        return reading.Counts(edge) && domain::IsMembership(edge) && !everybody.contains(edge.to());
      });
  contacts.events = SharedNodes(index, domain::kAttended, state, peer, [&](const Edge& edge) {
    return domain::HappenedBy(edge, reading) && domain::EventBeganBy(index, edge.to(), reading);
  });
  const std::vector<Voice> peer_voices = VoicesOf(index, peer, reading);
  for (const Voice& own : VoicesOf(index, state, reading)) {
    for (const Voice& other : peer_voices) {
      if (own.concerns->to() != other.concerns->to()) continue;
      contacts.concerns.push_back({.own_voiced = own.voiced,
                                   .own_concerns = own.concerns,
                                   .peer_concerns = other.concerns,
                                   .peer_voiced = other.voiced,
                                   .joined = joined,
                                   .own_date = domain::VoicedDate(index, *own.voiced),
                                   .peer_date = domain::VoicedDate(index, *other.voiced)});
    }
  }
  std::stable_sort(contacts.concerns.begin(), contacts.concerns.end(),
                   [](const Concern& a, const Concern& b) {
                     if (a.VoicedBeforeJoining() != b.VoicedBeforeJoining()) {
                       return a.VoicedBeforeJoining();
                     }
                     return a.own_concerns->to() < b.own_concerns->to();
                   });
  return contacts;
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
