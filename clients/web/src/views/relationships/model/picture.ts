// What a reader made of a picture: the steps by which it came to be, in their order, and what is
// filtered out of it. The same picture over the same graph is always drawn in the same way, so that
// it can be shared and gone back to.
import type { Day } from "../../../lib/dates";

export interface Point {
  x: number;
  y: number;
}

export type Step =
  // Puts a node into the picture.
  | { kind: "add"; name: string }
  // Shows what stands in a relation to a node; of these edge types alone, where there are any.
  | { kind: "open"; name: string; types: readonly string[] }
  // Takes away what only the opening of this node brought.
  | { kind: "close"; name: string }
  // Holds a node at a place.
  | { kind: "pin"; name: string; at: Point }
  // Holds it no longer; it stays where it is.
  | { kind: "free"; name: string }
  // Takes a node out of the picture.
  | { kind: "drop"; name: string };

export interface Picture {
  steps: readonly Step[];
  // Node and edge types that are not shown.
  hidden: readonly string[];
  // The lowest confidence that is shown, as a value of attlas.graph.v1.Confidence; 0 for any.
  confidence: number;
  // The day on which statements must hold; undefined for today.
  date: Day | undefined;
  // The two ends between which paths are looked for; empty where none is chosen yet.
  from: string;
  to: string;
  // Whether statements between two nodes of which neither was expanded are shown, too.
  across: boolean;
  // Whether paths may lead over groupings, such as "both belong to the same region set".
  groupings: boolean;
  // The path that is marked in the picture, counted from 1; 0 for none.
  lit: number;
}

export const emptyPicture: Picture = {
  steps: [],
  hidden: [],
  confidence: 0,
  date: undefined,
  from: "",
  to: "",
  across: false,
  groupings: false,
  lit: 0,
};

// Returns `steps` with one more. A pin that moves the node of the last step takes its place: a node
// that is dragged five times in a row is one step.
export function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  const last = steps.at(-1);
  const moves = step.kind === "pin" && last?.kind === "pin" && last.name === step.name;
  return [...(moves ? steps.slice(0, -1) : steps), step];
}

export function withSteps(picture: Picture, ...steps: readonly Step[]): Picture {
  return { ...picture, steps: steps.reduce(withStep, picture.steps) };
}

export function withHidden(picture: Picture, type: string, hidden: boolean): Picture {
  const others = picture.hidden.filter((one) => one !== type);
  return { ...picture, hidden: hidden ? [...others, type].sort() : others };
}

// Whether a step can be made only once it is known what stands around its node.
export const needsAnswer = (step: Step): boolean => step.kind === "add" || step.kind === "open";

// The names that steps speak of, each once, in order.
export function namesOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.map((step) => step.name))];
}
