import { describe, expect, it } from "vitest";

import { Numbering, formatNumbers, sourcesOf } from "../../src/lib/citations";
import { sentenceOf } from "../../src/lib/sentences";
import { listed, statusWord } from "../../src/lib/words";

describe("citations", () => {
  it("give each source one number, in the order of first use", () => {
    const numbering = new Numbering();
    expect([
      numbering.numberOf("sources/b"),
      numbering.numberOf("sources/a"),
      numbering.numberOf("sources/b"),
    ]).toEqual([1, 2, 1]);
    expect(numbering.sources()).toEqual(["sources/b", "sources/a"]);
  });

  it("collect the sources of several statements once", () => {
    const statements = new Map([
      [
        "edges/1",
        { name: "edges/1", citations: [{ source: "sources/a" }, { source: "sources/b" }] },
      ],
      ["edges/2", { name: "edges/2", citations: [{ source: "sources/b" }] }],
    ]);
    expect(sourcesOf(["edges/2", "edges/1", "edges/missing"], statements)).toEqual([
      "sources/b",
      "sources/a",
    ]);
  });

  it("join runs of three or more", () => {
    expect(formatNumbers([7, 1, 2, 3])).toBe("1–3, 7");
    expect(formatNumbers([1, 2])).toBe("1, 2");
    expect(formatNumbers([4, 4])).toBe("4");
    expect(formatNumbers([])).toBe("");
  });
});

describe("words", () => {
  it("speak a statement by the pattern of its type", () => {
    const labels = new Map([["states/PHL", "Philippines"]]);
    const statement = { type: "CONSENTED_TO", from: "states/PHL", to: "instruments/att" };
    expect(sentenceOf(statement, "{from} consented to be bound by {to}.", labels)).toBe(
      "Philippines consented to be bound by instruments/att.",
    );
    expect(sentenceOf(statement, undefined, labels)).toBe(
      "Philippines consented to instruments/att.",
    );
  });

  it("show a value that is newer than the page as it is", () => {
    expect(statusWord(Number("99"))).toBe("(99)");
  });

  it("list with commas and a final and", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
  });
});
