// The acts that are supposed, as they stand in the address: `act=join:att`, in their order.
import { ParticipationStatus } from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { SupposedAct } from "@attlas/client/gen/attlas/synergy/v1/simulation_pb";

export type ActWord = "join" | "sign" | "leave";

export interface Act {
  word: ActWord;
  // The id of the instrument.
  instrument: string;
}

export const acts: Record<ActWord, SupposedAct> = {
  join: SupposedAct.JOIN,
  sign: SupposedAct.SIGN,
  leave: SupposedAct.LEAVE,
};

function isWord(text: string | undefined): text is ActWord {
  return text === "join" || text === "sign" || text === "leave";
}

// Reads the acts of an address; what is none is left out, and of several on one instrument the last
// counts.
export function readActs(values: readonly string[]): Act[] {
  const read = new Map<string, Act>();
  for (const value of values) {
    const colon = value.indexOf(":");
    const word = value.slice(0, Math.max(colon, 0));
    const instrument = value.slice(colon + 1);
    if (!isWord(word) || instrument === "") continue;
    read.delete(instrument);
    read.set(instrument, { word, instrument });
  }
  return [...read.values()];
}

export function writeActs(all: readonly Act[]): string[] {
  return all.map((act) => `${act.word}:${act.instrument}`);
}

// What a state that stands so can do by an act of its own.
export function possibleActs(status: ParticipationStatus): ActWord[] {
  switch (status) {
    case ParticipationStatus.PARTY:
    case ParticipationStatus.CONSENTED:
    case ParticipationStatus.ENDORSER:
      return ["leave"];
    case ParticipationStatus.SIGNATORY:
      return ["join", "leave"];
    case ParticipationStatus.ADDRESSED:
    case ParticipationStatus.COMMITTED_THROUGH:
      return [];
    default:
      return ["join", "sign"];
  }
}
