// How the page reaches its server: by our own client, at the origin that served the page.
import { createTransport } from "@attlas/client/web";

// Shown with each call; empty for none. It is never stored.
let token = "";

export function setToken(next: string): void {
  token = next;
}

export const transport = createTransport("/", { token: () => token });
