// The client in a browser.
import type { Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";

import { breaksAreUnavailable } from "./breaks.js";
import type { Client, TransportMaker } from "./client.js";
import { clientOn } from "./client.js";
import type { Options } from "./options.js";
import { interceptorsOf, usualTimeoutMs } from "./options.js";

export * from "./shared.js";
export type { Options } from "./options.js";

/**
 * Makes a client of the Attlas at `address`: `/` for the one that served the page.
 *
 * Calls go by POST, so that nothing of a request is ever part of an address.
 */
export function createClient(address: string, options: Options = {}): Client {
  return clientOn(maker(address, options));
}

/** A transport for those who want but some services, so that a page loads no more than it uses. */
export function createTransport(address: string, options: Options = {}): Transport {
  return maker(address, options)([]);
}

function maker(address: string, options: Options): TransportMaker {
  return (around) =>
    createConnectTransport({
      baseUrl: address,
      useBinaryFormat: true,
      defaultTimeoutMs: options.timeoutMs ?? usualTimeoutMs,
      interceptors: [...interceptorsOf(options, around), breaksAreUnavailable(isBreak)],
    });
}

// A browser does not say why it could not connect, or read on.
const isBreak = (cause: unknown): boolean => cause instanceof TypeError;
