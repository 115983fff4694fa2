import { MarkingSchema, TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";

import { isPublic, lightMeaning, lights, lightWord, narrowest } from "../../src/lib/markings";

const marking = (trafficLight: TrafficLight, space = "") =>
  create(MarkingSchema, { trafficLight, space });

describe("markings", () => {
  it("are public only where the world may see it and no space holds it", () => {
    expect([undefined, marking(0), marking(TrafficLight.CLEAR)].map(isPublic)).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      [marking(TrafficLight.GREEN), marking(TrafficLight.CLEAR, "spaces/x")].map(isPublic),
    ).toEqual([false, false]);
  });

  it("add up to the narrowest", () => {
    expect(narrowest([])).toBe(TrafficLight.CLEAR);
    expect(narrowest([undefined, marking(TrafficLight.AMBER), marking(TrafficLight.GREEN)])).toBe(
      TrafficLight.AMBER,
    );
    expect(narrowest([marking(TrafficLight.CLEAR, "spaces/x")])).toBe(TrafficLight.RED);
  });

  it("have a word and a meaning each", () => {
    expect(new Set(lights.map(lightWord)).size).toBe(5);
    expect(new Set(lights.map(lightMeaning)).size).toBe(5);
  });
});
