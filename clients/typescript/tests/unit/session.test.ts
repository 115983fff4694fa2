import type { MessageInitShape } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";

import { clientOn } from "../../src/client.js";
import type { GetNodeResponseSchema } from "../../src/gen/attlas/graph/v1/graph_service_pb.js";
import { GraphService } from "../../src/gen/attlas/graph/v1/graph_service_pb.js";
import { TrafficLight } from "../../src/gen/attlas/graph/v1/marking_pb.js";
import type { ReadOptions } from "../../src/gen/attlas/graph/v1/read_options_pb.js";
// Brings Node's random numbers.
import "../../src/node.js";
import { interceptorsOf } from "../../src/options.js";

// A service that answers when the test lets it, with the revision that the test gives.
function scripted() {
  const reads: (ReadOptions | undefined)[] = [];
  const answers: ((revision: string) => void)[] = [];
  const next = (): Promise<string> => new Promise((done) => answers.push(done));
  const client = clientOn((around) =>
    createRouterTransport(
      ({ service }) =>
        service(GraphService, {
          getNode: async (request): Promise<MessageInitShape<typeof GetNodeResponseSchema>> => {
            reads.push(request.read);
            return { revision: await next() };
          },
          commit: async () => ({ revision: await next() }),
          watch: async function* (request) {
            reads.push(request.read);
            yield { throughRevision: "w" };
          },
        }),
      { transport: { interceptors: interceptorsOf({}, around) } },
    ),
  );
  const answer = async (index: number, revision: string): Promise<void> => {
    await expect.poll(() => answers[index]).toBeDefined();
    answers[index]!(revision);
  };
  return { client, reads, answer };
}

const atLeast = (revision: string) => ({
  revision: { case: "atLeastRevision", value: revision },
});

describe("a session", () => {
  it("asks for what it saw last", async () => {
    const { client, reads, answer } = scripted();
    const session = client.session();
    const first = session.graph.getNode({ name: "a" });
    await answer(0, "1");
    await first;
    const second = session.graph.getNode({ name: "a" });
    await answer(1, "2");
    await second;
    expect(reads[0]?.revision.case).toBeUndefined();
    expect(reads[1]).toMatchObject(atLeast("1"));
    expect(session.revision).toBe("2");
  });

  it("does not go back by an answer that was asked before a change", async () => {
    const { client, reads, answer } = scripted();
    const session = client.session();
    const reading = session.graph.getNode({ name: "a" });
    await expect.poll(() => reads.length).toBe(1);
    const writing = session.graph.commit({});
    await answer(1, "5");
    await writing;
    await answer(0, "4");
    await reading;
    expect(session.revision).toBe("5");
  });

  it("leaves what a request says of itself", async () => {
    const { client, reads, answer } = scripted();
    const session = client.reading({ asOf: { year: 2020 }, ceiling: TrafficLight.GREEN }).session();
    const call = session.graph.getNode({
      name: "a",
      read: { revision: { case: "atRevision", value: "7" } },
    });
    await answer(0, "7");
    await call;
    expect(reads[0]).toMatchObject({
      revision: { case: "atRevision", value: "7" },
      asOf: { year: 2020 },
      ceiling: TrafficLight.GREEN,
    });
  });

  it("narrows Watch, and says nothing else of it", async () => {
    const { client, reads } = scripted();
    const view = client.reading({ asOf: { year: 2020 }, ceiling: TrafficLight.GREEN });
    for await (const _ of view.graph.watch({})) break;
    expect(reads[0]?.asOf).toBeUndefined();
    expect(reads[0]?.ceiling).toBe(TrafficLight.GREEN);
  });
});
