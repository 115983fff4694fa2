// The client in Node.
import { webcrypto } from "node:crypto";
import { Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";

import { createConnectTransport } from "@connectrpc/connect-node";

import { breaksAreUnavailable } from "./breaks.js";
import type { Client } from "./client.js";
import { clientOn } from "./client.js";
import type { Options } from "./options.js";
import { interceptorsOf, usualTimeoutMs } from "./options.js";
import { takeRandomFrom } from "./request_id.js";

export * from "./shared.js";

takeRandomFrom((bytes) => webcrypto.getRandomValues(bytes));

/** What TLS needs beyond the authorities that Node trusts already; each a PEM. */
export interface Tls {
  /** The authorities that vouch for the server. */
  readonly authorities?: string | Buffer;
  /** The client's own certificate, where the server knows callers by theirs. */
  readonly certificate?: string | Buffer;
  /** The key of that certificate. */
  readonly key?: string | Buffer;
  /** The name in the server's certificate, where it is not that of the address. */
  readonly serverName?: string;
}

export interface NodeOptions extends Options {
  /** TLS; `https:` in the address asks for it, too. */
  readonly tls?: Tls | boolean;
  /** Shows a token, or a certificate, to an address of the net without TLS: only behind a proxy. */
  readonly insecure?: boolean;
}

/** Where `script/server` serves, and `attlasd` by itself. */
export const usualAddress = "http://127.0.0.1:8080";

/**
 * Makes a client of the Attlas at `address`, such as `https://attlas.example:8443`: the address of
 * HTTP, not of gRPC. Without one it is `ATTLAS_HTTP`, or this machine.
 */
export function createClient(
  address: string = process.env.ATTLAS_HTTP ?? usualAddress,
  options: NodeOptions = {},
): Client {
  const url = addressOf(address, options.tls);
  const secure = url.protocol === "https:";
  if (options.token !== undefined && !secure && !options.insecure && !isLocal(url.hostname))
    throw new TypeError(`a token is not shown to ${url.host} without TLS; write https://`);
  const agent = secure ? new TlsAgent(tlsOf(options.tls)) : new PlainAgent({ keepAlive: true });
  return clientOn(
    (around) =>
      createConnectTransport({
        baseUrl: url.href.replace(/\/$/, ""),
        httpVersion: "1.1",
        useBinaryFormat: true,
        defaultTimeoutMs: options.timeoutMs ?? usualTimeoutMs,
        interceptors: [...interceptorsOf(options, around), breaksAreUnavailable(isBreak)],
        nodeOptions: { agent },
      }),
    () => agent.destroy(),
  );
}

function addressOf(address: string, tls: Tls | boolean | undefined): URL {
  const given = /^https?:\/\//.test(address) ? address : `${tls ? "https" : "http"}://${address}`;
  const url = new URL(given);
  if (tls && url.protocol === "http:")
    throw new TypeError(`${address} is without TLS; write https://`);
  return url;
}

function tlsOf(tls: Tls | boolean | undefined): ConstructorParameters<typeof TlsAgent>[0] {
  const given = typeof tls === "object" ? tls : {};
  return {
    keepAlive: true,
    ca: given.authorities,
    cert: given.certificate,
    key: given.key,
    servername: given.serverName,
  };
}

function isLocal(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

const breaks = new Set([
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_PREMATURE_CLOSE",
  "UND_ERR_SOCKET",
]);

// Whether an error, or one that it came from, is a connection that broke.
function isBreak(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as NodeJS.ErrnoException;
  return (code !== undefined && breaks.has(code)) || isBreak(cause.cause);
}
