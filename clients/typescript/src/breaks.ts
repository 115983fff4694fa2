// Connections that break: whatever the transport calls it, the server does not answer.
import type { Interceptor } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";

/** Turns errors with a cause that `isBreak` knows into UNAVAILABLE, in calls and in their streams. */
export function breaksAreUnavailable(isBreak: (cause: unknown) => boolean): Interceptor {
  const named = (thrown: unknown): unknown => {
    if (!(thrown instanceof ConnectError) || !isBreak(thrown.cause)) return thrown;
    const { rawMessage, metadata, cause } = thrown;
    return new ConnectError(rawMessage, Code.Unavailable, metadata, undefined, cause);
  };
  return (next) => async (request) => {
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
