// Who calls: a bearer token, and how it is had anew.
import type { Interceptor } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";

/**
 * A token, or where to get one. A function is asked before each call, so that it keeps what is still
 * good; when the service refuses what it gave, it is asked once more, with the `refused` token.
 */
export type Token = string | ((refused?: string) => string | Promise<string>);

/** Shows the token with each call. A refused one is replaced once, where there is a function. */
export function showToken(token: Token): Interceptor {
  const keeper = new TokenKeeper(token);
  return (next) => async (request) => {
    const shown = await keeper.get();
    show(request.header, shown);
    try {
      return await next(request);
    } catch (thrown) {
      // What a stream of the caller held is gone by then.
      if (request.method.methodKind === "client_streaming") throw thrown;
      if (ConnectError.from(thrown).code !== Code.Unauthenticated) throw thrown;
      const fresh = await keeper.replace(shown);
      if (fresh === shown) throw thrown;
      show(request.header, fresh);
      return next(request);
    }
  };
}

function show(header: Headers, token: string): void {
  if (token) header.set("authorization", `Bearer ${token}`);
  else header.delete("authorization");
}

class TokenKeeper {
  readonly #token: Token;
  // Those under way that replace a refused token: one has it replaced for all that showed it.
  readonly #replacing = new Map<string, Promise<string>>();

  constructor(token: Token) {
    this.#token = token;
  }

  async get(refused?: string): Promise<string> {
    if (typeof this.#token === "string") return this.#token;
    try {
      return await this.#token(refused);
    } catch (thrown) {
      throw ConnectError.from(thrown, Code.Unauthenticated);
    }
  }

  replace(refused: string): Promise<string> {
    const known = this.#replacing.get(refused);
    if (known) return known;
    const replacing = this.get(refused).finally(() => this.#replacing.delete(refused));
    this.#replacing.set(refused, replacing);
    return replacing;
  }
}
