// What goes wrong: errors with their details, deadlines, calls that are given up, servers that fail.
import type { Client } from "@attlas/client";
import {
  Code,
  ConnectError,
  createClient,
  ErrorReason,
  failureOf,
  hasReason,
} from "@attlas/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { Between, deadline, Server } from "./daemons.js";
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

const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("errors", () => {
  it("name what is missing, and what is near", async () => {
    const failure = failureOf(await thrownBy(attlas.instruments.getStatus({ instrument: "atx" })));
    expect(failure).toMatchObject({
      code: Code.NotFound,
      reason: ErrorReason.RESOURCE_NOT_FOUND,
      reasonName: "RESOURCE_NOT_FOUND",
      resource: "instruments/atx",
    });
    expect(failure.suggestions).toContain("instruments/att");
    expect(failure.message).toMatch(/instruments\/atx/);
  });

  it("name each field at fault", async () => {
    const request = makeEvent("bad");
    const node = request.mutations?.[0]?.action?.value as { properties: unknown[] };
    node.properties = [
      { name: "kind", value: { kind: { case: "text", value: "picnic" } } },
      { name: "size", value: { kind: { case: "text", value: "large" } } },
    ];
    const thrown = await thrownBy(attlas.graph.commit(request));
    const failure = failureOf(thrown);
    expect(failure.code).toBe(Code.InvalidArgument);
    expect(hasReason(thrown, ErrorReason.ONTOLOGY_VIOLATION)).toBe(true);
    expect(failure.fields.length).toBeGreaterThanOrEqual(2);
    for (const { field, description } of failure.fields) {
      expect(field).toMatch(/^mutations\[0\]\.create_node/);
      expect(description).not.toBe("");
    }
  });

  it("name what is in the way", async () => {
    await attlas.graph.commit(makeEvent("in-the-way"));
    const failure = failureOf(await thrownBy(attlas.graph.commit(makeEvent("in-the-way"))));
    expect(failure).toMatchObject({
      code: Code.AlreadyExists,
      reason: ErrorReason.RESOURCE_ALREADY_EXISTS,
      resource: "events/in-the-way",
    });
  });

  it("come from streams as well", async () => {
    const thrown = await thrownBy(
      (async () => {
        for await (const _ of attlas.graph.traverse({ startNodes: ["states/XQX"] })) break;
      })(),
    );
    expect(failureOf(thrown)).toMatchObject({
      code: Code.NotFound,
      reason: ErrorReason.RESOURCE_NOT_FOUND,
    });
  });

  it("of anything else are said without details", () => {
    expect(failureOf(new Error("no call at all"))).toMatchObject({
      reason: ErrorReason.UNSPECIFIED,
      reasonName: "",
      fields: [],
      suggestions: [],
    });
    expect(hasReason(undefined, ErrorReason.UNSPECIFIED)).toBe(false);
  });
});

describe("time", () => {
  const long = {
    patterns: [
      {
        start: { types: ["state"] },
        hops: [{}, {}, {}, {}],
      },
    ],
    maxPaths: 100_000,
  };

  it("runs out for a call that takes too long", async () => {
    const failure = failureOf(await thrownBy(attlas.graph.matchPaths(long, { timeoutMs: 1 })));
    expect(failure.code).toBe(Code.DeadlineExceeded);
  });

  it("is that of the client where a call says nothing", async () => {
    const hasty = createClient(server.address, { timeoutMs: 1 });
    expect(failureOf(await thrownBy(hasty.graph.matchPaths(long))).code).toBe(
      Code.DeadlineExceeded,
    );
    hasty.close();
  });

  it("does not end a stream that was given none", async () => {
    const hasty = createClient(server.address, { timeoutMs: 1 });
    let changes = 0;
    for await (const part of hasty.graph.watch({ fromEarliest: true })) {
      changes += part.changes.length;
      if (changes > 0) break;
    }
    expect(changes).toBeGreaterThan(0);
    hasty.close();
  });
});

describe("a call that is given up", () => {
  it("ends at once, before it is sent or while it runs", async () => {
    const gone = AbortSignal.abort();
    expect(
      failureOf(await thrownBy(attlas.graph.getNode({ name: "states/IDN" }, { signal: gone })))
        .code,
    ).toBe(Code.Canceled);
    const leaving = new AbortController();
    const watching = thrownBy(
      (async () => {
        for await (const part of attlas.graph.watch(
          { fromEarliest: true },
          { signal: leaving.signal },
        ))
          if (part.throughRevision !== "") leaving.abort();
      })(),
    );
    expect(failureOf(await watching).code).toBe(Code.Canceled);
  });
});

describe("a server that fails", () => {
  let between: Between;
  let through: Client;
  beforeEach(async () => {
    between = new Between(() => server.address);
    through = createClient(await between.start());
  });
  afterEach(async () => {
    through.close();
    await between.stop();
  });

  it("is asked again as the service config says", async () => {
    between.fates.push("refuse", "refuse");
    expect((await through.graph.getNode({ name: "states/IDN" })).node?.name).toBe("states/IDN");
    expect(between.asked).toHaveLength(3);
  });

  it("is asked four times and no more", async () => {
    between.fates.push("refuse", "refuse", "refuse", "refuse", "refuse");
    const thrown = await thrownBy(through.graph.getNode({ name: "states/IDN" }));
    expect(failureOf(thrown).code).toBe(Code.Unavailable);
    expect(between.asked).toHaveLength(4);
  });

  it("is asked again where it cancels what the caller did not", async () => {
    between.fates.push("cancel", "refuse", "cancel");
    expect((await through.graph.getNode({ name: "states/IDN" })).node?.name).toBe("states/IDN");
    expect(between.asked).toHaveLength(4);
    between.fates.push("cancel", "cancel", "cancel", "cancel");
    const thrown = await thrownBy(through.graph.getNode({ name: "states/IDN" }));
    expect(failureOf(thrown).code).toBe(Code.Unavailable);
    expect(between.asked).toHaveLength(8);
  });

  it("is asked as often as it takes by who waits", async () => {
    between.fates.push("refuse", "refuse", "cancel", "refuse", "refuse");
    const waiting = through.waiting();
    expect((await waiting.graph.getNode({ name: "states/IDN" })).node?.name).toBe("states/IDN");
    expect(between.asked).toHaveLength(6);
  });

  it("is waited for no longer than the call may take", async () => {
    for (let call = 0; call < 1000; call += 1) between.fates.push("refuse");
    const asking = through.waiting().graph.getNode({ name: "states/IDN" }, { timeoutMs: 1000 });
    expect(failureOf(await thrownBy(asking)).code).toBe(Code.DeadlineExceeded);
  });

  it("has a stream begun again that did not begin", async () => {
    between.fates.push("refuse");
    const names: string[] = [];
    for await (const part of through.graph.traverse({ startNodes: ["states/IDN"], maxDepth: 1 }))
      names.push(...part.visits.map((visit) => visit.node?.name ?? ""));
    expect(names[0]).toBe("states/IDN");
    expect(between.asked).toHaveLength(2);
  });

  it("makes a change once, though the answer was lost and it was sent twice", async () => {
    between.fates.push("break");
    const made = await through.graph.commit(makeEvent("answer-lost"));
    expect(between.asked).toHaveLength(2);
    const history = await attlas.graph.getHistory({ name: "events/answer-lost" });
    expect(history.changes).toHaveLength(1);
    expect(history.changes[0]?.revision).toBe(made.revision);
  });

  it("is not asked again for what was not found", async () => {
    const thrown = await thrownBy(through.graph.getNode({ name: "states/XQX" }));
    expect(thrown).toBeInstanceOf(ConnectError);
    expect(between.asked).toHaveLength(1);
  });

  it("fails no read of who waits while it stops and starts again", async () => {
    const waiting = attlas.waiting();
    const answers = [0, 0, 0, 0];
    let over = false;
    const readers = answers.map(async (_, reader) => {
      while (!over) {
        await waiting.graph.getNode({ name: "states/IDN" }, { timeoutMs: deadline });
        answers[reader]! += 1;
      }
    });
    const all = Promise.all(readers);
    const goOn = async (): Promise<void> => {
      const before = [...answers];
      const went = vi.waitFor(
        () => expect(answers.every((count, reader) => count > before[reader]!)).toBe(true),
        { timeout: deadline },
      );
      await Promise.race([went, all]);
    };
    for (let round = 0; round < 3; round += 1) {
      await goOn();
      await server.stop();
      await server.start();
    }
    await goOn();
    over = true;
    await all;
  });

  it("is said to be gone, and found again when it is back", async () => {
    expect((await attlas.graph.getNode({ name: "states/IDN" })).node).toBeDefined();
    await server.die();
    expect(failureOf(await thrownBy(attlas.graph.getNode({ name: "states/IDN" }))).code).toBe(
      Code.Unavailable,
    );
    await server.start();
    expect((await attlas.graph.getNode({ name: "states/IDN" })).node).toBeDefined();
  });
});
