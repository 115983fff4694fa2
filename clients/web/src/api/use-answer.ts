// Asks a service for what a view shows.
import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { useCallback, useEffect, useRef, useState } from "react";

import { answerAtHand, ask, keyOf } from "./ask";
import type { Method } from "./ask";
import { faultOf, isCancelled } from "./fault";
import type { Fault } from "./fault";

export interface Answer<T> {
  // The answer; while another is under way, the one before, so that nothing jumps.
  value: T | undefined;
  // Why there is no answer.
  fault: Fault | undefined;
  // Whether a call is under way.
  loading: boolean;
  // Asks again.
  retry: () => void;
}

interface State {
  key: string;
  value: unknown;
  fault: Fault | undefined;
}

const longestPause = 10_000;

// The answer of `method` to `input`; null asks nothing. A call that failed and may succeed later is
// repeated after a pause that grows, and at once when the browser is online again.
export function useAnswer<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I> | null,
): Answer<MessageShape<O>> {
  const key = input === null ? "" : keyOf(method, input);
  const [state, setState] = useState<State>({ key: "", value: undefined, fault: undefined });
  const [attempt, setAttempt] = useState(0);
  const question = useRef(input);
  question.current = input;
  const pause = useRef(1000);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    if (question.current === null) return undefined;
    const leaving = new AbortController();
    ask(method, question.current, leaving.signal).then(
      (value) => {
        pause.current = 1000;
        if (!leaving.signal.aborted) setState({ key, value, fault: undefined });
      },
      (reason: unknown) => {
        if (leaving.signal.aborted || isCancelled(reason)) return;
        setState((before) => ({ key, value: before.value, fault: faultOf(reason) }));
      },
    );
    return () => leaving.abort();
  }, [method, key, attempt]);

  const fault = state.key === key ? state.fault : undefined;
  useEffect(() => {
    if (!fault?.passing) return undefined;
    const timer = window.setTimeout(retry, pause.current);
    pause.current = Math.min(pause.current * 1.6, longestPause);
    window.addEventListener("online", retry);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("online", retry);
    };
  }, [fault, retry]);

  const atHand = key ? answerAtHand(key) : undefined;
  const current = state.key === key && !state.fault ? state.value : atHand;
  return {
    value: (current ?? (key ? state.value : undefined)) as MessageShape<O> | undefined,
    fault,
    loading: key !== "" && current === undefined && !fault,
    retry,
  };
}
