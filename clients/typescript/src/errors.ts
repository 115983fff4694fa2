// What an error of a call says beyond its code and its sentence: the details that every service of
// Attlas sends along, decoded.
import { Code, ConnectError } from "@connectrpc/connect";

import { ErrorReason } from "./gen/attlas/errors/v1/error_reason_pb.js";
import {
  BadRequestSchema,
  PreconditionFailureSchema,
  QuotaFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "./gen/google/rpc/error_details_pb.js";
import { ErrorInfoSchema } from "./gen/google/rpc/error_info_pb.js";

export { Code, ConnectError } from "@connectrpc/connect";
export { ErrorReason } from "./gen/attlas/errors/v1/error_reason_pb.js";

/** What is wrong with one field of a request. */
export interface FieldViolation {
  /** The path of the field, such as `mutations[3].edge.valid_to`. */
  readonly field: string;
  /** What is wrong with it, and how to mend it. */
  readonly description: string;
}

/** A condition that did not hold. */
export interface PreconditionViolation {
  readonly type: string;
  readonly subject: string;
  readonly description: string;
}

/** An error of a call, decoded. */
export interface Failure {
  readonly code: Code;
  /** The sentence of the service. */
  readonly message: string;
  /** Why, as the service names it; UNSPECIFIED where it names none, or one that is newer than this client. */
  readonly reason: ErrorReason;
  /** The reason as it was sent, such as `RESOURCE_NOT_FOUND`; empty for none. */
  readonly reasonName: string;
  /** What the reason is about: `error_reason.proto` documents the keys of each. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The fields at fault. */
  readonly fields: readonly FieldViolation[];
  /** The conditions that did not hold. */
  readonly preconditions: readonly PreconditionViolation[];
  /** The quotas that are used up. */
  readonly quotas: readonly { readonly subject: string; readonly description: string }[];
  /** The resource that is missing or in the way, by its name. */
  readonly resource?: string;
  /** Names that are near to the one that is missing. */
  readonly suggestions: readonly string[];
  /** After how many milliseconds the service suggests to ask again. */
  readonly retryAfterMs?: number;
  /** The id of the request, for the operator of the service. */
  readonly requestId?: string;
}

/** Decodes whatever a call threw. */
export function failureOf(thrown: unknown): Failure {
  const error = ConnectError.from(thrown);
  const info = error.findDetails(ErrorInfoSchema)[0];
  const metadata = info?.metadata ?? {};
  const resource = error.findDetails(ResourceInfoSchema)[0]?.resourceName;
  return {
    code: error.code,
    message: error.rawMessage,
    reason: reasonCalled(info?.reason ?? ""),
    reasonName: info?.reason ?? "",
    metadata,
    fields: error
      .findDetails(BadRequestSchema)
      .flatMap((detail) => detail.fieldViolations)
      .map(({ field, description }) => ({ field, description })),
    preconditions: error
      .findDetails(PreconditionFailureSchema)
      .flatMap((detail) => detail.violations)
      .map(({ type, subject, description }) => ({ type, subject, description })),
    quotas: error
      .findDetails(QuotaFailureSchema)
      .flatMap((detail) => detail.violations)
      .map(({ subject, description }) => ({ subject, description })),
    resource: resource ?? metadata.resource,
    suggestions: (metadata.suggestions ?? "").split(/[\s,]+/).filter(Boolean),
    retryAfterMs: retryAfterOf(error),
    requestId:
      error.findDetails(RequestInfoSchema)[0]?.requestId ??
      metadata.request_id ??
      error.metadata.get("x-request-id") ??
      undefined,
  };
}

/** Whether a call failed for this reason. */
export function hasReason(thrown: unknown, reason: ErrorReason): boolean {
  return thrown instanceof Error && failureOf(thrown).reason === reason;
}

/** After how many milliseconds the service suggests to ask again, if it does. */
export function retryAfterOf(error: ConnectError): number | undefined {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return delay && Number(delay.seconds) * 1000 + delay.nanos / 1e6;
}

function reasonCalled(name: string): ErrorReason {
  const value = (ErrorReason as unknown as Record<string, unknown>)[name];
  return typeof value === "number" ? value : ErrorReason.UNSPECIFIED;
}
