// The client: one object with every service of Attlas.
import type { DescService } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { CallOptions, Client as Calls, Interceptor, Transport } from "@connectrpc/connect";
import { createClient as callsOf } from "@connectrpc/connect";

import { CooperationService } from "./gen/attlas/cooperation/v1/cooperation_service_pb.js";
import { EngagementService } from "./gen/attlas/engagement/v1/engagement_service_pb.js";
import { EvidenceService } from "./gen/attlas/evidence/v1/evidence_service_pb.js";
import { GraphService } from "./gen/attlas/graph/v1/graph_service_pb.js";
import type { ReadOptions } from "./gen/attlas/graph/v1/read_options_pb.js";
import { ReadOptionsSchema } from "./gen/attlas/graph/v1/read_options_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { InstrumentService } from "./gen/attlas/instruments/v1/instrument_service_pb.js";
import { SynergyService } from "./gen/attlas/synergy/v1/synergy_service_pb.js";
import { TransferService } from "./gen/attlas/transfers/v1/transfer_service_pb.js";
import { fillRead, joined } from "./requests.js";
import { wait } from "./retry.js";
import { Session } from "./session.js";
import { ending } from "./streams.js";

/** Which revision to read, and through which filter: the fields of `ReadOptions`. */
export type Reading = MessageInitShape<typeof ReadOptionsSchema>;

/** Makes the transport of a view of a client, given what is to be done around each call. */
export type TransportMaker = (around: readonly Interceptor[]) => Transport;

const services = {
  graph: GraphService,
  instruments: InstrumentService,
  synergies: SynergyService,
  cooperation: CooperationService,
  evidence: EvidenceService,
  engagement: EngagementService,
  transfers: TransferService,
} as const;

interface View {
  readonly make: TransportMaker;
  readonly close: () => void;
  readonly read: ReadOptions;
  readonly session?: Session;
  readonly waits?: boolean;
}

/**
 * Every service of Attlas. A method takes its request, whose fields may be left out, and
 * `CallOptions` with `signal`, `timeoutMs`, `headers`; it throws a ConnectError.
 */
export class Client {
  /** The graph itself: nodes, edges, paths, history, changes as they come. */
  readonly graph: Calls<typeof GraphService>;
  /** Who takes part in an instrument, how a state stands, reports and figures. */
  readonly instruments: Calls<typeof InstrumentService>;
  /** What a state already has on the themes of an instrument, and what would change. */
  readonly synergies: Calls<typeof SynergyService>;
  /** Agencies and their roles, who reaches whom, plans of meetings. */
  readonly cooperation: Calls<typeof CooperationService>;
  /** Concerns and what answers them, sources, search, what changed. */
  readonly evidence: Calls<typeof EvidenceService>;
  /** The work that reached states, and confidential spaces. */
  readonly engagement: Calls<typeof EngagementService>;
  /** Who exports arms to whom, by edition of published statistics. */
  readonly transfers: Calls<typeof TransferService>;

  readonly #view: View;

  /** @internal Use `createClient`. */
  constructor(view: View) {
    this.#view = view;
    const { session, read } = view;
    const around: Interceptor[] = [];
    if (session) around.push(session.learn);
    if (view.waits) around.push(wait);
    // What is closest to the call goes first: the caller, then this view, then the session.
    around.push(fillRead(() => joined(read, session?.read ?? {})));
    const transport = view.make(around);
    this.graph = serviceOn(services.graph, transport);
    this.instruments = serviceOn(services.instruments, transport);
    this.synergies = serviceOn(services.synergies, transport);
    this.cooperation = serviceOn(services.cooperation, transport);
    this.evidence = serviceOn(services.evidence, transport);
    this.engagement = serviceOn(services.engagement, transport);
    this.transfers = serviceOn(services.transfers, transport);
  }

  /** A view whose questions are asked so, where a request does not say otherwise in its `read`. */
  reading(reading: Reading): Client {
    const own = create(ReadOptionsSchema, reading);
    return new Client({ ...this.#view, read: joined(own, this.#view.read) });
  }

  /**
   * A view that sees its own changes, also where another daemon answers: each read asks for a
   * revision at least as late as the last one met. Changes of a session take turns.
   */
  session(): Client {
    return new Client({ ...this.#view, session: new Session() });
  }

  /** A view all of whose answers are of one revision; that of now where none is given. */
  async pinned(revision?: string, options?: CallOptions): Promise<Client> {
    const at = revision ?? (await this.graph.listNodes({ pageSize: 1 }, options)).revision;
    return this.reading({ revision: { case: "atRevision", value: at } });
  }

  /**
   * A view whose calls wait, within their time, for a server that is not there yet, or that stops and
   * starts again. A stream waits only to begin; without a deadline, for ever.
   */
  waiting(): Client {
    return new Client({ ...this.#view, waits: true });
  }

  /** The revision that this view is pinned to, or that its session has come to; else empty. */
  get revision(): string {
    const { read, session } = this.#view;
    if (read.revision.case === "atRevision") return read.revision.value;
    return session?.revision ?? "";
  }

  /** Ends the connections that are kept open. Calls under way fail. */
  close(): void {
    this.#view.close();
  }
}

/** A client without any choice made. */
export function clientOn(make: TransportMaker, close: () => void = () => undefined): Client {
  return new Client({ make, close, read: create(ReadOptionsSchema) });
}

type Stream = (request: unknown, options?: CallOptions) => AsyncIterable<unknown>;

/**
 * The calls of one service. A stream has no deadline unless it is given one, and its call ends once
 * nobody reads on.
 */
export function serviceOn<S extends DescService>(service: S, transport: Transport): Calls<S> {
  const calls = callsOf(service, transport) as Record<string, unknown>;
  for (const method of service.methods) {
    if (method.methodKind !== "server_streaming") continue;
    const stream = calls[method.localName] as Stream;
    const ended: Stream = (request, options) =>
      ending((signal) => stream(request, { timeoutMs: 0, ...options, signal }), options?.signal);
    calls[method.localName] = ended;
  }
  return calls as Calls<S>;
}
