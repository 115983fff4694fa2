// Asks for something, shows what there was before while it is under way, and asks again where that
// may help.
import { useCallback, useEffect, useRef, useState } from "react";

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

// A question: equal ones have equal keys.
export interface Asked<T> {
  key: string;
  ask: (signal: AbortSignal) => Promise<T>;
  // The answer that is at hand already, if any.
  atHand: () => T | undefined;
}

interface State<T> {
  key: string;
  value: T | undefined;
  fault: Fault | undefined;
}

const firstPause = 1000;
const longestPause = 10_000;

// The answer to `asked`; null asks nothing. What failed and may succeed later is asked again after a
// pause that grows, and at once when the browser is online again.
export function useAsked<T>(asked: Asked<T> | null): Answer<T> {
  const key = asked?.key ?? "";
  const [state, setState] = useState<State<T>>({ key: "", value: undefined, fault: undefined });
  const [attempt, setAttempt] = useState(0);
  const question = useRef(asked);
  question.current = asked;
  const pause = useRef(firstPause);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    if (question.current === null) return undefined;
    const leaving = new AbortController();
    question.current.ask(leaving.signal).then(
      (value) => {
        pause.current = firstPause;
        if (!leaving.signal.aborted) setState({ key, value, fault: undefined });
      },
      (reason: unknown) => {
        if (leaving.signal.aborted || isCancelled(reason)) return;
        const fault = faultOf(reason);
        // An earlier answer stays in sight where this one may yet come; otherwise it would mislead.
        setState((before) => ({ key, value: fault.passing ? before.value : undefined, fault }));
      },
    );
    return () => leaving.abort();
  }, [key, attempt]);

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

  const current = state.key === key && !state.fault ? state.value : asked?.atHand();
  return {
    value: current ?? (key ? state.value : undefined),
    fault,
    loading: key !== "" && current === undefined && !fault,
    retry,
  };
}
