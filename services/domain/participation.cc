#include "services/domain/participation.h"

#include <algorithm>
#include <string>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"

namespace attlas::domain {
namespace {

using graph::Edge;
using instruments::v1::StateStatus;
using instruments::v1::StatusCounts;

// Of several acts of one kind the one that counts: the latest to begin of those that hold.
void KeepLatest(const Edge* edge, const Edge** kept) {
  if (*kept == nullptr || StartDay(*edge) > StartDay(**kept)) *kept = edge;
}

bool Is(const Edge& edge, std::string_view type) { return edge.type() == type; }

// Notes an act that has ended. A withdrawal ends the signature with the consent: it is the consent
// that the state left.
void NoteEnded(const Edge* edge, const Edge** ended) {
  const auto rank = [](const Edge& act) { return std::pair(EndDay(act), !Is(act, kSigned)); };
  if (*ended == nullptr || rank(*edge) > rank(**ended)) *ended = edge;
}

// Notes an act that holds.
void NoteHolding(const Edge* edge, Standing* standing) {
  if (Is(*edge, kSigned)) KeepLatest(edge, &standing->signature);
  if (Is(*edge, kConsentedTo)) KeepLatest(edge, &standing->consent);
  if (Is(*edge, kEndorsed)) KeepLatest(edge, &standing->endorsement);
  if (Is(*edge, kAddressedBy)) KeepLatest(edge, &standing->address);
  if (Is(*edge, kCommittedThrough)) KeepLatest(edge, &standing->collective);
}

// Of the statements of entry into force the one that belongs to the consent: the first that does
// not end before the day.
void NoteInForce(const Edge* edge, const Reading& reading, Standing* standing) {
  if (EndDay(*edge) <= reading.day) return;
  if (standing->in_force == nullptr || StartDay(*edge) < StartDay(*standing->in_force)) {
    standing->in_force = edge;
  }
}

// Notes every act that began by the day, and the entry into force.
void NoteActs(Acts acts, const Reading& reading, Standing* standing) {
  for (const Edge* edge : acts) {
    if (!reading.Admits(*edge)) continue;
    if (Is(*edge, kInForceFor)) {
      NoteInForce(edge, reading, standing);
      continue;
    }
    if (StartDay(*edge) > reading.day) continue;
    if (Is(*edge, kSigned) &&
        (standing->ever_signed == nullptr || StartDay(*edge) < StartDay(*standing->ever_signed))) {
      standing->ever_signed = edge;
    }
    if (reading.Holds(*edge)) {
      NoteHolding(edge, standing);
    } else {
      NoteEnded(edge, &standing->ended);
    }
  }
}

// Whether that on which the standing rests is in force. A statement of entry into force may have no
// date; even so it says nothing of the days before the instrument itself was in force.
bool IsInForce(const Standing& standing, const Reading& reading, const InstrumentTerms& terms) {
  const Edge* ground = standing.ground();
  if (ground == nullptr || ground == standing.signature || ground == standing.ended) return false;
  if (ground != standing.consent) return true;
  return terms.in_force_from <= reading.day &&
         (standing.in_force == nullptr || reading.Holds(*standing.in_force));
}

ParticipationStatus StatusOf(const Standing& standing, CountBy count_by, bool complete) {
  if (standing.consent != nullptr) {
    const bool waits = count_by == instruments::v1::COUNT_BY_IN_FORCE && !standing.is_in_force;
    return waits ? instruments::v1::PARTICIPATION_STATUS_CONSENTED
                 : instruments::v1::PARTICIPATION_STATUS_PARTY;
  }
  if (standing.endorsement != nullptr) return instruments::v1::PARTICIPATION_STATUS_ENDORSER;
  if (standing.signature != nullptr) return instruments::v1::PARTICIPATION_STATUS_SIGNATORY;
  if (standing.collective != nullptr) {
    return instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH;
  }
  if (standing.address != nullptr) return instruments::v1::PARTICIPATION_STATUS_ADDRESSED;
  if (standing.ended != nullptr) return instruments::v1::PARTICIPATION_STATUS_WITHDRAWN;
  return complete ? instruments::v1::PARTICIPATION_STATUS_OUTSIDE
                  : instruments::v1::PARTICIPATION_STATUS_UNKNOWN;
}

}  // namespace

bool IsUndated(const Edge& edge) { return !edge.has_valid_from() && !edge.has_valid_to(); }

InstrumentTerms TermsOf(const graph::Node& instrument) {
  InstrumentTerms terms{.complete = IsComplete(instrument),
                        .adopted_from = AdoptedFrom(instrument)};
  const std::string_view kind = graph::TextProperty(instrument.properties(), "kind");
  if (const std::optional<graph::Date> entry = DateProperty(instrument, "entry_into_force")) {
    terms.in_force_from = graph::FirstDay(*entry);
  } else if (kind == "treaty" || kind == "protocol") {
    terms.in_force_from = graph::kEndOfTime;
  }
  return terms;
}

bool Participates(ParticipationStatus status) {
  return TakesPart(status) || status == instruments::v1::PARTICIPATION_STATUS_ADDRESSED;
}

bool TakesPart(ParticipationStatus status) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
    case instruments::v1::PARTICIPATION_STATUS_CONSENTED:
    case instruments::v1::PARTICIPATION_STATUS_SIGNATORY:
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
    case instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH:
      return true;
    default:
      return false;
  }
}

bool Standing::committed() const {
  return participates() && status != instruments::v1::PARTICIPATION_STATUS_SIGNATORY;
}

const Edge* Standing::ground() const {
  if (consent != nullptr) return consent;
  if (endorsement != nullptr) return endorsement;
  if (signature != nullptr) return signature;
  if (collective != nullptr) return collective;
  return address != nullptr ? address : ended;
}

bool Standing::undated() const {
  const Edge* const edge = ground();
  return edge != nullptr && IsUndated(*edge);
}

std::vector<const Edge*> Standing::Evidence() const {
  std::vector<const Edge*> edges;
  for (const Edge* edge : {consent, in_force, endorsement, collective, address, signature, ended}) {
    if (edge != nullptr) edges.push_back(edge);
  }
  if (ever_signed != nullptr && ever_signed != signature && ever_signed != ended) {
    edges.push_back(ever_signed);
  }
  return edges;
}

Standing Weigh(Acts acts, const Reading& reading, CountBy count_by, const InstrumentTerms& terms) {
  Standing standing;
  if (terms.adopted_from <= reading.day) NoteActs(acts, reading, &standing);
  if (standing.consent == nullptr) standing.in_force = nullptr;
  standing.is_in_force = IsInForce(standing, reading, terms);
  standing.status = StatusOf(standing, count_by, terms.complete);
  if (standing.status != instruments::v1::PARTICIPATION_STATUS_WITHDRAWN) standing.ended = nullptr;
  return standing;
}

void AddToStatus(ParticipationStatus status, int change, StatusCounts* counts) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
      return counts->set_parties(counts->parties() + change);
    case instruments::v1::PARTICIPATION_STATUS_CONSENTED:
      return counts->set_consented(counts->consented() + change);
    case instruments::v1::PARTICIPATION_STATUS_SIGNATORY:
      return counts->set_signatories(counts->signatories() + change);
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
      return counts->set_endorsers(counts->endorsers() + change);
    case instruments::v1::PARTICIPATION_STATUS_ADDRESSED:
      return counts->set_addressed(counts->addressed() + change);
    case instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH:
      return counts->set_committed_through(counts->committed_through() + change);
    case instruments::v1::PARTICIPATION_STATUS_WITHDRAWN:
      return counts->set_withdrawn(counts->withdrawn() + change);
    case instruments::v1::PARTICIPATION_STATUS_OUTSIDE:
      return counts->set_outside(counts->outside() + change);
    default:
      return counts->set_unknown(counts->unknown() + change);
  }
}

void CountStanding(const Standing& standing, StatusCounts* counts, int change) {
  counts->set_size(counts->size() + change);
  AddToStatus(standing.status, change, counts);
  if (standing.ever_signed != nullptr) counts->set_signatures(counts->signatures() + change);
  if (standing.undated()) counts->set_undated(counts->undated() + change);
}

void FillStateStatus(const Standing& standing, StateStatus* status) {
  status->set_status(standing.status);
  status->set_undated(standing.undated());
  if (standing.ever_signed != nullptr && standing.ever_signed->has_valid_from()) {
    *status->mutable_signed_date() = standing.ever_signed->valid_from();
  }
  const Edge* ground = standing.ground();
  if (ground == nullptr) return;
  // Also of a consent or an endorsement that has ended.
  if (Is(*ground, kConsentedTo) || Is(*ground, kEndorsed)) {
    if (ground->has_valid_from()) *status->mutable_deposit_date() = ground->valid_from();
  }
  if (ground->has_valid_to()) *status->mutable_end_date() = ground->valid_to();
  status->set_act(std::string(graph::TextProperty(ground->properties(), "act")));
  if (standing.in_force != nullptr && standing.in_force->has_valid_from()) {
    *status->mutable_in_force_date() = standing.in_force->valid_from();
  }
  if (ground == standing.collective) {
    status->set_through(std::string(graph::TextProperty(ground->properties(), "through")));
  }
}

}  // namespace attlas::domain
