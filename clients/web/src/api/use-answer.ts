// Asks a service for what a view shows.
import type { DescMessage, MessageInitShape, MessageShape } from "@bufbuild/protobuf";

import { answerAtHand, ask, keyOf } from "./ask";
import type { Method } from "./ask";
import { useAsked } from "./use-asked";
import type { Answer } from "./use-asked";

export type { Answer } from "./use-asked";

// The answer of `method` to `input`; null asks nothing.
export function useAnswer<I extends DescMessage, O extends DescMessage>(
  method: Method<I, O>,
  input: MessageInitShape<I> | null,
): Answer<MessageShape<O>> {
  const key = input === null ? "" : keyOf(method, input);
  return useAsked(
    input === null
      ? null
      : {
          key,
          ask: (signal) => ask(method, input, signal),
          atHand: () => answerAtHand(key) as MessageShape<O> | undefined,
        },
  );
}
