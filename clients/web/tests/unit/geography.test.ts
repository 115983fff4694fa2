import { describe, expect, it } from "vitest";

import { fitted, loadWorld, middleOf, nextPoint } from "../../src/views/start/geography";

describe("the map", () => {
  it("is turned so that a region across the date line stays in one piece", () => {
    expect(Math.abs(middleOf([170, -170]))).toBeCloseTo(180, 5);
    expect(middleOf([0, 20])).toBeCloseTo(10, 5);
    expect(middleOf([60, 100, 140, 180, -160])).toBeCloseTo(130, 5);
    expect(middleOf([])).toBe(0);
  });

  it("has a place for every state of the dataset, the smallest too", async () => {
    const world = await loadWorld();
    for (const code of ["798", "520", "570", "184", "296", "584", "583", "462", "702"]) {
      expect(world.places[code], code).toBeDefined();
    }
  });

  it("shows all that it is fitted to", async () => {
    const world = await loadWorld();
    const codes = new Set(["356", "036", "554", "882", "296"]);
    const projection = fitted(world, codes, 900, 500);
    for (const code of codes) {
      const place = world.places[code];
      const point = place && projection([place.longitude, place.latitude]);
      expect(point?.[0], code).toBeGreaterThanOrEqual(0);
      expect(point?.[0], code).toBeLessThanOrEqual(900);
      expect(point?.[1], code).toBeGreaterThanOrEqual(0);
      expect(point?.[1], code).toBeLessThanOrEqual(500);
    }
  });

  it("goes to the next state in the direction of the arrow", () => {
    const points = [
      [0, 0],
      [10, 1],
      [30, 0],
      [0, 10],
      [-5, 0],
    ] as const;
    expect(nextPoint(points, 0, [1, 0])).toBe(1);
    expect(nextPoint(points, 0, [0, 1])).toBe(3);
    expect(nextPoint(points, 0, [-1, 0])).toBe(4);
    expect(nextPoint(points, 2, [1, 0])).toBe(-1);
    expect(nextPoint([], 0, [1, 0])).toBe(-1);
  });
});
