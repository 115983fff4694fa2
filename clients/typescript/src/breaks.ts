// Servers that are gone: whatever the transport calls it, the server does not answer.
import type { Interceptor } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";

/**
 * Turns into UNAVAILABLE, in calls and in their streams, errors with a cause that `isBreak` knows, and
 * CANCELED where the caller did not cancel: what reaches a server as it stops is ended so.
 */
export function breaksAreUnavailable(isBreak: (cause: unknown) => boolean): Interceptor {
  return (next) => async (request) => {
    const named = (thrown: unknown): unknown => {
      if (!(thrown instanceof ConnectError)) return thrown;
      const stopping = thrown.code === Code.Canceled && !request.signal.aborted;
      if (!stopping && !isBreak(thrown.cause)) return thrown;
      const { rawMessage, metadata, cause } = thrown;
      return new ConnectError(rawMessage, Code.Unavailable, metadata, undefined, cause);
    };
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: naming(response.message, named) };
    } catch (thrown) {
      throw named(thrown);
    }
  };
}

async function* naming<T>(
  messages: AsyncIterable<T>,
  named: (thrown: unknown) => unknown,
): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (thrown) {
    throw named(thrown);
  }
}
