// Changes as they are committed, whole revisions at a time, across breaks of the connection.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";

import type { Client } from "./client.js";
import type { WatchRequestSchema } from "./gen/attlas/graph/v1/graph_service_pb.js";
import type { Change } from "./gen/attlas/graph/v1/history_pb.js";
import { pause } from "./retry.js";

/** What one revision changed. */
export interface Changes {
  /** The revision; one goes on after it. */
  readonly revision: string;
  /** All that it changed, as far as the caller may see it. */
  readonly changes: readonly Change[];
}

const firstPauseMs = 200;
const longestPauseMs = 10_000;

/**
 * Follows the graph after `request.afterRevision`, or from now on, for as long as it is read. Each
 * revision comes once, and only when it is complete. Where the server stops or the connection breaks
 * it is resumed, with pauses that grow; other errors are thrown. `signal` ends it with an error.
 *
 * @example
 * for await (const { revision, changes } of follow(attlas, { afterRevision })) await take(changes);
 */
export async function* follow(
  client: Pick<Client, "graph">,
  request: MessageInitShape<typeof WatchRequestSchema> = {},
  options?: CallOptions,
): AsyncGenerator<Changes> {
  let after = request.afterRevision ?? "";
  // Without a beginning of its own, a stream that breaks before it said anything would lose changes.
  if (after === "" && !request.fromEarliest) after = await latest(client, options);
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.6, longestPauseMs)) {
    const asked = { ...request, afterRevision: after, fromEarliest: after === "" };
    // A revision of which more may come. It is told anew once the stream is resumed.
    let begun: { revision: string; changes: Change[] } | undefined;
    try {
      for await (const part of client.graph.watch(asked, options)) {
        pauseMs = firstPauseMs;
        for (const change of part.changes) {
          if (begun && change.revision !== begun.revision) {
            after = begun.revision;
            yield begun;
            begun = undefined;
          }
          begun ??= { revision: change.revision, changes: [] };
          begun.changes.push(change);
        }
        // What follows a revision that spans messages is more of it, never a sign of life.
        if (begun && (part.throughRevision === begun.revision || part.changes.length === 0)) {
          after = begun.revision;
          yield begun;
          begun = undefined;
        }
        if (!begun) after = part.throughRevision;
      }
    } catch (thrown) {
      if (ConnectError.from(thrown).code !== Code.Unavailable) throw thrown;
    }
    await pause(pauseMs, options?.signal);
  }
}

async function latest(client: Pick<Client, "graph">, options?: CallOptions): Promise<string> {
  return (await client.graph.listNodes({ pageSize: 1 }, options)).revision;
}
