// A picture in the query of an address, compactly:
//
//   see=states/IDN*+FJI+instruments/att:120:-40+organizations/un*MEMBER_OF
//
// Steps are separated by spaces, which a query writes as `+`. A name without a collection is of the
// collection before it. `*` opens, `:x:y` pins, `:free`, `:close` and `:drop` are what they say.
import type { Changes } from "../../../app/context";
import { parseDate } from "../../../lib/dates";
import { collectionOf, idOf } from "../../../lib/names";
import type { Picture, Step } from "./picture";
import { emptyPicture } from "./picture";

// The words for grades of confidence, by their number.
const grades = ["", "unverified", "recalled", "subject-seen", "seen"];

// Ids hold none of these as a rule; where one does, it must not be read as a sign.
const escape = (id: string): string =>
  id.replace(/[*:+%\s/]/g, (sign) => (sign === "*" ? "%2A" : encodeURIComponent(sign)));

function unescape(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function signOf(step: Step): string {
  switch (step.kind) {
    case "add":
      return "";
    case "open":
      return ["", ...step.types].join("*") || "*";
    case "pin":
      return `:${Math.round(step.at.x)}:${Math.round(step.at.y)}`;
    default:
      return `:${step.kind}`;
  }
}

export function writeSteps(steps: readonly Step[]): string {
  let collection = "";
  return steps
    .map((step) => {
      const own = collectionOf(step.name);
      const prefix = own === collection ? "" : `${own}/`;
      collection = own;
      return prefix + escape(idOf(step.name)) + signOf(step);
    })
    .join(" ");
}

function readStep(name: string, sign: string): Step | undefined {
  if (sign === "") return { kind: "add", name };
  if (sign.startsWith("*")) {
    const types = sign.split("*").filter((type) => /^[A-Z][A-Z0-9_]*$/.test(type));
    return { kind: "open", name, types };
  }
  const pin = /^:(-?\d{1,7}):(-?\d{1,7})$/.exec(sign);
  if (pin) return { kind: "pin", name, at: { x: Number(pin[1]), y: Number(pin[2]) } };
  const word = sign.slice(1);
  return word === "free" || word === "close" || word === "drop" ? { kind: word, name } : undefined;
}

// Reads what writeSteps wrote; what is no step is passed over, since people cut addresses short.
export function readSteps(text: string): Step[] {
  let collection = "";
  return text
    .split(" ")
    .filter(Boolean)
    .flatMap((entry) => {
      const at = entry.search(/[*:]/);
      const name = at < 0 ? entry : entry.slice(0, at);
      const slash = name.indexOf("/");
      if (slash >= 0) collection = name.slice(0, slash);
      const id = unescape(name.slice(slash + 1));
      if (!collection || !id) return [];
      const step = readStep(`${collection}/${id}`, at < 0 ? "" : entry.slice(at));
      return step ? [step] : [];
    });
}

// The picture as values of the query, without the names that `open` refuses: what is confidential
// never stands in an address.
export function writePicture(picture: Picture, open: (name: string) => boolean): Changes {
  const end = (name: string): string => (name && open(name) ? name : "");
  return {
    see: writeSteps(picture.steps.filter((step) => open(step.name))),
    hide: picture.hidden.join(" "),
    sure: grades[picture.confidence] ?? "",
    date: picture.date,
    from: end(picture.from),
    to: end(picture.to),
    between: picture.across ? "all" : "",
    over: picture.groupings ? "groupings" : "",
    lit: picture.lit > 0 ? String(picture.lit) : "",
  };
}

export function readPicture(query: URLSearchParams): Picture {
  const text = (name: string): string => query.get(name) ?? "";
  return {
    ...emptyPicture,
    steps: readSteps(text("see")),
    hidden: text("hide")
      .split(" ")
      .filter((type) => /^\w+$/.test(type))
      .sort(),
    confidence: Math.max(grades.indexOf(text("sure")), 0),
    date: parseDate(text("date")),
    from: text("from"),
    to: text("to"),
    across: text("between") === "all",
    groupings: text("over") === "groupings",
    lit: /^\d{1,2}$/.test(text("lit")) ? Number(text("lit")) : 0,
  };
}
