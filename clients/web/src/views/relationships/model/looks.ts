// How a node of a type looks: a shape of its own, and the colour of its family. One table for the
// picture, the legend and the files, so that they cannot differ.

export type Family =
  | "place"
  | "instrument"
  | "body"
  | "agency"
  | "theme"
  | "concern"
  | "event"
  | "evidence";

export interface Look {
  // What people call one, and several.
  one: string;
  many: string;
  family: Family;
  // Corners as x and y by turns, from -1 to 1; none for a circle.
  corners: readonly number[];
}

function regular(count: number, turn = 0, inner = 1): number[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = ((index + turn) * 2 * Math.PI) / count - Math.PI / 2;
    const radius = index % 2 === 1 ? inner : 1;
    return [round(radius * Math.cos(angle)), round(radius * Math.sin(angle))];
  }).flat();
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const plus = [
  -0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1, -0.35, 0.35,
  -1, 0.35, -1, -0.35, -0.35, -0.35,
];

const looks: Readonly<Record<string, Look>> = {
  state: { one: "State", many: "States", family: "place", corners: [] },
  economy: { one: "Economy", many: "Economies", family: "place", corners: regular(8, 0.5) },
  territory: { one: "Territory", many: "Territories", family: "place", corners: regular(5) },
  instrument: {
    one: "Instrument",
    many: "Instruments",
    family: "instrument",
    corners: [-0.8, -1, 0.3, -1, 0.8, -0.5, 0.8, 1, -0.8, 1],
  },
  provision: {
    one: "Provision",
    many: "Provisions",
    family: "instrument",
    corners: [-1, -0.55, 1, -0.55, 1, 0.55, -1, 0.55],
  },
  reporting_duty: {
    one: "Reporting duty",
    many: "Reporting duties",
    family: "instrument",
    corners: [0, -1, 0.9, -0.2, 0.45, -0.2, 0.45, 1, -0.45, 1, -0.45, -0.2, -0.9, -0.2],
  },
  rule: { one: "Rule", many: "Rules", family: "instrument", corners: plus },
  organization: {
    one: "Organization",
    many: "Organizations",
    family: "body",
    corners: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  },
  grouping: { one: "Region set", many: "Region sets", family: "body", corners: regular(6) },
  agency: {
    one: "Agency",
    many: "Agencies",
    family: "agency",
    corners: [0, -1, 0.95, -0.25, 0.75, -0.25, 0.75, 0.9, -0.75, 0.9, -0.75, -0.25, -0.95, -0.25],
  },
  role: {
    one: "Role",
    many: "Roles",
    family: "agency",
    corners: [-1, -0.65, 0.35, -0.65, 1, 0, 0.35, 0.65, -1, 0.65],
  },
  theme: { one: "Theme", many: "Themes", family: "theme", corners: [0, -1, 1, 0, 0, 1, -1, 0] },
  concern_theme: {
    one: "Theme of concern",
    many: "Themes of concern",
    family: "concern",
    corners: [-0.5, -0.85, 0.5, -0.85, 1, 0, 0.5, 0.85, -0.5, 0.85, -1, 0],
  },
  challenge: {
    one: "Concern",
    many: "Concerns",
    family: "concern",
    corners: [0, -1, 1, 0.85, -1, 0.85],
  },
  security_context: {
    one: "Security context",
    many: "Security contexts",
    family: "concern",
    corners: [-1, -0.85, 1, -0.85, 0, 1],
  },
  armed_group: {
    one: "Armed group",
    many: "Armed groups",
    family: "concern",
    corners: regular(8, 0.5, 0.42),
  },
  event: { one: "Event", many: "Events", family: "event", corners: regular(10, 0, 0.48) },
  activity: { one: "Activity", many: "Activities", family: "event", corners: regular(8, 0, 0.45) },
  evidence: {
    one: "Publication",
    many: "Publications",
    family: "evidence",
    corners: [-0.55, -0.75, 1, -0.75, 0.55, 0.75, -1, 0.75],
  },
  figure: {
    one: "Figure",
    many: "Figures",
    family: "evidence",
    corners: [
      -0.9, 0.9, -0.9, 0.3, -0.3, 0.3, -0.3, -0.3, 0.3, -0.3, 0.3, -0.9, 0.9, -0.9, 0.9, 0.9,
    ],
  },
  dataset: {
    one: "Dataset",
    many: "Datasets",
    family: "evidence",
    corners: [-0.55, -0.8, 0.55, -0.8, 1, 0.8, -1, 0.8],
  },
  source: {
    one: "Source",
    many: "Sources",
    family: "evidence",
    corners: [-0.85, -0.9, 0.85, -0.9, 0.3, 0, 0.85, 0.9, -0.85, 0.9, -0.3, 0],
  },
  note: {
    one: "Note",
    many: "Notes",
    family: "evidence",
    corners: [-1, -0.8, 1, -0.8, 1, 0.4, 0, 0.4, -0.5, 1, -0.5, 0.4, -1, 0.4],
  },
};

const order = Object.keys(looks);

// The look of a type; one that this page was not made to know is a heptagon with its own name.
export function lookOf(type: string): Look {
  const name = type.replaceAll("_", " ");
  return looks[type] ?? { one: name, many: name, family: "evidence", corners: regular(7) };
}

// Where a type stands among the others; types that are not known stand last.
export function orderOfType(type: string): number {
  const at = order.indexOf(type);
  return at < 0 ? order.length : at;
}

// The types that have a look of their own.
export const knownTypes: readonly string[] = order;
