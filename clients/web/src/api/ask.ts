// One call for equal questions: answers are kept in memory for as long as the page is open, so that
// going back is instant, and a question that is under way is not asked twice.
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import { create, toJsonString } from "@bufbuild/protobuf";

import { transport } from "./transport";

interface Entry {
  value?: unknown;
  promise: Promise<unknown>;
  // How many wait for it; with none left it is given up.
  waiting: number;
  abort: AbortController;
}

const entries = new Map<string, Entry>();
const mostEntries = 80;

export type Method<I extends DescMessage, O extends DescMessage> = DescMethodUnary<I, O>;

// The key of a question: equal requests have equal keys.
export function keyOf<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I>,
): string {
  return `${method.parent.typeName}/${method.name} ${toJsonString(method.input, create(method.input, input))}`;
}

// The answer that is at hand, if any.
export function answerAtHand(key: string): unknown {
  return entries.get(key)?.value;
}

// Forgets all answers, and takes no part in those under way.
export function forgetAnswers(): void {
  for (const entry of entries.values()) if (entry.value === undefined) entry.abort.abort();
  entries.clear();
}

function start<I extends DescMessage, O extends DescMessage>(
  key: string,
  method: Method<I, O>,
  input: MessageInitShape<I>,
): Entry {
  const abort = new AbortController();
  const entry: Entry = {
    waiting: 0,
    abort,
    promise: transport.unary(method, abort.signal, undefined, undefined, input).then(
      (response) => (entry.value = response.message),
      (reason: unknown) => {
        if (entries.get(key) === entry) entries.delete(key);
        throw reason;
      },
    ),
  };
  entries.set(key, entry);
  for (const [oldest, old] of entries) {
    if (entries.size <= mostEntries) break;
    if (old.waiting === 0 && oldest !== key) entries.delete(oldest);
  }
  return entry;
}

// Asks `method`. `signal` ends the wait; the call itself ends when nobody waits for it any more.
export async function ask<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I>,
  signal?: AbortSignal,
): Promise<MessageShape<O>> {
  const key = keyOf(method, input);
  const entry = entries.get(key) ?? start(key, method, input);
  entry.waiting += 1;
  const leave = (): void => {
    entry.waiting -= 1;
    if (entry.waiting > 0 || entry.value !== undefined) return;
    if (entries.get(key) === entry) entries.delete(key);
    entry.abort.abort();
  };
  signal?.addEventListener("abort", leave, { once: true });
  try {
    return (await entry.promise) as MessageShape<O>;
  } finally {
    signal?.removeEventListener("abort", leave);
    if (!signal?.aborted) entry.waiting -= 1;
  }
}
