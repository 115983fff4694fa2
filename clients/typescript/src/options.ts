// What one says of a connection, and what is done around each of its calls.
import type { Interceptor } from "@connectrpc/connect";

import { fillRequestIds } from "./requests.js";
import { retry } from "./retry.js";
import { awaitBeginnings, keepQuestions } from "./streams.js";
import type { Token } from "./token.js";
import { showToken } from "./token.js";

/** What one says of a connection. */
export interface Options {
  /** Who calls; nobody in particular without it. */
  readonly token?: Token;
  /** How long an answer may take with all its tries, in milliseconds: 30,000 unless one says so. */
  readonly timeoutMs?: number;
  /** Further interceptors, around each try of a call. */
  readonly interceptors?: readonly Interceptor[];
}

export const usualTimeoutMs = 30_000;

/** Everything that is done around a call, the outermost first. */
export function interceptorsOf(options: Options, around: readonly Interceptor[]): Interceptor[] {
  return [
    ...around,
    fillRequestIds,
    keepQuestions,
    retry,
    ...(options.token === undefined ? [] : [showToken(options.token)]),
    awaitBeginnings,
    ...(options.interceptors ?? []),
  ];
}
