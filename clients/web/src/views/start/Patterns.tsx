// The fills of the map: each status has a pattern of its own beside its colour.
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

const plain: ReadonlySet<ParticipationStatus> = new Set([
  ParticipationStatus.PARTY,
  ParticipationStatus.OUTSIDE,
]);

export function fillOf(status: ParticipationStatus, prefix: string): string | undefined {
  return plain.has(status) ? undefined : `url(#${prefix}-${status})`;
}

// What is drawn over the colour of a status, in a square of eight.
const strokes: Partial<Record<ParticipationStatus, string>> = {
  [ParticipationStatus.SIGNATORY]: "M-2 2 2-2M0 8 8 0M6 10l4-4",
  [ParticipationStatus.ENDORSER]: "M0 4h8M4 0v8",
  [ParticipationStatus.COMMITTED_THROUGH]: "M0 2h8M0 6h8",
  [ParticipationStatus.WITHDRAWN]: "M0 0l8 8M8 0 0 8",
  [ParticipationStatus.CONSENTED]: "M2 2h1M6 6h1",
  [ParticipationStatus.ADDRESSED]: "M2 0v8M6 0v8",
  [ParticipationStatus.UNKNOWN]: "M1 1h1M5 5h1",
};

export function Patterns({ prefix, kinds }: { prefix: string; kinds: Record<number, string> }) {
  return (
    <defs>
      {Object.entries(strokes).map(([status, stroke]) => (
        <pattern
          key={status}
          id={`${prefix}-${status}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
        >
          <rect width="8" height="8" className={`status-${kinds[Number(status)]}`} />
          <path d={stroke} className="pattern-stroke" />
        </pattern>
      ))}
    </defs>
  );
}
