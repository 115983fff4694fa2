import { describe, expect, it } from "vitest";

import { addressOf, regionOf, withChanges } from "../../src/app/context";
import { findView, matchPath } from "../../src/app/routes";
import { pathOf } from "../../src/lib/names";

describe("paths", () => {
  it("match patterns with named parts", () => {
    expect(matchPath("/", "/")).toEqual({});
    expect(matchPath("/states/:state", "/states/IDN")).toEqual({ state: "IDN" });
    expect(matchPath("/states/:state", "/states/IDN/")).toEqual({ state: "IDN" });
    expect(matchPath("/states/:state", "/states")).toBeUndefined();
    expect(matchPath("/states/:state", "/states/IDN/more")).toBeUndefined();
    expect(matchPath("/facts/:name*", "/facts/agencies/phl-stmo")).toEqual({
      name: "agencies/phl-stmo",
    });
    expect(matchPath("/facts/:name*", "/facts")).toBeUndefined();
  });

  it("survive what cannot be decoded", () => {
    expect(matchPath("/states/:state", "/states/%E0%A4%A")).toEqual({ state: "%E0%A4%A" });
  });

  it("lead to the first view that matches", () => {
    const views = [{ path: "/compare" }, { path: "/states/:state" }];
    expect(findView(views, "/states/FJI")).toEqual({ view: views[1], params: { state: "FJI" } });
    expect(findView(views, "/nowhere")).toBeUndefined();
  });

  it("show a state as a brief, a place beside the states as one too, all else as facts", () => {
    expect(pathOf("states/IDN")).toBe("/states/IDN");
    expect(pathOf("economies/TWN")).toBe("/states/economies/TWN");
    expect(pathOf("agencies/phl-stmo")).toBe("/facts/agencies/phl-stmo");
  });
});

describe("queries", () => {
  it("are the same text for the same choices", () => {
    const one = withChanges(new URLSearchParams("target=att&date=2020-01-01"), { region: "asean" });
    const other = withChanges(new URLSearchParams("region=asean&target=att"), {
      date: { year: 2020, month: 1, day: 1 },
    });
    expect(one.toString()).toBe(other.toString());
  });

  it("lose what is empty and keep lists", () => {
    const query = withChanges(new URLSearchParams("join=att&join=bwc&state=IDN"), {
      state: "",
      join: ["cwc"],
      date: undefined,
    });
    expect(query.toString()).toBe("join=cwc");
    expect(addressOf("/what-if", new URLSearchParams())).toBe("/what-if");
    expect(addressOf("/changes", new URLSearchParams({ node: "states/PHL" }))).toBe(
      "/changes?node=states/PHL",
    );
  });

  it("tell all states from the default set", () => {
    expect(regionOf(new URLSearchParams("region=all"))).toBe("");
    expect(regionOf(new URLSearchParams("region=asean"))).toBe("asean");
    expect(regionOf(new URLSearchParams())).not.toBe("");
  });
});
