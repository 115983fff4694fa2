// The dated facts of a profile, latest first.
import type { GetStateProfileResponse } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";

import type { Day } from "../../lib/dates";
import { orderOf } from "../../lib/dates";

export interface Moment {
  date: Day;
  kind: "signed" | "joined" | "in force" | "left" | "event" | "concern" | "member";
  text: string;
  evidence: readonly string[];
}

export function momentsOf(profile: GetStateProfileResponse): Moment[] {
  const moments: Moment[] = [];
  const add = (
    date: Day | undefined,
    kind: Moment["kind"],
    text: string,
    evidence: readonly string[],
  ): void => {
    if (date) moments.push({ date, kind, text, evidence });
  };
  for (const { instrument, status } of profile.instruments) {
    const name = instrument?.displayName ?? "";
    if (!status) continue;
    add(status.signedDate, "signed", `Signed ${name}`, status.evidence);
    add(
      status.depositDate,
      "joined",
      `Joined ${name}${status.act ? ` (${status.act})` : ""}`,
      status.evidence,
    );
    add(status.inForceDate, "in force", `${name} in force for it`, status.evidence);
    add(status.endDate, "left", `Left ${name}`, status.evidence);
  }
  for (const one of profile.organizations) {
    add(
      one.since,
      "member",
      `${one.body?.displayName}: ${one.role.replaceAll("-", " ")}`,
      one.evidence,
    );
  }
  for (const one of profile.events)
    add(one.startDate, "event", one.event?.displayName ?? "", one.evidence);
  for (const one of profile.concerns) {
    add(
      one.voicedDate,
      "concern",
      `Voiced: ${one.paraphrase || one.challenge?.displayName}`,
      one.evidence,
    );
  }
  return moments.sort(
    (one, other) =>
      orderOf(other.date) - orderOf(one.date) || one.text.localeCompare(other.text, "en"),
  );
}
