#include "services/synergy/left_out.h"

#include <span>

#include "absl/container/flat_hash_set.h"
#include "services/domain/patterns.h"

namespace attlas::synergy {
namespace {

using domain::EvidenceGatherer;
using domain::ProvisionLink;
using graph::Edge;

class LeftOutNotes {
 public:
  LeftOutNotes(const AskedOf& asked, EvidenceGatherer* evidence)
      : asked_(asked), evidence_(evidence) {}

  void Add() {
    for (const ProvisionLink& link : asked_.law.Links(asked_.target)) {
      themes_.insert(link.facts->theme);
      AddLink(link);
    }
    for (const auto& [instrument, acts] : asked_.acts) {
      bool bears = instrument == asked_.target;
      for (const ProvisionLink& link : asked_.law.Links(instrument)) {
        if (!themes_.contains(link.facts->theme)) continue;
        bears = true;
        AddLink(link);
      }
      if (bears) AddAll(acts);
    }
    for (const Edge* agency_of : asked_.index.In(asked_.state, domain::kAgencyOf)) {
      AddRoles(*agency_of);
    }
  }

 private:
  void AddLink(const ProvisionLink& link) {
    if (link.facts->confidence >= asked_.reading.min_confidence) return;
    evidence_->NoteLeftOut(*link.has);
    evidence_->NoteLeftOut(*link.serves);
  }

  void AddAll(std::span<const Edge* const> edges) {
    for (const Edge* edge : edges) evidence_->NoteLeftOut(*edge);
  }

  void AddRoles(const Edge& agency_of) {
    for (const Edge* holds : asked_.index.Out(agency_of.from(), domain::kHoldsRole)) {
      const auto under = asked_.index.Out(holds->to(), domain::kRoleUnder);
      AddAll(under);
      bool bears = !under.empty();
      for (const Edge* serves : asked_.index.Out(holds->to(), domain::kRoleServes)) {
        if (!themes_.contains(asked_.law.TextOf(serves->to()))) continue;
        bears = true;
        evidence_->NoteLeftOut(*serves);
      }
      if (!bears) continue;
      evidence_->NoteLeftOut(agency_of);
      evidence_->NoteLeftOut(*holds);
    }
  }

  const AskedOf& asked_;
  EvidenceGatherer* const evidence_;
  absl::flat_hash_set<const domain::NodeText*> themes_;  // Of the target.
};

}  // namespace

void NoteLeftOut(const AskedOf& asked, EvidenceGatherer* evidence) {
  LeftOutNotes(asked, evidence).Add();
}

}  // namespace attlas::synergy
