import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import { describe, expect, it } from "vitest";

import { Composer } from "../../../src/views/relationships/model/compose";
import type { Known } from "../../../src/views/relationships/model/compose";
import { filtered, holdsOn, linesOf } from "../../../src/views/relationships/model/filters";
import { edge, node } from "./sample";

const answer: Known = {
  nodes: [node("states/IDN"), node("instruments/a"), node("instruments/b"), node("themes/t")],
  edges: [
    edge("SIGNED", "states/IDN", "instruments/a", { from: "2013-06-03" }),
    edge("CONSENTED_TO", "states/IDN", "instruments/a", { from: "2014" }),
    edge("SIGNED", "states/IDN", "instruments/b", { from: "1999-01-01", to: "2010-01-01" }),
    edge("WORKS_ON", "states/IDN", "themes/t", { confidence: Confidence.RECALLED }),
    edge("SERVES", "instruments/a", "themes/t"),
  ],
};
const composition = new Composer().compose(
  [{ kind: "open", name: "states/IDN", types: [] }],
  new Map([["states/IDN", answer]]),
);
const plain = { hidden: [], confidence: 0, date: { year: 2026, month: 1, day: 1 }, across: false };
const names = (shown: ReturnType<typeof filtered>): string[] =>
  shown.elements.map((element) => element.name);

describe("filters", () => {
  it("hold a statement from the first day of its start until its end", () => {
    const period = edge("SIGNED", "states/IDN", "instruments/a", { from: "2014-03", to: "2020" });
    expect(holdsOn(period, { year: 2014, month: 2, day: 28 })).toBe(false);
    expect(holdsOn(period, { year: 2014, month: 3, day: 1 })).toBe(true);
    expect(holdsOn(period, { year: 2019, month: 12, day: 31 })).toBe(true);
    expect(holdsOn(period, { year: 2020, month: 1, day: 1 })).toBe(false);
    expect(
      holdsOn(edge("SIGNED", "states/IDN", "instruments/a"), { year: 1900, month: 1, day: 1 }),
    ).toBe(true);
  });

  it("show what holds on the day, and what it joins", () => {
    expect(names(filtered(composition, plain))).toEqual([
      "states/IDN",
      "instruments/a",
      "themes/t",
    ]);
    expect(
      names(filtered(composition, { ...plain, date: { year: 2005, month: 1, day: 1 } })),
    ).toEqual(["states/IDN", "instruments/b", "themes/t"]);
  });

  it("leave out what is less sure, and types that are hidden, and count all the same", () => {
    const sure = filtered(composition, { ...plain, confidence: Confidence.SEEN });
    expect(names(sure)).toEqual(["states/IDN", "instruments/a"]);
    const hidden = filtered(composition, { ...plain, hidden: ["SIGNED", "theme"] });
    expect(names(hidden)).toEqual(["states/IDN", "instruments/a"]);
    expect(hidden.edges.map((one) => one.type)).toEqual(["CONSENTED_TO"]);
    expect(hidden.counts.get("SIGNED")).toBe(1);
    expect(hidden.counts.get("theme")).toBe(1);
  });

  it("keep a node that was put there by hand without any statement", () => {
    expect(names(filtered(composition, { ...plain, hidden: ["instrument", "theme"] }))).toEqual([
      "states/IDN",
    ]);
  });

  it("show statements between neighbours when asked", () => {
    expect(filtered(composition, plain).edges.some((one) => one.type === "SERVES")).toBe(false);
    expect(
      filtered(composition, { ...plain, across: true }).edges.some((one) => one.type === "SERVES"),
    ).toBe(true);
  });

  it("draw one line for all statements between two nodes", () => {
    const lines = linesOf(answer.edges);
    expect(lines).toHaveLength(4);
    const both = lines.find((line) => line.edges.length === 2);
    expect(both?.edges.map((one) => one.type)).toEqual(["SIGNED", "CONSENTED_TO"]);
    expect(
      lines.find((line) => line.id.includes("themes/t") && line.id.includes("IDN"))?.confidence,
    ).toBe(Confidence.RECALLED);
  });
});
