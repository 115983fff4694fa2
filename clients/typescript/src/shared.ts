// What the client offers in Node and in a browser alike.
export { Client, serviceOn } from "./client.js";
export type { Reading } from "./client.js";
export { Code, ConnectError, ErrorReason, failureOf, hasReason, retryAfterOf } from "./errors.js";
export type { Failure, FieldViolation, PreconditionViolation } from "./errors.js";
export { follow } from "./follow.js";
export type { Changes } from "./follow.js";
export { items, pages } from "./pages.js";
export { requestId } from "./request_id.js";
export type { Token } from "./token.js";
export type { CallOptions, Transport } from "@connectrpc/connect";
