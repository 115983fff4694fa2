// The standings of two states towards the same instruments.
import type { NamedNode } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import type { InstrumentStatus } from "@attlas/client/gen/attlas/instruments/v1/profile_pb";
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import type { StateStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";

export interface Pair {
  instrument: NamedNode;
  left: StateStatus;
  right: StateStatus;
  // Whether both have the same status; of one that is not known nobody can tell.
  same: boolean;
  // Whether the status of either is not known.
  unknown: boolean;
}

interface Profile {
  instruments: readonly InstrumentStatus[];
}

export function pairs(left: Profile, right: Profile): Pair[] {
  const others = new Map(right.instruments.map((one) => [one.instrument?.name, one.status]));
  return left.instruments.flatMap(({ instrument, status }) => {
    const other = others.get(instrument?.name);
    if (!instrument || !status || !other) return [];
    const unknown = [status.status, other.status].includes(ParticipationStatus.UNKNOWN);
    const same = !unknown && status.status === other.status;
    return [{ instrument, left: status, right: other, same, unknown }];
  });
}
