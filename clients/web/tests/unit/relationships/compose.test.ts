import { describe, expect, it } from "vitest";

import { carriedBy, Composer } from "../../../src/views/relationships/model/compose";
import type { Composition, Known } from "../../../src/views/relationships/model/compose";
import type { Step } from "../../../src/views/relationships/model/picture";
import { edge, hub, node } from "./sample";

const known = new Map<string, Known>([
  ["states/IDN", hub("states/IDN", 80)],
  ["states/FJI", hub("states/FJI", 60, "f")],
  [
    "instruments/i7",
    {
      nodes: [
        node("instruments/i7"),
        node("states/IDN"),
        ...Array.from({ length: 40 }, (_, at) => node(`states/S${at}`)),
      ],
      edges: Array.from({ length: 40 }, (_, at) =>
        edge("SIGNED", `states/S${at}`, "instruments/i7"),
      ),
    },
  ],
  ["themes/gone", "missing"],
]);
const open = (name: string, ...types: string[]): Step => ({ kind: "open", name, types });
const pin = (name: string, x: number, y: number): Step => ({ kind: "pin", name, at: { x, y } });

function places(composition: Composition): Record<string, { x: number; y: number }> {
  return Object.fromEntries([...composition.elements].map(([name, element]) => [name, element.at]));
}

// The least distance of two labels: they are about 100 wide and 60 high with the node.
function closest(composition: Composition): number {
  const all = [...composition.elements.values()];
  let least = Infinity;
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      least = Math.min(
        least,
        Math.hypot((one.at.x - other.at.x) / 104, (one.at.y - other.at.y) / 62),
      );
    }
  }
  return least;
}

describe("a picture", () => {
  it("leaves what is there where it is when more comes", () => {
    const composer = new Composer();
    const steps = [open("states/IDN")];
    const before = places(composer.compose(steps, known));
    const more = [...steps, open("instruments/i7"), open("states/FJI")];
    const after = places(composer.compose(more, known));
    for (const [name, at] of Object.entries(before)) expect(after[name], name).toEqual(at);
    expect(Object.keys(after)).toHaveLength(81 + 40 + 61);
  });

  it("gives every node room for its label", () => {
    const composition = new Composer().compose(
      [open("states/IDN"), open("instruments/i7"), open("states/FJI")],
      known,
    );
    expect(closest(composition)).toBeGreaterThan(0.9);
  });

  it("is the same for the same steps, however these came", () => {
    const steps = [
      open("states/IDN"),
      pin("instruments/i7", 900, 300),
      open("instruments/i7"),
      open("states/FJI"),
      pin("states/FJI", -900, 0),
    ];
    const slow = new Composer();
    for (let count = 1; count <= steps.length; count += 1)
      slow.compose(steps.slice(0, count), known);
    expect(places(slow.compose(steps, known))).toEqual(
      places(new Composer().compose([...steps], known)),
    );
    // Answers that come out of order change nothing either.
    const late = new Composer();
    late.compose(steps, new Map([["states/FJI", known.get("states/FJI") as Known]]));
    expect(places(late.compose(steps, known))).toEqual(
      places(new Composer().compose(steps, known)),
    );
  });

  it("goes back to what it was when a step is undone", () => {
    const composer = new Composer();
    const steps = [open("states/IDN"), open("states/FJI")];
    const before = places(composer.compose(steps, known));
    composer.compose([...steps, open("instruments/i7")], known);
    expect(places(composer.compose(steps, known))).toEqual(before);
  });

  it("puts what comes around the node that it comes from, on the far side", () => {
    const composition = new Composer().compose(
      [open("states/IDN"), pin("instruments/i7", 2000, 0), open("instruments/i7")],
      known,
    );
    const fresh = [...composition.elements.values()].filter((element) =>
      element.name.startsWith("states/S"),
    );
    const middle = fresh.reduce((sum, element) => sum + element.at.x, 0) / fresh.length;
    expect(middle).toBeGreaterThan(2000);
    for (const element of fresh) expect(Math.abs(element.at.x - 2000)).toBeLessThan(1000);
  });

  it("drags along what stands around a node, and nothing else", () => {
    const composer = new Composer();
    const steps: Step[] = [open("states/IDN"), pin("instruments/i3", 40, 40)];
    const before = composer.compose(steps, known);
    expect(carriedBy(before, "states/IDN")).toHaveLength(79);
    const after = composer.compose([...steps, pin("states/IDN", 500, 100)], known);
    const at = (composition: Composition, name: string) =>
      composition.elements.get(name)?.at ?? { x: 0, y: 0 };
    expect(at(after, "instruments/i3")).toEqual({ x: 40, y: 40 });
    expect(at(after, "instruments/i5").x - at(before, "instruments/i5").x).toBe(500);
    expect(at(after, "instruments/i5").y - at(before, "instruments/i5").y).toBe(100);
  });

  it("closes what was opened, but keeps what was chosen or is held by another", () => {
    const composer = new Composer();
    const steps: Step[] = [
      open("states/IDN"),
      open("instruments/i7"),
      pin("instruments/i3", 9, 9),
      { kind: "close", name: "states/IDN" },
    ];
    const composition = composer.compose(steps, known);
    expect(composition.elements.has("instruments/i1")).toBe(false);
    expect(composition.elements.has("instruments/i3")).toBe(true);
    expect(composition.elements.has("instruments/i7")).toBe(true);
    expect(composition.elements.get("states/IDN")?.opened).toBe(false);
  });

  it("opens by one type of statement alone", () => {
    const both: Known = {
      nodes: [node("states/IDN"), node("instruments/a"), node("instruments/b")],
      edges: [
        edge("SIGNED", "states/IDN", "instruments/a"),
        edge("CONSENTED_TO", "states/IDN", "instruments/b"),
      ],
    };
    const composition = new Composer().compose(
      [open("states/IDN", "SIGNED")],
      new Map([["states/IDN", both]]),
    );
    expect([...composition.elements.keys()]).toEqual(["states/IDN", "instruments/a"]);
  });

  it("waits for answers in the order of its steps, and says what leads nowhere", () => {
    const composition = new Composer().compose(
      [open("themes/gone"), open("states/IDN"), open("states/XXX"), open("states/FJI")],
      known,
    );
    expect(composition.missing).toEqual(["themes/gone"]);
    expect(composition.waiting).toEqual(["states/XXX"]);
    expect(composition.elements.has("states/FJI")).toBe(false);
  });

  it("drops a node with its statements", () => {
    const composition = new Composer().compose(
      [open("states/IDN"), { kind: "drop", name: "instruments/i3" }],
      known,
    );
    expect(composition.elements.has("instruments/i3")).toBe(false);
    expect([...composition.edges.values()].some((one) => one.to === "instruments/i3")).toBe(false);
  });
});
