// Where the reader is: the path and the query of the address, through the History API. What a view
// shows is in its address, so that it can be shared and gone back to.
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

const addressNow = (): string => window.location.pathname + window.location.search;

// The address as path and query, which changes with every step.
export function useAddress(): URL {
  const address = useSyncExternalStore(subscribe, addressNow);
  return new URL(address, window.location.origin);
}

// Goes to an address of the page. With `replace` the step leaves no trace in the history: for what
// changes many times in a row, such as a date that plays.
export function goTo(address: string, options: { replace?: boolean } = {}): void {
  if (address === addressNow()) return;
  if (options.replace) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
  tell();
}
