// Asks without keeping the answer: for what is confidential, and for what changes something.
import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { useCallback, useEffect, useRef, useState } from "react";

import type { Method } from "./ask";
import { keyOf } from "./ask";
import { faultOf, isCancelled } from "./fault";
import type { Fault } from "./fault";
import { transport } from "./transport";
import type { Answer } from "./use-answer";

export { requestId } from "@attlas/client/web";

export async function askFresh<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I>,
  signal?: AbortSignal,
): Promise<MessageShape<O>> {
  const response = await transport.unary(method, signal, undefined, undefined, input);
  return response.message;
}

// The answer of `method` to `input` now; null asks nothing. `retry` asks again, and keeps the answer
// before in sight until there is another.
export function useFresh<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I> | null,
): Answer<MessageShape<O>> {
  const key = input === null ? "" : keyOf(method, input);
  const question = useRef(input);
  question.current = input;
  const [state, setState] = useState<{ key: string; value?: MessageShape<O>; fault?: Fault }>({
    key: "",
  });
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState(-1);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    if (question.current === null) return undefined;
    const leaving = new AbortController();
    askFresh(method, question.current, leaving.signal).then(
      (value) => {
        if (leaving.signal.aborted) return;
        setState({ key, value });
        setSettled(attempt);
      },
      (reason: unknown) => {
        if (leaving.signal.aborted || isCancelled(reason)) return;
        setState((before) => ({
          key,
          value: before.key === key ? before.value : undefined,
          fault: faultOf(reason),
        }));
        setSettled(attempt);
      },
    );
    return () => leaving.abort();
  }, [method, key, attempt]);

  const isOwn = key !== "" && state.key === key;
  return {
    value: isOwn ? state.value : undefined,
    fault: isOwn ? state.fault : undefined,
    loading: key !== "" && (!isOwn || settled !== attempt),
    retry,
  };
}

// A change that the reader asks for: whether it is under way, and why it failed.
export interface Deed {
  busy: boolean;
  fault: Fault | undefined;
  // Does it. True where it was done.
  run: (deed: () => Promise<void>) => Promise<boolean>;
}

export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | undefined>();
  const run = useCallback(async (deed: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setFault(undefined);
    try {
      await deed();
      return true;
    } catch (reason) {
      setFault(faultOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, fault, run };
}
