import { CommitmentClass } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import { FindSynergiesResponseSchema } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";

import { joined, layFlow } from "../../src/views/brief/flow";

const node = (name: string) => ({ name, displayName: name });
const political = CommitmentClass.POLITICAL_SAME_GOODS;
const other = CommitmentClass.OTHER_GOODS;

// Two themes; unpoa carries the first, cwc both, for other goods.
const answer = create(FindSynergiesResponseSchema, {
  instruments: [{ instrument: node("unpoa") }, { instrument: node("cwc") }],
  themes: [
    {
      theme: node("brokering"),
      bestClass: political,
      targetProvisions: [{ provision: node("art-10") }, { provision: node("art-10") }],
      commitments: [
        { instrument: node("unpoa"), commitmentClass: political },
        { instrument: node("unpoa"), commitmentClass: other },
        { instrument: node("cwc"), commitmentClass: other },
      ],
    },
    {
      theme: node("control-list"),
      bestClass: other,
      targetProvisions: [{ provision: node("art-5") }],
      commitments: [{ instrument: node("cwc"), commitmentClass: other }],
    },
    {
      theme: node("reports"),
      bestClass: CommitmentClass.NEW,
      targetProvisions: [{ provision: node("art-13") }],
    },
  ],
});

describe("the flow picture", () => {
  const flow = layFlow(answer);

  it("has each instrument, theme and provision once", () => {
    expect(flow.instruments.map((one) => one.name)).toEqual(["unpoa", "cwc"]);
    expect(flow.themes.map((one) => one.name)).toEqual(["brokering", "control-list", "reports"]);
    expect(flow.provisions.map((one) => one.name)).toEqual(["art-10", "art-5", "art-13"]);
  });

  it("joins an instrument to a theme once, by its nearest commitment", () => {
    const lines = flow.commitments.map(({ from, to, value, best }) => ({ from, to, value, best }));
    expect(lines).toEqual([
      { from: "unpoa", to: "brokering", value: political, best: true },
      { from: "cwc", to: "brokering", value: other, best: false },
      { from: "cwc", to: "control-list", value: other, best: true },
    ]);
  });

  it("ends its lines at the rows", () => {
    const yOf = new Map(
      [...flow.instruments, ...flow.themes, ...flow.provisions].map((one) => [one.name, one.y]),
    );
    for (const link of [...flow.commitments, ...flow.asks]) {
      expect(link.fromY).toBe(yOf.get(link.from));
      expect(link.toY).toBe(yOf.get(link.to));
    }
  });

  it("lights what an instrument leads to, and nothing else", () => {
    expect([...joined(flow, "unpoa")].sort()).toEqual(["art-10", "brokering", "unpoa"]);
    expect([...joined(flow, "control-list")].sort()).toEqual(["art-5", "control-list", "cwc"]);
    expect([...joined(flow, "reports")].sort()).toEqual(["art-13", "reports"]);
  });

  it("is empty where the target has no provisions", () => {
    const empty = layFlow(create(FindSynergiesResponseSchema));
    expect([empty.themes, empty.commitments, empty.asks]).toEqual([[], [], []]);
    expect(empty.height).toBeGreaterThan(0);
  });
});
