import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type { Source } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";
import { describe, expect, it } from "vitest";

import { cell, toCsv } from "../../../src/views/relationships/files/csv";
import { documentOf, xml } from "../../../src/views/relationships/files/document";
import { toGraphml } from "../../../src/views/relationships/files/graphml";
import { toJson } from "../../../src/views/relationships/files/json";
import { crc, withTexts } from "../../../src/views/relationships/files/png";
import { toSvg } from "../../../src/views/relationships/files/svg";
import { Composer } from "../../../src/views/relationships/model/compose";
import type { Known } from "../../../src/views/relationships/model/compose";
import { filtered } from "../../../src/views/relationships/model/filters";
import { edge, node } from "./sample";

function sample(trafficLight = 1) {
  const answer: Known = {
    nodes: [
      node("states/IDN", 'In"do" & <nesia>'),
      node("instruments/a", "=A, the\nfirst", trafficLight),
    ],
    edges: [edge("SIGNED", "states/IDN", "instruments/a", { from: "2013-06" })],
  };
  const composition = new Composer().compose(
    [{ kind: "open", name: "states/IDN", types: [] }],
    new Map([["states/IDN", answer]]),
  );
  const date = { year: 2026, month: 2, day: 3 };
  return documentOf({
    shown: filtered(composition, { hidden: [], confidence: 0, date, across: false }),
    date,
    revision: "-REV",
    confidence: Confidence.SEEN,
    hidden: ["event"],
    address: "http://localhost/relationships?see=states/IDN*&date=2026-02-03",
    sources: [{ name: "sources/list", title: "The list", url: "https://list.example/" } as Source],
    speak: (one) => `${one.from} signed ${one.to}.`,
  });
}

// Reads RFC 4180, for these tests.
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)) {
    const [, value = "", end] = match;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}

describe("files", () => {
  it("say their date, their revision and their sources", () => {
    const document = sample();
    for (const text of [
      toJson(document),
      toGraphml(document),
      toSvg(document, () => "#123456").text,
    ]) {
      for (const part of ["2026-02-03", "REV", "The list", "https://list.example/"])
        expect(text).toContain(part);
    }
  });

  it("as a table have a row a statement, each cell as it was", () => {
    const [head, row, ...rest] = rowsOf(toCsv(sample()));
    expect(rest).toEqual([]);
    const cells = Object.fromEntries((head ?? []).map((title, at) => [title, row?.[at]]));
    expect(cells).toMatchObject({
      type: "SIGNED",
      from: "states/IDN",
      from_name: 'In"do" & <nesia>',
      to_name: "'=A, the\nfirst",
      valid_from: "2013-06",
      sources: "sources/list",
      source_titles: "The list",
      as_of: "2026-02-03",
      revision: "-REV",
      confidence: "seen",
    });
  });

  it("are no formulas to a program for tables", () => {
    expect(["=1+1", "+1", "-1", "@x", "a=1", "2013"].map(cell)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "a=1",
      "2013",
    ]);
  });

  it("escape what XML would read, and hold no character that it may not", () => {
    expect(xml('a<b>&"c\u0000\ud800')).toBe("a&lt;b&gt;&amp;&quot;c\ufffd\ufffd");
    expect(xml("😀\n")).toBe("😀\n");
    expect(toGraphml(sample())).toContain("In&quot;do&quot; &amp; &lt;nesia&gt;");
  });

  it("name the narrowest marking of what they hold", () => {
    expect(sample().marking).toBe("TLP:CLEAR");
    expect(sample(3).marking).toBe("TLP:AMBER");
    expect(toSvg(sample(3), () => "#123456").text).toContain("TLP:AMBER");
  });

  it("as PNG take texts behind the header, each with its sum", () => {
    // The sum of the PNG specification's own chunk `IEND`.
    expect(crc(new TextEncoder().encode("IEND"))).toBe(0xae426082);
    const header = [
      137,
      80,
      78,
      71,
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      73,
      72,
      68,
      82,
      ...Array<number>(17).fill(7),
    ];
    const end = [0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130];
    const png = withTexts(Uint8Array.from([...header, ...end]), { Title: "Ä" });
    expect([...png.slice(0, 33)]).toEqual(header);
    expect([...png.slice(-12)]).toEqual(end);
    const view = new DataView(png.buffer);
    const length = view.getUint32(33);
    expect(new TextDecoder().decode(png.slice(37, 41 + length))).toBe("iTXtTitle\0\0\0\0\0Ä");
    expect(view.getUint32(41 + length)).toBe(crc(png.slice(37, 41 + length)));
  });
});
