// Terms of spaces in the words of the page.
import { NoteKind } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import type { SpaceMember } from "@attlas/client/gen/attlas/engagement/v1/space_pb";
import { SpaceState } from "@attlas/client/gen/attlas/engagement/v1/space_pb";

const states: Partial<Record<SpaceState, string>> = {
  [SpaceState.OPEN]: "open",
  [SpaceState.CLOSED]: "closed: nothing more is posted",
  [SpaceState.ERASED]: "erased",
};
export const stateWord = (state: SpaceState): string => states[state] ?? "";

const kinds: Partial<Record<NoteKind, string>> = {
  [NoteKind.NOTE]: "Note",
  [NoteKind.CONCERN]: "Concern",
  [NoteKind.EVIDENCE]: "Publication",
};
export const kindWord = (kind: NoteKind): string => kinds[kind] ?? "Note";

export const roleWord = (member: SpaceMember): string =>
  member.moderator ? "moderator" : "member";
