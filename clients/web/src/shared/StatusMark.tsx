// How a state stands, told by shape and pattern as well as by colour.
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

import { statusWord } from "../lib/words";

// The look of a status: the class of its colours, and the shape of its mark.
export const statusLook: Record<ParticipationStatus, { kind: string; shape: string }> = {
  [ParticipationStatus.PARTY]: {
    kind: "party",
    shape: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z",
  },
  [ParticipationStatus.CONSENTED]: { kind: "consented", shape: "M8 1 15 8 8 15 1 8z" },
  [ParticipationStatus.SIGNATORY]: { kind: "signatory", shape: "M8 1.5 15 14.5H1z" },
  [ParticipationStatus.ENDORSER]: { kind: "endorser", shape: "M2 2h12v12H2z" },
  [ParticipationStatus.ADDRESSED]: { kind: "addressed", shape: "M5 1.5h6L14.5 8 11 14.5H5L1.5 8z" },
  [ParticipationStatus.COMMITTED_THROUGH]: { kind: "through", shape: "M8 1l7 5-2.6 8.5H3.6L1 6z" },
  [ParticipationStatus.WITHDRAWN]: { kind: "withdrawn", shape: "M1.5 1.5h13L8 14.5z" },
  [ParticipationStatus.OUTSIDE]: {
    kind: "outside",
    shape: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zm0 2.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8z",
  },
  [ParticipationStatus.UNKNOWN]: {
    kind: "unknown",
    shape: "M6.5 2h3v4.5H14v3H9.5V14h-3V9.5H2v-3h4.5z",
  },
  [ParticipationStatus.UNSPECIFIED]: { kind: "none", shape: "M2 7h12v2H2z" },
};

export function StatusShape({ status }: { status: ParticipationStatus }) {
  const { kind, shape } = statusLook[status] ?? statusLook[ParticipationStatus.UNSPECIFIED];
  return (
    <svg className={`mark status-${kind}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shape} fillRule="evenodd" />
    </svg>
  );
}

export function StatusMark({ status }: { status: ParticipationStatus }) {
  return (
    <span className="marked">
      <StatusShape status={status} />
      {statusWord(status)}
    </span>
  );
}

// The statuses that occur, with how many states have each.
export function StatusLegend({
  counts,
}: {
  counts: readonly { status: ParticipationStatus; count: number }[];
}) {
  return (
    <ul className="legend" aria-label="Legend">
      {counts.map(({ status, count }) => (
        <li key={status}>
          <StatusMark status={status} /> <span className="count">{count}</span>
        </li>
      ))}
    </ul>
  );
}
