// What is filled into requests on their way out. The message of the caller is never changed.
import type { DescMessage, Message } from "@bufbuild/protobuf";
import { clone, create } from "@bufbuild/protobuf";
import type { Interceptor, StreamRequest, UnaryRequest } from "@connectrpc/connect";

import type { ReadOptions } from "./gen/attlas/graph/v1/read_options_pb.js";
import { ReadOptionsSchema } from "./gen/attlas/graph/v1/read_options_pb.js";
import { requestId } from "./request_id.js";

type Changeable = Message & Record<string, unknown>;

/** Fills in the request id of a change that has none, so that it can be tried again. */
export const fillRequestIds: Interceptor = (next) => (request) => {
  const field = request.method.input.field.requestId;
  if (field?.scalar === undefined || request.stream || idOf(request.message) !== "")
    return next(request);
  return next(
    changed(request, (message) => {
      message.requestId = requestId();
    }),
  );
};

/** The request id that a message carries; empty for none. */
export function idOf(message: Message): string {
  const id = (message as Changeable).requestId;
  return typeof id === "string" ? id : "";
}

/** Fills what `given` says into the ReadOptions of each request, where the caller says nothing. */
export function fillRead(given: () => Partial<ReadOptions>): Interceptor {
  return (next) => (request) => {
    if (!takesRead(request.method.input)) return next(request);
    // Watch reads no revision, and every date: it can only be narrowed.
    const options = request.method.name === "Watch" ? { ceiling: given().ceiling } : given();
    return next(
      changed(request, (message) => {
        message.read = joined(message.read as ReadOptions | undefined, options);
      }),
    );
  };
}

/** Whether a request says which revision to read. */
export function takesRead(input: DescMessage): boolean {
  return input.field.read?.message?.typeName === ReadOptionsSchema.typeName;
}

/** `own` with what it leaves open as in `given`. */
export function joined(own: ReadOptions | undefined, given: Partial<ReadOptions>): ReadOptions {
  const read = own ? clone(ReadOptionsSchema, own) : create(ReadOptionsSchema);
  read.asOf ??= given.asOf;
  if (read.revision.case === undefined && given.revision) read.revision = given.revision;
  if (read.minConfidence === 0) read.minConfidence = given.minConfidence ?? 0;
  if (read.ceiling === 0) read.ceiling = given.ceiling ?? 0;
  return read;
}

function changed(
  request: UnaryRequest | StreamRequest,
  change: (message: Changeable) => void,
): UnaryRequest | StreamRequest {
  const of = (message: Message): Message => {
    const copy = clone(request.method.input, message) as Changeable;
    change(copy);
    return copy;
  };
  if (!request.stream) return { ...request, message: of(request.message) };
  return { ...request, message: each(request.message, of) };
}

async function* each<T>(messages: AsyncIterable<T>, of: (message: T) => T): AsyncIterable<T> {
  for await (const message of messages) yield of(message);
}
