// Who may see a thing, by the Traffic Light Protocol 2.0.
import type { Marking } from "@attlas/client/gen/attlas/graph/v1/marking_pb";
import { TrafficLight } from "@attlas/client/gen/attlas/graph/v1/marking_pb";

const words: Partial<Record<TrafficLight, string>> = {
  [TrafficLight.UNSPECIFIED]: "TLP:CLEAR",
  [TrafficLight.CLEAR]: "TLP:CLEAR",
  [TrafficLight.GREEN]: "TLP:GREEN",
  [TrafficLight.AMBER]: "TLP:AMBER",
  [TrafficLight.AMBER_STRICT]: "TLP:AMBER+STRICT",
  [TrafficLight.RED]: "TLP:RED",
};
export const lightWord = (light: TrafficLight): string => words[light] ?? `TLP:(${light})`;

const meanings: Partial<Record<TrafficLight, string>> = {
  [TrafficLight.CLEAR]: "The world may see it.",
  [TrafficLight.GREEN]: "The community may see it.",
  [TrafficLight.AMBER]: "Your organization and its clients may see it, where they need to know.",
  [TrafficLight.AMBER_STRICT]: "Your organization alone may see it.",
  [TrafficLight.RED]: "The individual recipients alone may see it.",
};
export const lightMeaning = (light: TrafficLight): string =>
  meanings[light || TrafficLight.CLEAR] ?? "Ask before you share it.";

export const lights: readonly TrafficLight[] = [
  TrafficLight.CLEAR,
  TrafficLight.GREEN,
  TrafficLight.AMBER,
  TrafficLight.AMBER_STRICT,
  TrafficLight.RED,
];

// Whether the world may see it. What has no marking may be seen by all who got it.
export function isPublic(marking: Marking | undefined): boolean {
  return !marking || (marking.trafficLight <= TrafficLight.CLEAR && marking.space === "");
}

// The narrowest of several markings.
export function narrowest(markings: readonly (Marking | undefined)[]): TrafficLight {
  return markings.reduce<TrafficLight>(
    (narrow, marking) =>
      Math.max(narrow, marking?.trafficLight ?? 0, marking?.space ? TrafficLight.RED : 0),
    TrafficLight.CLEAR,
  );
}
