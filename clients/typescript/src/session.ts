// The revisions that a client has met, carried from call to call.
import type { DescMethod, Message } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { Interceptor } from "@connectrpc/connect";

import type { ReadOptions } from "./gen/attlas/graph/v1/read_options_pb.js";

/**
 * What a reader has seen of the graph. Tokens of revisions cannot be compared, so that the rules are:
 * an answer moves it on where it was asked with what was seen last, as the service then read that
 * revision or a later one; a change of one's own always does.
 */
export class Session {
  #seen = "";
  #turn: Promise<unknown> = Promise.resolve();

  /** The revision that was seen last; empty for none. */
  get revision(): string {
    return this.#seen;
  }

  /** What a read must have reached. */
  get read(): Partial<ReadOptions> {
    if (this.#seen === "") return {};
    return { revision: { case: "atLeastRevision", value: this.#seen } };
  }

  /** Learns from the answers of `next`. Changes take turns, so that the last one is known. */
  readonly learn: Interceptor = (next) => async (request) => {
    if (request.stream) return next(request);
    if (!changes(request.method)) {
      const asked = this.#seen;
      const response = await next(request);
      if (!response.stream && this.#seen === asked) this.#see(response.message);
      return response;
    }
    const before = this.#turn;
    let done = (): void => undefined;
    this.#turn = new Promise<void>((resolve) => (done = resolve));
    try {
      await before;
      const response = await next(request);
      if (!response.stream) this.#see(response.message);
      return response;
    } finally {
      done();
    }
  };

  #see(message: Message): void {
    const { revision } = message as Message & { revision?: unknown };
    if (typeof revision === "string" && revision !== "") this.#seen = revision;
  }
}

function changes(method: DescMethod): boolean {
  return method.idempotency !== Idempotency.NO_SIDE_EFFECTS;
}
