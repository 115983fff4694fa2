// How the page reaches its server: the Connect protocol, at the origin that served the page.
import { createConnectTransport } from "@connectrpc/connect-web";

// Shown with each call; empty for none. It is never stored.
let token = "";

export function setToken(next: string): void {
  token = next;
}

// Calls go by POST, so that no request, and nothing confidential in it, is ever part of an address.
export const transport = createConnectTransport({
  baseUrl: "/",
  defaultTimeoutMs: 30_000,
  interceptors: [
    (next) => (request) => {
      if (token) request.header.set("authorization", `Bearer ${token}`);
      return next(request);
    },
  ],
});
