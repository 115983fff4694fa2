// Who the reader is, as far as the server asks: a bearer token, which is kept in memory alone and is
// gone when the page is closed or loaded again.
import { useSyncExternalStore } from "react";

import { forgetAnswers } from "./ask";
import { setToken } from "./transport";

interface Identity {
  signedIn: boolean;
  // Rises whenever the reader becomes somebody else, so that all is asked anew.
  edition: number;
}

let identity: Identity = { signedIn: false, edition: 0 };
const listeners = new Set<() => void>();

function become(token: string): void {
  setToken(token);
  // What one reader was told is not shown to the next.
  forgetAnswers();
  identity = { signedIn: token !== "", edition: identity.edition + 1 };
  for (const listener of listeners) listener();
}

export function signIn(token: string): void {
  become(token.trim().replace(/^Bearer\s+/i, ""));
}

export function signOut(): void {
  become("");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useIdentity(): Identity {
  return useSyncExternalStore(subscribe, () => identity);
}
