// Terms of the services in the words of the page.
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import { Strength } from "@attlas/client/gen/attlas/instruments/v1/instrument_pb";
import {
  CountBy,
  CoverageLevel,
  ParticipationStatus,
} from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { CommitmentClass, JoiningEffect } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";

// A value that this page was not made to know is shown as it is.
function wordOf<E extends number>(words: Partial<Record<E, string>>, value: E): string {
  return words[value] ?? `(${value})`;
}

const statusWords: Partial<Record<ParticipationStatus, string>> = {
  [ParticipationStatus.UNSPECIFIED]: "not a state",
  [ParticipationStatus.PARTY]: "party",
  [ParticipationStatus.CONSENTED]: "consented, not yet in force",
  [ParticipationStatus.SIGNATORY]: "signatory",
  [ParticipationStatus.ENDORSER]: "endorser",
  [ParticipationStatus.ADDRESSED]: "addressed",
  [ParticipationStatus.COMMITTED_THROUGH]: "committed through an organization",
  [ParticipationStatus.WITHDRAWN]: "withdrawn",
  [ParticipationStatus.OUTSIDE]: "outside",
  [ParticipationStatus.UNKNOWN]: "not known",
};
export const statusWord = (status: ParticipationStatus): string => wordOf(statusWords, status);

const classWords: Partial<Record<CommitmentClass, string>> = {
  [CommitmentClass.BINDING_SAME_GOODS]: "binding, same goods",
  [CommitmentClass.POLITICAL_SAME_GOODS]: "political, same goods",
  [CommitmentClass.VOLUNTARY_SAME_GOODS]: "voluntary, same goods",
  [CommitmentClass.ONE_STATE_REACH]: "towards one state only",
  [CommitmentClass.GENERAL]: "general, not about goods",
  [CommitmentClass.OTHER_GOODS]: "other goods",
  [CommitmentClass.NEW]: "new",
};
export const classWord = (value: CommitmentClass): string => wordOf(classWords, value);

const effectWords: Partial<Record<JoiningEffect, string>> = {
  [JoiningEffect.ALREADY_COMMITTED]: "nothing: committed already",
  [JoiningEffect.BECOMES_BINDING]: "becomes binding",
  [JoiningEffect.REACHES_FURTHER]: "reaches further",
  [JoiningEffect.NEW]: "would be new",
  [JoiningEffect.BECOMES_POLITICAL]: "becomes political",
};
export const effectWord = (value: JoiningEffect): string => wordOf(effectWords, value);

const strengthWords: Partial<Record<Strength, string>> = {
  [Strength.UNSPECIFIED]: "says nothing",
  [Strength.VOLUNTARY]: "voluntary",
  [Strength.POLITICAL]: "political",
  [Strength.BINDING]: "binding",
};
export const strengthWord = (value: Strength): string => wordOf(strengthWords, value);

const confidenceWords: Partial<Record<Confidence, string>> = {
  [Confidence.UNSPECIFIED]: "no grade",
  [Confidence.UNVERIFIED]: "unverified",
  [Confidence.RECALLED]: "recalled",
  [Confidence.STRUCTURE_SEEN]: "subject seen",
  [Confidence.SEEN]: "seen",
};
export const confidenceWord = (value: Confidence): string => wordOf(confidenceWords, value);

const confidenceNotes: Partial<Record<Confidence, string>> = {
  [Confidence.UNVERIFIED]: "background knowledge; no source was opened",
  [Confidence.RECALLED]: "a known text, not opened for this statement",
  [Confidence.STRUCTURE_SEEN]: "a source that was read confirms the subject, not the exact words",
  [Confidence.SEEN]: "a source that was read states it",
};
export const confidenceNote = (value: Confidence): string => wordOf(confidenceNotes, value);

export function countByWord(value: CountBy): string {
  return value === CountBy.IN_FORCE ? "by entry into force" : "by deposit";
}

const coverageWords: Partial<Record<CoverageLevel, string>> = {
  [CoverageLevel.UNSPECIFIED]: "no list of participants",
  [CoverageLevel.COMPLETE]: "the list of participants is complete",
  [CoverageLevel.PARTIAL]: "the list of participants is partial: counts are lower limits",
  [CoverageLevel.NONE]: "no list of participants",
};
export const coverageWord = (value: CoverageLevel): string => wordOf(coverageWords, value);

// A term of a vocabulary, such as `foreign-affairs`, for reading.
export function termWord(term: string): string {
  return term.replaceAll("-", " ").replaceAll("_", " ");
}

// `1 state`, `2 states`.
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

// `a, b and c`.
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
