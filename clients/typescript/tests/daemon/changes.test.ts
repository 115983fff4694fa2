// Changes: seen by whoever made them, made once, followed across a restart.
import type { Client } from "@attlas/client";
import { createClient, ErrorReason, follow, hasReason, requestId } from "@attlas/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Server } from "./daemons.js";
import { makeEvent } from "./mutations.js";

let server: Server;
let attlas: Client;

beforeAll(async () => {
  server = new Server();
  await server.start();
  attlas = createClient(server.address);
});
afterAll(async () => {
  attlas?.close();
  await server?.remove();
});

describe("a session", () => {
  it("carries the revision of its own changes into its reads", async () => {
    const session = attlas.session();
    expect(session.revision).toBe("");
    const made = await session.graph.commit(makeEvent("own-change", "Own change"));
    expect(session.revision).toBe(made.revision);
    const read = await session.graph.getNode({ name: "events/own-change" });
    expect(read.node?.displayName).toBe("Own change");
    expect(read.revision).toBe(made.revision);
    expect(attlas.revision, "the client beside it carries nothing").toBe("");
  });

  it("lets its changes take turns and knows the last one", async () => {
    const session = attlas.session();
    const made = await Promise.all(
      ["turn-a", "turn-b", "turn-c"].map((id) => session.graph.commit(makeEvent(id))),
    );
    expect(session.revision).toBe(made.at(-1)?.revision);
    const read = await session.graph.batchGetNodes({
      names: ["events/turn-a", "events/turn-b", "events/turn-c"],
    });
    expect(read.nodes).toHaveLength(3);
  });

  it("is told plainly that a revision is of another store", async () => {
    const other = attlas.reading({
      revision: { case: "atLeastRevision", value: "no-such-token" },
    });
    const failed = await other.graph.getNode({ name: "states/IDN" }).catch((error) => error);
    expect(hasReason(failed, ErrorReason.REVISION_MALFORMED)).toBe(true);
  });
});

describe("a pinned view", () => {
  it("stays at its revision while others go on", async () => {
    const pinned = await attlas.pinned();
    const before = pinned.revision;
    await attlas.graph.commit(makeEvent("after-the-pin"));
    const failed = await pinned.graph.getNode({ name: "events/after-the-pin" }).catch((e) => e);
    expect(hasReason(failed, ErrorReason.RESOURCE_NOT_FOUND)).toBe(true);
    expect((await pinned.graph.listNodes({ pageSize: 1 })).revision).toBe(before);
    const now = await attlas.graph.getNode({ name: "events/after-the-pin" });
    const later = await attlas.pinned(now.revision);
    expect((await later.graph.getNode({ name: "events/after-the-pin" })).node?.name).toBe(
      "events/after-the-pin",
    );
  });

  it("lets a request say otherwise", async () => {
    const old = await attlas
      .reading({ asOf: { year: 2014, month: 1, day: 1 } })
      .instruments.getStatus({ instrument: "att" });
    expect(old.basis?.asOf?.year).toBe(2014);
    const own = await attlas
      .reading({ asOf: { year: 2014, month: 1, day: 1 } })
      .instruments.getStatus({ instrument: "att", read: { asOf: { year: 2020 } } });
    expect(own.basis?.asOf?.year).toBe(2020);
    expect(own.counts?.parties ?? 0).toBeGreaterThan(old.counts?.parties ?? 0);
  });
});

describe("a change", () => {
  it("is made once with the same request id, and refused with another body", async () => {
    const id = requestId();
    const first = await attlas.graph.commit({ ...makeEvent("once"), requestId: id });
    const again = await attlas.graph.commit({ ...makeEvent("once"), requestId: id });
    expect(again).toEqual(first);
    const other = await attlas.graph
      .commit({ ...makeEvent("twice"), requestId: id })
      .catch((error) => error);
    expect(hasReason(other, ErrorReason.REQUEST_ID_REUSED)).toBe(true);
  });

  it("leaves the request of the caller as it is", async () => {
    const request = makeEvent("untouched");
    const before = structuredClone(request);
    await attlas.graph.commit(request);
    expect(request).toEqual(before);
  });
});

describe("Import", () => {
  it("streams rows from Node and applies them as one", async () => {
    const node = makeEvent("imported").mutations?.[0]?.action?.value;
    const answer = await attlas.graph.import(
      (async function* () {
        yield { nodes: [node as never], reason: "a test" };
        yield { rowCount: 1n };
      })(),
    );
    expect(answer.rowErrors).toEqual([]);
    expect(Number(answer.createdCount)).toBe(1);
    expect((await attlas.graph.getNode({ name: "events/imported" })).node?.type).toBe("event");
  });
});

describe("following", () => {
  it("tells each revision once, across a server that dies and comes back", async () => {
    const start = (await attlas.graph.listNodes({ pageSize: 1 })).revision;
    const leaving = new AbortController();
    const told: { revision: string; names: string[] }[] = [];
    const made: { revision: string; names: string[] }[] = [];
    const make = async (id: string): Promise<void> => {
      const { revision, names } = await attlas.graph.commit(makeEvent(id));
      made.push({ revision, names });
    };
    let progress = (): void => undefined;
    const reading = (async () => {
      for await (const { revision, changes } of follow(
        attlas,
        { afterRevision: start, types: ["event"] },
        { signal: leaving.signal },
      )) {
        told.push({ revision, names: changes.map((change) => change.name) });
        progress();
      }
    })().catch((error: unknown) => error);
    const toldOf = (count: number): Promise<void> =>
      new Promise((done) => {
        progress = () => {
          if (told.length >= count) done();
        };
        progress();
      });

    await make("followed-a");
    await toldOf(1);
    await server.die();
    await server.start();
    await make("followed-b");
    await make("followed-c");
    await toldOf(3);
    expect(told).toEqual(made);
    leaving.abort();
    expect(await reading).toMatchObject({ code: 1 });
  });

  it("ends its call when nobody reads on", async () => {
    await attlas.graph.commit(makeEvent("read-and-left"));
    for await (const { changes } of follow(attlas, { fromEarliest: true })) {
      expect(changes.length).toBeGreaterThan(0);
      break;
    }
    // One more call has its own connection and is answered.
    expect((await attlas.graph.getNode({ name: "events/read-and-left" })).node).toBeDefined();
  });
});
