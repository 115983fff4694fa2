// How the page reaches its server: the Connect protocol, at the origin that served the page.
import { createConnectTransport } from "@connectrpc/connect-web";

// Calls go by POST, so that no request, and nothing confidential in it, is ever part of an address.
export const transport = createConnectTransport({
  baseUrl: "/",
  defaultTimeoutMs: 30_000,
});
