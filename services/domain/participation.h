// How a state stands towards an instrument, from the statements about both.
//
// What: weighs the acts of one state towards one instrument on one day. The one place where the
// rules of participation are written down:
//   * An act counts on the days on which its statement holds; one without dates on every day from
//     the adoption of the instrument on. Before, nobody takes part.
//   * Consent makes a party. Counted by in-force it makes one from the date on which the instrument
//     is in force for the state; before, the state has consented only. Where no rule says that
//     date, it is the deposit or, if later, the entry into force of the instrument itself; a treaty
//     that is not in force has no party by this count. A signature alone puts nothing in force.
//   * A signature counts where no consent does, as long as its own statement holds.
//   * Where nothing counts: withdrawn, if an act ended before; outside, if the list of participants
//     is complete; otherwise unknown.
// Thread-safety: functions and plain values. A Standing views the edges that it was made from.
#ifndef ATTLAS_SERVICES_DOMAIN_PARTICIPATION_H_
#define ATTLAS_SERVICES_DOMAIN_PARTICIPATION_H_

#include <span>
#include <string_view>
#include <vector>

#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/instruments/v1/status.pb.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

using instruments::v1::CountBy;
using instruments::v1::ParticipationStatus;

// The statements about one state and one instrument, of every act type, in the order of the types.
using Acts = std::span<const graph::Edge* const>;

// What the rules need to know of an instrument.
struct InstrumentTerms {
  // Whether the list of its participants is complete.
  bool complete = true;
  // The day of its adoption, from which anybody can take part.
  graph::DayNumber adopted_from = graph::kBeginningOfTime;
  // The day from which it can be in force for anybody.
  graph::DayNumber in_force_from = graph::kBeginningOfTime;
};
InstrumentTerms TermsOf(const graph::Node& instrument);

// Whether a state of this status takes part by an act of its own or of its organization, and
// whether it does that or is addressed, so that it has commitments.
bool TakesPart(ParticipationStatus status);
bool Participates(ParticipationStatus status);

struct Standing {
  ParticipationStatus status = instruments::v1::PARTICIPATION_STATUS_UNKNOWN;
  // What counts on the day; null where nothing does.
  const graph::Edge* signature = nullptr;
  const graph::Edge* consent = nullptr;
  const graph::Edge* endorsement = nullptr;
  const graph::Edge* address = nullptr;
  const graph::Edge* collective = nullptr;
  // Of the consent: the statement of entry into force, whether or not it holds yet.
  const graph::Edge* in_force = nullptr;
  // Whether the commitment is in force for the state on the day.
  bool is_in_force = true;
  // The latest act that ended by the day; of those that ended together, the consent.
  const graph::Edge* ended = nullptr;
  // The earliest signature up to the day, whatever came of it.
  const graph::Edge* ever_signed = nullptr;

  // Whether it takes part, or is addressed, in a way that carries commitments.
  bool participates() const { return Participates(status); }
  // Whether it takes part by an act of its own or of its organization.
  bool takes_part() const { return TakesPart(status); }
  // Whether the instrument commits it already: it takes part by more than a signature, or is
  // addressed.
  bool committed() const;
  // The statement that the status rests on; null for none.
  const graph::Edge* ground() const;
  // Whether the ground has no date at all.
  bool undated() const;
  // Every statement that an answer should show.
  std::vector<const graph::Edge*> Evidence() const;
};

// Weighs the acts.
Standing Weigh(Acts acts, const Reading& reading, CountBy count_by, const InstrumentTerms& terms);

// Counts `standing` in, or out again where `change` is -1.
void CountStanding(const Standing& standing, instruments::v1::StatusCounts* counts, int change = 1);
// Adds `change` (1 or -1) to the count of one status, alone.
void AddToStatus(ParticipationStatus status, int change, instruments::v1::StatusCounts* counts);

// Dates, act and evidence of `standing` as an answer gives them; the state's name apart.
void FillStateStatus(const Standing& standing, instruments::v1::StateStatus* status);

// Whether any date of the statement is known.
bool IsUndated(const graph::Edge& edge);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_PARTICIPATION_H_
