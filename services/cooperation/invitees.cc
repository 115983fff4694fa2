// Whom to invite of each place (convening.h).
#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cooperation/agency_parts.h"
#include "services/cooperation/convening.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using graph::Edge;

// The statement that one of the agency's roles serves the theme, or null.
const Edge* RoleOnTheme(const ConveningMaterial& material, const AgencyFacts& agency) {
  for (const Edge* role : agency.roles) {
    for (const Edge* serves : material.index.Out(role->to(), domain::kRoleServes)) {
      if (serves->to() == material.filter.theme && material.reading.Counts(*serves)) return serves;
    }
  }
  return nullptr;
}

bool TookPartOnTheme(const ConveningMaterial& material, const AgencyFacts& agency) {
  return std::any_of(
      agency.engagements.begin(), agency.engagements.end(), [&](const Edge* engagement) {
        return std::any_of(material.past.begin(), material.past.end(),
                           [&](const Work& work) { return work.node->name() == engagement->to(); });
      });
}

struct Office {
  AgencyFacts agency;
  const Edge* role_serves = nullptr;
  std::vector<v1::InvitationReason> reasons;  // Strongest first.

  auto Rank() const { return std::tuple(reasons.front(), std::string_view(agency.node->name())); }
};

std::optional<Office> OfficeFrom(const ConveningMaterial& material, const AgencyFacts& agency) {
  Office office{.agency = agency, .role_serves = RoleOnTheme(material, agency), .reasons = {}};
  const auto add = [&](bool applies, v1::InvitationReason reason) {
    if (applies) office.reasons.push_back(reason);
  };
  add(office.role_serves != nullptr, v1::INVITATION_REASON_ROLE_ON_THEME);
  add(TookPartOnTheme(material, agency), v1::INVITATION_REASON_TOOK_PART);
  add(agency.kind() == "coordination-body", v1::INVITATION_REASON_COORDINATES);
  add(agency.kind() == "foreign-affairs", v1::INVITATION_REASON_FOREIGN_AFFAIRS);
  add(agency.kind() == kGenderEquality, v1::INVITATION_REASON_GENDER_EQUALITY);
  if (office.reasons.empty()) return std::nullopt;
  return office;
}

void AddOffices(const ConveningMaterial& material, std::string_view place,
                domain::EvidenceGatherer* evidence, v1::Invitee* invitee) {
  std::vector<Office> offices;
  invitee->set_gender_equality_office(v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN);
  for (const AgencyFacts& agency : AgenciesOf(material.index, place, material.reading)) {
    if (std::optional<Office> office = OfficeFrom(material, agency)) {
      offices.push_back(*std::move(office));
    }
    if (agency.kind() != kGenderEquality) continue;
    if (!agency.left_out) {
      invitee->set_gender_equality_office(v1::GENDER_EQUALITY_OFFICE_KNOWN);
    } else if (invitee->gender_equality_office() == v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN) {
      invitee->set_gender_equality_office(v1::GENDER_EQUALITY_OFFICE_TO_BE_CHECKED);
    }
  }
  std::sort(offices.begin(), offices.end(),
            [](const Office& a, const Office& b) { return a.Rank() < b.Rank(); });
  for (const Office& office : offices) {
    v1::Invitation* invitation = invitee->add_invitations();
    *invitation->mutable_office() = AgencyPartFrom(material.index, office.agency, evidence);
    for (const std::string& name : evidence->Use({office.role_serves})) {
      invitation->mutable_office()->add_evidence(name);
    }
    for (v1::InvitationReason reason : office.reasons) invitation->add_reasons(reason);
  }
}

std::string GenderSentence(const v1::Invitee& invitee) {
  if (invitee.gender_equality_office() == v1::GENDER_EQUALITY_OFFICE_NONE_KNOWN) {
    return "No office for gender equality is known: ask the state which one to invite.";
  }
  for (const v1::Invitation& invitation : invitee.invitations()) {
    if (invitation.office().kind() != kGenderEquality) continue;
    return absl::StrCat("For gender equality: ", invitation.office().agency().display_name(),
                        invitation.office().left_out() ? " (to be checked)." : ".");
  }
  return {};
}

std::string Explain(const v1::Invitee& invitee) {
  std::string text = absl::StrCat(
      invitee.place().display_name(), ": ", domain::Count(invitee.invitations_size(), "office"),
      " to invite; it took part in ", invitee.earlier_contacts_size(),
      invitee.earlier_contacts_size() == 1 ? " event or activity" : " events and activities",
      " on the theme. ", GenderSentence(invitee));
  if (!invitee.busy_with().empty()) {
    absl::StrAppend(&text, " It is busy with ",
                    domain::Count(invitee.busy_with_size(), "known event"), " then.");
  }
  return text;
}

}  // namespace

v1::Invitee InviteeFrom(const ConveningMaterial& material, std::string_view place,
                        domain::EvidenceGatherer* evidence) {
  const domain::SubgraphIndex& index = material.index;
  v1::Invitee invitee;
  *invitee.mutable_place() = domain::Named(index, place);
  for (const PlaceContact& contact : ContactsAt(material.contacts, place)) {
    *invitee.add_earlier_contacts() = ContactFrom(index, contact, material.filter, evidence);
  }
  std::vector<const Edge*> rests_on;
  for (const auto& [concern, facts] : material.concerns) {
    if (!facts.places.contains(place)) continue;
    *invitee.add_concerns() = domain::Named(index, concern);
    rests_on.insert(rests_on.end(), facts.voiced.begin(), facts.voiced.end());
  }
  AddOffices(material, place, evidence, &invitee);
  for (const PlaceContact& contact : ContactsAt(material.busy, place)) {
    const bool on_the_days =
        std::any_of(material.clashes.begin(), material.clashes.end(), [&](const ClashFacts& clash) {
          return clash.work->node == contact.work->node && clash.kind != v1::CLASH_KIND_NEAR;
        });
    if (!on_the_days) continue;
    *invitee.add_busy_with() = domain::Named(index, contact.work->node->name());
    rests_on.insert(rests_on.end(), contact.evidence.begin(), contact.evidence.end());
  }
  invitee.set_sentence(Explain(invitee));
  *invitee.mutable_evidence() = evidence->Use(rests_on);
  return invitee;
}

}  // namespace attlas::cooperation
