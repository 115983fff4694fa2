import { describe, expect, it } from "vitest";

import { withChanges, addressOf } from "../../../src/app/context";
import {
  readPicture,
  readSteps,
  writePicture,
  writeSteps,
} from "../../../src/views/relationships/model/address";
import type { Picture, Step } from "../../../src/views/relationships/model/picture";
import {
  emptyPicture,
  withHidden,
  withSteps,
} from "../../../src/views/relationships/model/picture";

const steps: readonly Step[] = [
  { kind: "open", name: "states/IDN", types: [] },
  { kind: "add", name: "states/FJI" },
  { kind: "open", name: "instruments/att", types: ["SIGNED", "HAS_PROVISION"] },
  { kind: "pin", name: "instruments/att", at: { x: 120, y: -40 } },
  { kind: "free", name: "instruments/att" },
  { kind: "close", name: "states/IDN" },
  { kind: "drop", name: "states/FJI" },
];
const picture: Picture = {
  steps,
  hidden: ["SIGNED", "event"],
  confidence: 4,
  date: { year: 2020, month: 5, day: 0 },
  from: "states/IDN",
  to: "states/FJI",
  across: true,
  groupings: true,
  lit: 2,
};
const all = (): boolean => true;

describe("a picture in an address", () => {
  it("is written compactly and for people", () => {
    expect(writeSteps(steps.slice(0, 4))).toBe(
      "states/IDN* FJI instruments/att*SIGNED*HAS_PROVISION att:120:-40",
    );
    const query = withChanges(
      new URLSearchParams("region=asean"),
      writePicture({ ...emptyPicture, steps: steps.slice(0, 4) }, all),
    );
    expect(addressOf("/relationships", query)).toBe(
      "/relationships?region=asean&see=states/IDN*+FJI+instruments/att*SIGNED*HAS_PROVISION+att:120:-40",
    );
  });

  it("is read as it was written", () => {
    const query = withChanges(new URLSearchParams(), writePicture(picture, all));
    expect(readPicture(new URLSearchParams(query.toString()))).toEqual(picture);
    expect(readPicture(new URLSearchParams())).toEqual(emptyPicture);
  });

  it("keeps ids apart from signs, whatever they hold", () => {
    for (const id of ["a*b", "a:b", "a b", "a+b", "a%20b", "a/b", "ünï"]) {
      const odd: Step[] = [
        { kind: "pin", name: `themes/${id}`, at: { x: 1, y: 2 } },
        { kind: "add", name: "themes/x" },
      ];
      const query = withChanges(new URLSearchParams(), { see: writeSteps(odd) });
      expect(readSteps(new URLSearchParams(query.toString()).get("see") ?? ""), id).toEqual(odd);
    }
  });

  it("passes over what is no step", () => {
    expect(
      readSteps("IDN states/ /x states/IDN:1 states/IDN:a:b states/IDN:burn states/%zz*lower"),
    ).toEqual([{ kind: "open", name: "states/%zz", types: [] }]);
    expect(
      readPicture(new URLSearchParams("sure=very&hide=a%3Cb+event&date=never&lit=-1&over=all")),
    ).toEqual({
      ...emptyPicture,
      hidden: ["event"],
    });
  });

  it("never holds a name that may not be told", () => {
    const changes = writePicture(picture, (name) => name !== "states/FJI");
    expect(JSON.stringify(changes)).not.toContain("FJI");
    expect(changes.see).toContain("states/IDN*");
    expect(changes.to).toBe("");
  });
});

describe("steps", () => {
  it("of dragging one node are one", () => {
    const pin = (x: number): Step => ({ kind: "pin", name: "states/IDN", at: { x, y: 0 } });
    const other: Step = { kind: "pin", name: "states/FJI", at: { x: 9, y: 9 } };
    expect(withSteps(emptyPicture, pin(1), pin(2), pin(3)).steps).toEqual([pin(3)]);
    expect(withSteps(emptyPicture, pin(1), other, pin(3)).steps).toEqual([pin(1), other, pin(3)]);
  });

  it("hide a type and show it again", () => {
    const hidden = withHidden(withHidden(emptyPicture, "event", true), "SIGNED", true);
    expect(hidden.hidden).toEqual(["SIGNED", "event"]);
    expect(withHidden(hidden, "event", false).hidden).toEqual(["SIGNED"]);
  });
});
