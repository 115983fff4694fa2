import { SearchHitSchema } from "@attlas/client/gen/attlas/evidence/v1/search_pb";
import { GetStateProfileResponseSchema } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import {
  ParticipationStatus,
  StatusCountsSchema,
} from "@attlas/client/gen/attlas/instruments/v1/status_pb";
import { Code, ConnectError } from "@attlas/client/web";
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";

import { faultOf } from "../../src/api/fault";
import { countsByStatus, leading, nounOf } from "../../src/shared/counts";
import { begun, foundOf, grouped, named } from "../../src/shared/search/results";
import { momentsOf } from "../../src/views/brief/timeline";
import { pairs } from "../../src/views/compare/pairs";
import { monthsLater } from "../../src/views/convene/months";
import { possibleActs, readActs, writeActs } from "../../src/views/what-if/acts";
import { questions } from "../../src/views/questions/list";

describe("search", () => {
  it("looks for a word that is still being typed by its beginning", () => {
    expect(begun("indo")).toBe("indo*");
    expect(begun("arms trad")).toBe("arms trad*");
    expect([
      begun("a"),
      begun("indo "),
      begun('"end use"'),
      begun("customs -ja"),
      begun("  "),
    ]).toEqual(["a", "indo", '"end use"', "customs -ja", ""]);
  });

  it("puts what has the name before what speaks of it, and shows each once", () => {
    const nodes = [
      {
        name: "instruments/att",
        type: "instrument",
        displayName: "ATT",
        aliases: ["Arms Trade Treaty"],
      },
      { name: "states/CIV", type: "state", displayName: "Côte d’Ivoire", aliases: ["Ivory Coast"] },
    ];
    expect(named("cote", nodes, 5).map((one) => one.name)).toEqual(["states/CIV"]);
    expect(named("arms tr", nodes, 5).map((one) => one.name)).toEqual(["instruments/att"]);
    expect(named(" ", nodes, 5)).toEqual([]);
    const hits = [
      create(SearchHitSchema, { name: "instruments/att", type: "instrument" }),
      create(SearchHitSchema, { name: "states/IDN", type: "state" }),
    ].map(foundOf);
    const groups = grouped(named("att", nodes, 5), hits);
    expect(groups.map((group) => [group.title, group.hits.length])).toEqual([
      ["Instruments", 1],
      ["States", 1],
    ]);
  });
});

describe("supposed acts", () => {
  it("are read in their order, the last of several on one instrument", () => {
    const acts = readActs(["join:att", "leave:bwc", "nonsense", "burn:cwc", "sign:att", "join:"]);
    expect(writeActs(acts)).toEqual(["leave:bwc", "sign:att"]);
  });

  it("are offered only where a state can do them itself", () => {
    expect(possibleActs(ParticipationStatus.OUTSIDE)).toEqual(["join", "sign"]);
    expect(possibleActs(ParticipationStatus.SIGNATORY)).toEqual(["join", "leave"]);
    expect(possibleActs(ParticipationStatus.PARTY)).toEqual(["leave"]);
    expect(possibleActs(ParticipationStatus.ADDRESSED)).toEqual([]);
  });
});

describe("counts", () => {
  it("leave out what nobody is, and lead with parties where there may be any", () => {
    const att = create(StatusCountsSchema, { size: 40, parties: 0, signatories: 8, outside: 32 });
    expect(countsByStatus(att).map((one) => one.count)).toEqual([8, 32]);
    expect(leading(att)).toEqual({ status: ParticipationStatus.PARTY, count: 0 });
    const unpoa = create(StatusCountsSchema, { size: 40, addressed: 40 });
    expect(leading(unpoa)).toEqual({ status: ParticipationStatus.ADDRESSED, count: 40 });
    expect(nounOf({ status: ParticipationStatus.PARTY, count: 1 })).toBe("party");
  });
});

describe("profiles", () => {
  const profile = (status: ParticipationStatus) =>
    create(GetStateProfileResponseSchema, {
      instruments: [
        {
          instrument: { name: "instruments/att", displayName: "ATT" },
          status: {
            status,
            signedDate: { year: 2013, month: 9, day: 25 },
            depositDate: { year: 2022 },
            act: "ratification",
          },
        },
      ],
      concerns: [{ paraphrase: "paperwork", voicedDate: { year: 2021 } }],
    });

  it("are told as dated facts, latest first", () => {
    expect(momentsOf(profile(ParticipationStatus.PARTY)).map((one) => one.text)).toEqual([
      "Joined ATT (ratification)",
      "Voiced: paperwork",
      "Signed ATT",
    ]);
  });

  it("are set side by side", () => {
    const [pair] = pairs(profile(ParticipationStatus.PARTY), profile(ParticipationStatus.OUTSIDE));
    expect([pair?.same, pair?.unknown]).toEqual([false, false]);
    const unknown = profile(ParticipationStatus.UNKNOWN);
    expect(pairs(unknown, unknown)[0]).toMatchObject({ same: false, unknown: true });
    expect(
      pairs(profile(ParticipationStatus.PARTY), create(GetStateProfileResponseSchema)),
    ).toEqual([]);
  });
});

describe("faults", () => {
  it("tell what may pass from what will not", () => {
    expect(faultOf(new ConnectError("gone", Code.Unavailable)).passing).toBe(true);
    expect(faultOf(new TypeError("Failed to fetch")).title).toMatch(/does not answer/);
    const missing = faultOf(new ConnectError("there is no `states/XYZ`", Code.NotFound));
    expect(missing.passing).toBe(false);
    expect(missing.text).toBe("there is no states/XYZ");
  });
});

describe("the questions", () => {
  it("are 25, in order, each with one place where it is answered", () => {
    expect(questions.map((question) => question.number)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
    for (const question of questions)
      expect(Boolean(question.path) !== Boolean(question.load), question.text).toBe(true);
  });

  it("plan a meeting some months ahead across the turn of the year", () => {
    expect(monthsLater({ year: 2026, month: 11, day: 29 }, 3)).toEqual({
      year: 2027,
      month: 2,
      day: 1,
    });
    expect(monthsLater({ year: 2026, month: 0, day: 0 }, 0)).toEqual({
      year: 2026,
      month: 1,
      day: 1,
    });
  });
});
