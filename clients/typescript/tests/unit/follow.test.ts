import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";

import { clientOn } from "../../src/client.js";
import { follow } from "../../src/follow.js";
import type {
  WatchRequest,
  WatchResponseSchema,
} from "../../src/gen/attlas/graph/v1/graph_service_pb.js";
import { GraphService } from "../../src/gen/attlas/graph/v1/graph_service_pb.js";

type Part = MessageInitShape<typeof WatchResponseSchema>;

const part = (throughRevision: string, ...changes: [string, string][]): Part => ({
  throughRevision,
  changes: changes.map(([revision, name]) => ({ revision, name })),
});

// What is told of streams that send these parts and then break.
async function told(streams: Part[][], wanted: number) {
  const asked: WatchRequest[] = [];
  const client = clientOn(() =>
    createRouterTransport(({ service }) =>
      service(GraphService, {
        watch: async function* (request) {
          asked.push(request);
          yield* streams[asked.length - 1] ?? [];
          throw new ConnectError("the server ends", Code.Unavailable);
        },
      }),
    ),
  );
  const found: [string, string[]][] = [];
  for await (const { revision, changes } of follow(client, { afterRevision: "0" })) {
    found.push([revision, changes.map((change) => change.name)]);
    if (found.length === wanted) break;
  }
  return { found, after: asked.map((request) => request.afterRevision) };
}

describe("following", () => {
  it("puts a revision together that spans messages", async () => {
    const { found } = await told(
      [[part("1", ["1", "a"], ["2", "b"]), part("1", ["2", "c"]), part("2", ["2", "d"])]],
      2,
    );
    expect(found).toEqual([
      ["1", ["a"]],
      ["2", ["b", "c", "d"]],
    ]);
  });

  it("drops a revision that was begun when the stream broke, and has it told anew", async () => {
    const { found, after } = await told(
      [[part("1", ["1", "a"], ["2", "b"])], [part("2", ["2", "b"], ["2", "c"])]],
      2,
    );
    expect(found).toEqual([
      ["1", ["a"]],
      ["2", ["b", "c"]],
    ]);
    expect(after).toEqual(["0", "1"]);
  });

  it("goes on after revisions that changed nothing in sight", async () => {
    const { found, after } = await told(
      [[part("1"), part("4")], [part("9", ["6", "a"]), part("9")], [part("7", ["7", "b"])]],
      2,
    );
    expect(found).toEqual([
      ["6", ["a"]],
      ["7", ["b"]],
    ]);
    expect(after).toEqual(["0", "4", "9"]);
  });
});
