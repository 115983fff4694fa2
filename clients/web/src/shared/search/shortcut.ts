// A single key that leads to a box. Who speaks to the browser, or presses keys by accident, turns it
// off (WCAG 2.1.4), which is remembered.
import { useEffect, useSyncExternalStore } from "react";
import type { RefObject } from "react";

const stored = "keys";
const listeners = new Set<() => void>();
let enabled = readEnabled();

function readEnabled(): boolean {
  try {
    return globalThis.localStorage?.getItem(stored) !== "off";
  } catch {
    return true;
  }
}

export function setShortcuts(next: boolean): void {
  enabled = next;
  try {
    if (next) window.localStorage.removeItem(stored);
    else window.localStorage.setItem(stored, "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Whether single keys do anything.
export function useShortcuts(): boolean {
  return useSyncExternalStore(subscribe, () => enabled);
}

// Where a key is written or chosen; boxes to tick and sliders know no such key.
const written =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

// Whether a key pressed at `target` is part of what is written there.
function belongsTo(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(written) !== null;
}

export function useShortcut(
  key: string | undefined,
  box: RefObject<HTMLInputElement | null>,
): void {
  const active = useShortcuts();
  useEffect(() => {
    if (!key || !active) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || belongsTo(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [key, active, box]);
}
