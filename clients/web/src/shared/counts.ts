// The counts of an answer as the legend shows them.
import type { StatusCounts } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

export interface Counted {
  status: ParticipationStatus;
  count: number;
}

export function countsByStatus(counts: StatusCounts): Counted[] {
  const all: Counted[] = [
    { status: ParticipationStatus.PARTY, count: counts.parties },
    { status: ParticipationStatus.CONSENTED, count: counts.consented },
    { status: ParticipationStatus.SIGNATORY, count: counts.signatories },
    { status: ParticipationStatus.ENDORSER, count: counts.endorsers },
    { status: ParticipationStatus.ADDRESSED, count: counts.addressed },
    { status: ParticipationStatus.COMMITTED_THROUGH, count: counts.committedThrough },
    { status: ParticipationStatus.WITHDRAWN, count: counts.withdrawn },
    { status: ParticipationStatus.OUTSIDE, count: counts.outside },
    { status: ParticipationStatus.UNKNOWN, count: counts.unknown },
  ];
  return all.filter(({ count }) => count > 0);
}

// Whether an instrument is taken part in by endorsement, address or an organization alone, so that
// `parties` would say nothing of it.
export function leading(counts: StatusCounts): Counted {
  const parties = { status: ParticipationStatus.PARTY, count: counts.parties };
  if (counts.parties > 0 || counts.consented > 0 || counts.signatories > 0) return parties;
  const others = countsByStatus(counts).filter(({ status }) =>
    [
      ParticipationStatus.ENDORSER,
      ParticipationStatus.ADDRESSED,
      ParticipationStatus.COMMITTED_THROUGH,
    ].includes(status),
  );
  return others[0] ?? parties;
}

const nouns: Partial<Record<ParticipationStatus, [string, string]>> = {
  [ParticipationStatus.PARTY]: ["party", "parties"],
  [ParticipationStatus.ENDORSER]: ["endorser", "endorsers"],
  [ParticipationStatus.ADDRESSED]: ["addressed", "addressed"],
  [ParticipationStatus.COMMITTED_THROUGH]: [
    "committed through an organization",
    "committed through an organization",
  ],
};

export function nounOf({ status, count }: Counted): string {
  const [one, many] = nouns[status] ?? ["", ""];
  return count === 1 ? one : many;
}
