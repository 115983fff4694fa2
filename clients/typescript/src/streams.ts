// Streams of the server, so that they can be begun again and are ended by whoever stops reading.
import type { Interceptor, StreamResponse } from "@connectrpc/connect";

/** Keeps the one message that asks for a stream, so that it can be sent again. */
export const keepQuestions: Interceptor = (next) => async (request) => {
  if (!request.stream || request.method.methodKind !== "server_streaming") return next(request);
  const messages: (typeof request.message extends AsyncIterable<infer M> ? M : never)[] = [];
  for await (const message of request.message) messages.push(message);
  return next({ ...request, message: { [Symbol.asyncIterator]: () => all(messages) } });
};

/**
 * Waits for the first message of a stream: a stream that fails does so there and not in its headers,
 * and then counts as not begun.
 */
export const awaitBeginnings: Interceptor = (next) => async (request) => {
  const response = await next(request);
  if (!response.stream || request.method.methodKind !== "server_streaming") return response;
  const rest = response.message[Symbol.asyncIterator]();
  const begun: StreamResponse = { ...response, message: from(await rest.next(), rest) };
  return begun;
};

async function* all<T>(messages: readonly T[]): AsyncGenerator<T> {
  yield* messages;
}

async function* from<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

/** What `open` streams; its call is ended once nobody reads on, or with `signal`. */
export async function* ending<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T> {
  const call = new AbortController();
  const leave = (): void => call.abort(signal?.reason);
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave, { once: true });
  try {
    yield* open(call.signal);
  } finally {
    signal?.removeEventListener("abort", leave);
    call.abort();
  }
}
