import { describe, expect, it } from "vitest";

import { knownTypes, lookOf, orderOfType } from "../../../src/views/relationships/model/looks";

describe("looks", () => {
  it("have a shape for every type that no other has", () => {
    const shapes = knownTypes.map((type) => lookOf(type).corners.join(" "));
    expect(new Set(shapes).size).toBe(knownTypes.length);
  });

  it("stay within their bounds, as corners in pairs", () => {
    for (const type of knownTypes) {
      const { corners } = lookOf(type);
      expect(corners.length % 2, type).toBe(0);
      for (const value of corners) expect(Math.abs(value), type).toBeLessThanOrEqual(1);
    }
  });

  it("are there for types that nobody knows", () => {
    expect(lookOf("treaty_body").many).toBe("treaty body");
    expect(orderOfType("treaty_body")).toBeGreaterThan(orderOfType("note"));
  });
});
