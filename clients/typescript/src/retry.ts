// Which calls are tried again, and when: as the service config says that all clients share.
import { MethodOptions_IdempotencyLevel as Idempotency } from "@bufbuild/protobuf/wkt";
import type { DescMethod } from "@bufbuild/protobuf";
import type { Interceptor, StreamRequest, UnaryRequest } from "@connectrpc/connect";
import { Code, ConnectError, createContextKey } from "@connectrpc/connect";

import { retryAfterOf } from "./errors.js";
import { serviceConfig } from "./gen/service_config.js";
import { idOf } from "./requests.js";

/** How a call is tried again. */
export interface RetryPolicy {
  /** How often it is sent at most, with the first time. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly growth: number;
  readonly codes: ReadonlySet<Code>;
}

interface MethodConfig {
  readonly name: readonly { readonly service: string; readonly method?: string }[];
  readonly retryPolicy?: {
    readonly maxAttempts: number;
    readonly initialBackoff: string;
    readonly maxBackoff: string;
    readonly backoffMultiplier: number;
    readonly retryableStatusCodes: readonly string[];
  };
}

// Codes by their names in gRPC, which writes one of them in another way.
const codes = new Map([
  ["CANCELLED", Code.Canceled] as const,
  ...Object.entries(Code).flatMap(([name, code]) =>
    typeof code === "number"
      ? [[name.replace(/(?<=.)([A-Z])/g, "_$1").toUpperCase(), code as Code] as const]
      : [],
  ),
]);

const milliseconds = (duration: string): number => Number.parseFloat(duration) * 1000;

/** The policy of a method; undefined where it is not tried again. */
export function policyOf(method: DescMethod): RetryPolicy | undefined {
  const configs: readonly MethodConfig[] = serviceConfig.methodConfig;
  const named = (whole: boolean): MethodConfig | undefined =>
    configs.find((config) =>
      config.name.some(
        (name) =>
          name.service === method.parent.typeName &&
          (whole ? name.method === undefined : name.method === method.name),
      ),
    );
  // What is said of a method goes before what is said of its service.
  const policy = (named(false) ?? named(true))?.retryPolicy;
  if (!policy) return undefined;
  return {
    attempts: policy.maxAttempts,
    firstPauseMs: milliseconds(policy.initialBackoff),
    longestPauseMs: milliseconds(policy.maxBackoff),
    growth: policy.backoffMultiplier,
    codes: new Set(policy.retryableStatusCodes.flatMap((name) => codes.get(name) ?? [])),
  };
}

/** Whether sending the request twice does no more than sending it once. */
function isRepeatable(request: UnaryRequest | StreamRequest): boolean {
  if (request.method.methodKind === "client_streaming") return false;
  if (request.method.idempotency !== Idempotency.IDEMPOTENCY_UNKNOWN) return true;
  return !request.stream && idOf(request.message) !== "";
}

/** How long to wait after an attempt, counted from 1; `random` is in [0, 1). */
export function pauseAfter(
  attempt: number,
  policy: RetryPolicy,
  error: ConnectError,
  random: number,
): number {
  const most = Math.min(
    policy.firstPauseMs * policy.growth ** (attempt - 1),
    policy.longestPauseMs,
  );
  return Math.max(most * (0.8 + 0.4 * random), retryAfterOf(error) ?? 0);
}

const waits = createContextKey(false, { description: "whether to try as long as nobody is there" });

/** Has `retry` try a call, within its time, for as long as no server is there. */
export const wait: Interceptor = (next) => (request) => {
  request.contextValues.set(waits, true);
  return next(request);
};

/** Tries calls again that failed before anything was answered. The deadline holds for all tries. */
export const retry: Interceptor = (next) => async (request) => {
  const policy = policyOf(request.method);
  if (!policy || !isRepeatable(request)) return next(request);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await next(request);
    } catch (thrown) {
      const error = ConnectError.from(thrown);
      const patient = error.code === Code.Unavailable && request.contextValues.get(waits);
      const last = request.signal.aborted || (attempt >= policy.attempts && !patient);
      if (last || !policy.codes.has(error.code)) throw error;
      await pause(pauseAfter(attempt, policy, error, Math.random()), request.signal);
    }
  }
};

/** Waits; fails with the reason of the signal where that comes first. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(ConnectError.from(signal.reason, Code.Canceled));
      return;
    }
    const leave = (): void => {
      clearTimeout(timer);
      reject(ConnectError.from(signal?.reason, Code.Canceled));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, ms);
    signal?.addEventListener("abort", leave, { once: true });
  });
}
