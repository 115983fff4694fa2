// Every service answers through the client what it answers without it.
import type { DescService, JsonObject, Message } from "@bufbuild/protobuf";
import { equals, fromJson } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Client } from "@attlas/client";
import { createClient, items, pages } from "@attlas/client";
import { CooperationService } from "@attlas/client/gen/attlas/cooperation/v1/cooperation_service_pb";
import { EngagementService } from "@attlas/client/gen/attlas/engagement/v1/engagement_service_pb";
import { EvidenceService } from "@attlas/client/gen/attlas/evidence/v1/evidence_service_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { Direction } from "@attlas/client/gen/attlas/graph/v1/subgraph_pb";
import { InstrumentService } from "@attlas/client/gen/attlas/instruments/v1/instrument_service_pb";
import { SynergyService } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";
import { TransferService } from "@attlas/client/gen/attlas/transfers/v1/transfer_service_pb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Server } from "./daemons.js";
import { ofSpaces, questions } from "./questions.js";

const services: Record<string, DescService> = {
  graph: GraphService,
  instruments: InstrumentService,
  synergies: SynergyService,
  cooperation: CooperationService,
  evidence: EvidenceService,
  engagement: EngagementService,
  transfers: TransferService,
};

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

// A page token is sealed anew in each answer.
function sealed(answer: Message): Message {
  if ("nextPageToken" in answer && answer.nextPageToken !== "") answer.nextPageToken = "sealed";
  return answer;
}

type Ask = (request: unknown) => Promise<Message>;

for (const [name, service] of Object.entries(services)) {
  describe(name, () => {
    const asked = service.methods.filter(
      (method) =>
        method.methodKind === "unary" &&
        method.idempotency === Idempotency.NO_SIDE_EFFECTS &&
        !ofSpaces.has(method.localName),
    );
    for (const method of asked) {
      it(`${method.name} answers what the service says`, async () => {
        const request = questions[name]?.[method.localName];
        expect(request, "each question has its row in questions.ts").toBeDefined();
        const calls = attlas[name as "graph"] as unknown as Record<string, Ask>;
        const answer = await calls[method.localName]!(
          fromJson(method.input, request as JsonObject),
        );
        const json = await server.call(`${service.typeName}/${method.name}`, request);
        const said = fromJson(method.output, json as JsonObject);
        expect(equals(method.output, sealed(answer), sealed(said))).toBe(true);
        expect((answer as Message & { revision: string }).revision).not.toBe("");
      });
    }
  });
}

describe("listings", () => {
  it("go on page by page, all of one revision, to their end", async () => {
    const request = { selector: { types: ["state"] }, pageSize: 50 };
    const names: string[] = [];
    const revisions = new Set<string>();
    let count = 0;
    for await (const page of pages(attlas.graph.listNodes, request)) {
      count += 1;
      revisions.add(page.revision);
      names.push(...page.nodes.map((node) => node.name));
    }
    const whole = await attlas.graph.listNodes({ ...request, pageSize: 1000 });
    expect(names).toEqual(whole.nodes.map((node) => node.name));
    expect(count).toBe(Math.ceil(names.length / 50));
    expect(revisions.size).toBe(1);
  });

  it("go on item by item, and ask for no page that nobody wants", async () => {
    let asked = 0;
    const counting: typeof attlas.graph.listNodes = (request, options) => {
      asked += 1;
      return attlas.graph.listNodes(request, options);
    };
    const names: string[] = [];
    for await (const node of items(counting, { pageSize: 10 }, "nodes")) {
      names.push(node.name);
      if (names.length === 15) break;
    }
    expect(new Set(names).size).toBe(15);
    expect(asked).toBe(2);
  });
});

describe("streams", () => {
  it("Traverse visits what lies around a node", async () => {
    const near = await attlas.graph.getNeighborhood({ node: "instruments/att", maxNodes: 5000 });
    const visited = new Set<string>();
    for await (const part of attlas.graph.traverse({
      startNodes: ["instruments/att"],
      maxDepth: 1,
      direction: Direction.EITHER,
      namesOnly: true,
    }))
      for (const visit of part.visits) visited.add(visit.node?.name ?? "");
    expect(visited.size).toBeGreaterThan(10);
    for (const node of near.subgraph?.nodes ?? []) expect(visited).toContain(node.name);
  });

  it("Export gives the graph as the statistics count it", async () => {
    const { counts } = await countsOf(attlas);
    let nodes = 0;
    let edges = 0;
    let ontologies = 0;
    for await (const part of attlas.graph.export({})) {
      nodes += part.nodes.length;
      edges += part.edges.length;
      if (part.ontology) ontologies += 1;
    }
    expect({ nodes, edges }).toEqual(counts);
    expect(ontologies).toBe(1);
  });
});

async function countsOf(client: Client): Promise<{ counts: { nodes: number; edges: number } }> {
  const answer = await client.graph.getStatistics({});
  const sum = (rows: readonly { count: bigint }[]): number =>
    rows.reduce((total, row) => total + Number(row.count), 0);
  return { counts: { nodes: sum(answer.nodeCounts), edges: sum(answer.edgeCounts) } };
}
