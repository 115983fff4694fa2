#include "services/synergy/bridge_writer.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "attlas/synergy/v1/synergy_service.pb.h"
#include "services/domain/encoded_answer.h"
#include "services/domain/happenings.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::synergy {

using domain::EvidenceGatherer;
using domain::WriteEvidence;
using graph::Edge;
using v1::Bridge;
using v1::LinkingOrganization;
using v1::SharedConcern;
using v1::SharedContact;

namespace {

std::string_view RoleIn(const Edge& edge) { return graph::TextProperty(edge.properties(), "role"); }

}  // namespace

BridgeWriter::BridgeWriter(const BridgeMaterial& material, EvidenceGatherer* evidence,
                           services::WireWriter* writer)
    : material_(material),
      index_(material.table.index()),
      names_(material.table.names()),
      state_(index_.DisplayName(material.state)),
      target_(index_.DisplayName(material.target)),
      evidence_(evidence),
      writer_(*writer) {}

void BridgeWriter::Write(int field, const Party& party) {
  const size_t begin = writer_.Begin(field);
  writer_.Item(Bridge::kPeerFieldNumber, names_.Named(party.number));
  const Edge* joined = party.joined();
  if (joined != nullptr && joined->has_valid_from()) {
    writer_.Message(Bridge::kJoinedDateFieldNumber, joined->valid_from());
  }
  writer_.Double(Bridge::kSimilarityFieldNumber, party.similarity.value());
  for (const SharedInstrument& shared : material_.profile.SharedWith(party.number)) {
    writer_.Item(Bridge::kSharedInstrumentsFieldNumber, names_.Named(shared.instrument));
    for (const Edge* edge : {shared.own, shared.other}) {
      if (EvidenceGatherer::IsCitable(edge)) evidence_->Note(*edge);
    }
  }
  writer_.Number(Bridge::kEitherInstrumentsFieldNumber,
                 static_cast<uint64_t>(party.similarity.either));
  const std::vector<Contact> organizations = material_.contacts.Organizations(party.number);
  const std::vector<Contact> events = material_.contacts.Events(party.number);
  WriteContacts(Bridge::kOrganizationsFieldNumber, organizations);
  WriteContacts(Bridge::kEventsFieldNumber, events);
  for (const Concern& concern : party.concerns) WriteConcern(concern);
  WriteSentence(party, organizations, events.size());
  WriteEvidence(Bridge::kEvidenceFieldNumber, party.standing->Evidence(), evidence_, &writer_);
  writer_.End(begin);
}

void BridgeWriter::WriteContacts(int field, std::span<const Contact> contacts) {
  for (const Contact& contact : contacts) {
    const size_t begin = writer_.Begin(field);
    writer_.Item(SharedContact::kNodeFieldNumber, names_.Named(contact.body));
    if (const auto date = domain::EventDate(index_, names_.NameOf(contact.body))) {
      writer_.Message(SharedContact::kDateFieldNumber, *date);
    }
    const Edge* const statements[] = {contact.own, contact.other};
    WriteEvidence(SharedContact::kEvidenceFieldNumber, statements, evidence_, &writer_);
    writer_.Text(SharedContact::kOwnRoleFieldNumber, RoleIn(*contact.own));
    writer_.Text(SharedContact::kPeerRoleFieldNumber, RoleIn(*contact.other));
    writer_.End(begin);
  }
}

void BridgeWriter::WriteConcern(const Concern& concern) {
  const size_t begin = writer_.Begin(Bridge::kConcernsFieldNumber);
  writer_.Item(SharedConcern::kConcernThemeFieldNumber, names_.Named(concern.own->theme));
  writer_.Item(SharedConcern::kOwnChallengeFieldNumber, names_.Named(concern.own->challenge));
  if (concern.own->date.has_value()) {
    writer_.Message(SharedConcern::kOwnVoicedDateFieldNumber, *concern.own->date);
  }
  writer_.Item(SharedConcern::kPeerChallengeFieldNumber, names_.Named(concern.peer->challenge));
  if (concern.peer->date.has_value()) {
    writer_.Message(SharedConcern::kPeerVoicedDateFieldNumber, *concern.peer->date);
  }
  if (concern.joined != nullptr && concern.joined->has_valid_from()) {
    writer_.Message(SharedConcern::kPeerJoinedDateFieldNumber, concern.joined->valid_from());
  }
  writer_.Number(SharedConcern::kVoicedBeforeJoiningFieldNumber,
                 concern.voiced_before_joining ? 1 : 0);
  const Edge* const statements[] = {concern.own->voiced, concern.own->concerns,
                                    concern.peer->concerns, concern.peer->voiced, concern.joined};
  WriteEvidence(SharedConcern::kEvidenceFieldNumber, statements, evidence_, &writer_);
  writer_.End(begin);
}

void BridgeWriter::WriteSentence(const Party& party, std::span<const Contact> organizations,
                                 size_t events) {
  const Edge* joined = party.joined();
  const size_t begin = writer_.Begin(Bridge::kSentenceFieldNumber);
  writer_.Append({names_.DisplayNameOf(party.number), " joined the ", target_});
  if (joined != nullptr && joined->has_valid_from()) {
    writer_.Append({" on ", graph::FormatDate(joined->valid_from())});
  } else {
    writer_.Append(" on a date that is not known");
  }
  writer_.Append("; of the ");
  domain::AppendCount(static_cast<size_t>(party.similarity.either), "instrument", &writer_);
  writer_.Append({" that it or ", state_, " takes part in, both take part in "});
  writer_.AppendDecimal(static_cast<uint64_t>(party.similarity.shared));
  std::vector<std::string> bodies;
  bodies.reserve(organizations.size());
  for (const Contact& contact : organizations) {
    bodies.emplace_back(names_.DisplayNameOf(contact.body));
  }
  if (!bodies.empty()) writer_.Append({"; both are members of ", domain::JoinList(bodies)});
  if (events > 0) {
    writer_.Append("; both attended ");
    domain::AppendCount(events, "event", &writer_);
  }
  if (!party.concerns.empty()) {
    const Concern& concern = party.concerns.front();
    writer_.Append({"; both voiced a concern of ",
                    domain::LowerFirst(names_.DisplayNameOf(concern.own->theme))});
    if (concern.voiced_before_joining) writer_.Append(", and it joined afterwards");
  }
  writer_.Append(".");
  writer_.End(begin);
}

void BridgeWriter::Note(std::initializer_list<const Edge*> edges, Link* link) {
  for (const Edge* edge : edges) {
    if (!EvidenceGatherer::IsCitable(edge)) continue;
    evidence_->Note(*edge);
    link->evidence.push_back(edge);
  }
}

void BridgeWriter::AddParties(std::span<const Party* const> parties, Links* links) {
  for (const Party* party : parties) {
    for (const Contact& contact : material_.contacts.Organizations(party->number)) {
      Link& link = (*links)[contact.body];
      link.parties.push_back(party->number);
      Note({contact.own, contact.other}, &link);
    }
  }
}

void BridgeWriter::AddEvents(Links* links) {
  for (const Edge* attended : index_.Out(material_.state, domain::kAttended)) {
    if (!domain::HappenedBy(*attended, material_.reading)) continue;
    for (const Edge* organized : index_.In(attended->to(), domain::kOrganized)) {
      if (!domain::HappenedBy(*organized, material_.reading)) continue;
      Link& link = (*links)[*index_.NumberOf(organized->from())];
      link.events.push_back(*index_.NumberOf(organized->to()));
      Note({attended, organized}, &link);
    }
  }
}

void BridgeWriter::WriteOrganizations(std::span<const Party* const> parties) {
  Links links;
  AddParties(parties, &links);
  AddEvents(&links);
  std::vector<const Links::value_type*> rows;
  rows.reserve(links.size());
  for (const auto& row : links) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->second.parties.size(), a->second.events.size()) >
           std::tuple(b->second.parties.size(), b->second.events.size());
  });
  for (const auto* row : rows) WriteLink(row->first, row->second);
}

void BridgeWriter::WriteLink(uint32_t organization, const Link& link) {
  const size_t begin = writer_.Begin(v1::FindBridgesResponse::kOrganizationsFieldNumber);
  writer_.Item(LinkingOrganization::kOrganizationFieldNumber, names_.Named(organization));
  for (const uint32_t party : link.parties) {
    writer_.Item(LinkingOrganization::kPartiesFieldNumber, names_.Named(party));
  }
  for (const uint32_t event : link.events) {
    writer_.Item(LinkingOrganization::kEventsFieldNumber, names_.Named(event));
  }
  const bool belongs = !link.parties.empty();
  writer_.Number(LinkingOrganization::kStateBelongsFieldNumber, belongs ? 1 : 0);
  const size_t sentence = writer_.Begin(LinkingOrganization::kSentenceFieldNumber);
  writer_.Append({names_.DisplayNameOf(organization), ": "});
  if (link.parties.size() == 1) {
    writer_.Append({state_, " is a member, as is 1 party"});
  } else if (belongs) {
    writer_.Append({state_, " is a member, as are "});
    writer_.AppendDecimal(link.parties.size());
    writer_.Append(" parties");
  }
  if (!link.events.empty()) {
    writer_.Append({belongs ? " and " : "", state_, " attended "});
    domain::AppendCount(link.events.size(), "event", &writer_);
    writer_.Append(" that it held");
  }
  writer_.Append(".");
  writer_.End(sentence);
  for (const Edge* edge : link.evidence) {
    writer_.Item(LinkingOrganization::kEvidenceFieldNumber, edge->name());
  }
  writer_.End(begin);
}

}  // namespace attlas::synergy
