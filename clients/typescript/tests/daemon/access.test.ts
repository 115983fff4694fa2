// Who calls: tokens over TLS, how a used-up one is replaced, spaces, and certificates.
import { Code, createClient, ErrorReason, failureOf, hasReason, items } from "@attlas/client";
import type { Client, NodeOptions } from "@attlas/client";
import { NoteKind } from "@attlas/client/gen/attlas/engagement/v1/note_pb";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { secureServer, tokenOf } from "./daemons.js";
import { makeEvent } from "./mutations.js";

const { server, authority } = secureServer();
const open: Client[] = [];

function clientOf(options: NodeOptions): Client {
  const client = createClient(server.address, {
    tls: { authorities: authority().certificate },
    ...options,
  });
  open.push(client);
  return client;
}

beforeAll(() => server.start());
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(() => server.remove());

const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("TLS", () => {
  it("is there, and a server that nobody vouches for is not believed", async () => {
    expect(server.address).toMatch(/^https:/);
    const client = clientOf({ tls: true });
    const failure = failureOf(await thrownBy(client.graph.getNode({ name: "states/IDN" })));
    expect(failure.code).not.toBe(Code.NotFound);
    expect(failure.message).toMatch(/certificate/i);
  });

  it("is asked for where a token would go over the net without it", () => {
    expect(() => createClient("http://attlas.example", { token: "secret" })).toThrow(/without TLS/);
    expect(() => createClient("http://attlas.example", { tls: true })).toThrow(/without TLS/);
    createClient("http://127.0.0.1:1", { token: "secret" }).close();
  });
});

describe("a token", () => {
  it("says who calls, and what they may", async () => {
    const ana = clientOf({ token: tokenOf("ana") });
    expect((await ana.graph.commit(makeEvent("by-ana"))).names).toEqual(["events/by-ana"]);
    const rita = clientOf({ token: tokenOf("rita") });
    expect((await rita.graph.getNode({ name: "events/by-ana" })).node).toBeDefined();
    const refused = await thrownBy(rita.graph.commit(makeEvent("by-rita")));
    expect(failureOf(refused).code).toBe(Code.PermissionDenied);
    expect(hasReason(refused, ErrorReason.ROLE_INSUFFICIENT)).toBe(true);
  });

  it("that is none is refused, in streams too", async () => {
    const nobody = clientOf({ token: "not.a.token" });
    const thrown = await thrownBy(nobody.graph.getNode({ name: "states/IDN" }));
    expect(failureOf(thrown).code).toBe(Code.Unauthenticated);
    const streamed = await thrownBy(
      (async () => {
        for await (const _ of nobody.graph.export({})) break;
      })(),
    );
    expect(failureOf(streamed).code).toBe(Code.Unauthenticated);
  });

  it("that is used up is replaced once, for all calls that showed it", async () => {
    const old = tokenOf("ana", 3600);
    const refusals: (string | undefined)[] = [];
    let kept = old;
    const ana = clientOf({
      token: async (refused) => {
        if (refused !== undefined) {
          refusals.push(refused);
          kept = tokenOf("ana");
        }
        return kept;
      },
    });
    const answers = await Promise.all(
      ["states/IDN", "states/PHL", "states/FJI"].map((name) => ana.graph.getNode({ name })),
    );
    expect(answers.map((answer) => answer.node?.name)).toEqual([
      "states/IDN",
      "states/PHL",
      "states/FJI",
    ]);
    expect(new Set(refusals)).toEqual(new Set([old]));
    kept = old;
    let nodes = 0;
    for await (const part of ana.graph.export({ types: ["theme"] })) nodes += part.nodes.length;
    expect(nodes).toBeGreaterThan(0);
  });

  it("that cannot be had is said as such", async () => {
    const client = clientOf({
      token: () => Promise.reject(new Error("the login service is closed")),
    });
    const failure = failureOf(await thrownBy(client.graph.getNode({ name: "states/IDN" })));
    expect(failure.code).toBe(Code.Unauthenticated);
    expect(failure.message).toMatch(/login service is closed/);
  });
});

describe("a space", () => {
  it("is there for its members alone", async () => {
    const ana = clientOf({ token: tokenOf("ana") }).session();
    const ben = clientOf({ token: tokenOf("ben") });
    const rita = clientOf({ token: tokenOf("rita") });
    const { space } = await ana.engagement.createSpace({
      space: {
        displayName: "A quiet room",
        purpose: "to try",
        retentionDays: 5,
        members: [{ principal: "token:https://login.example#ben" }],
      },
    });
    const name = space?.name ?? "";
    const posted = await ben.engagement.postToSpace({
      space: name,
      kind: NoteKind.NOTE,
      text: "said in confidence",
    });
    expect(posted.speakerKey).not.toBe("");
    await ben.engagement.setAttribution({
      space: name,
      note: posted.name,
      speakerKey: posted.speakerKey,
      attribution: { text: "A ministry" },
    });
    const notes = [];
    for await (const note of items(ana.engagement.listNotes, { space: name, pageSize: 1 }, "notes"))
      notes.push(note);
    expect(notes.map((note) => [note.text, note.attribution?.text])).toEqual([
      ["said in confidence", "A ministry"],
    ]);
    expect((await ben.engagement.getSpace({ name })).space?.displayName).toBe("A quiet room");
    const hidden = await thrownBy(rita.engagement.getSpace({ name }));
    expect(failureOf(hidden).code).toBe(Code.NotFound);
    expect(failureOf(hidden).reason).toBe(ErrorReason.RESOURCE_NOT_FOUND);
    const closed = await ana.engagement.closeSpace({ space: name, erase: true });
    expect(Number(closed.erasedCount)).toBeGreaterThan(0);
  });
});

describe("a certificate", () => {
  it("is shown, and counts for as much as the policy says", async () => {
    const { certificate, clientCertificate, clientKey } = authority();
    const known = clientOf({
      tls: { authorities: certificate, certificate: clientCertificate, key: clientKey },
    });
    // The policy grants nothing to this one: it is known, and refused for that.
    const thrown = await thrownBy(known.graph.commit(makeEvent("by-certificate")));
    expect([Code.PermissionDenied, Code.Unauthenticated]).toContain(failureOf(thrown).code);
    const nobody = clientOf({});
    expect((await nobody.graph.getNode({ name: "states/IDN" })).node).toBeDefined();
  });
});
