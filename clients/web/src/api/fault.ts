// What went wrong with a call, in words for the reader.
import { Code, ConnectError } from "@attlas/client/web";

export interface Fault {
  // What happened, as a heading.
  title: string;
  // What the server said, or what the reader can do.
  text: string;
  // Whether the same call may succeed later, so that it is tried again.
  passing: boolean;
  // Whether the reader may not do it as the one that the server takes the reader for.
  refused?: boolean;
}

const titles: Partial<Record<Code, string>> = {
  [Code.NotFound]: "There is no such thing here",
  [Code.InvalidArgument]: "The server cannot answer this",
  [Code.PermissionDenied]: "You may not see this",
  [Code.Unauthenticated]: "The server asks who you are",
  [Code.ResourceExhausted]: "Too much at once",
  [Code.Unimplemented]: "This server does not offer this",
};

// Codes after which the same call may succeed.
const passing = new Set([
  Code.Unavailable,
  Code.Unknown,
  Code.DeadlineExceeded,
  Code.ResourceExhausted,
]);

const signing = " Sign in with a token under Spaces.";

export function faultOf(reason: unknown): Fault {
  const error = ConnectError.from(reason);
  if (error.code === Code.Unavailable || error.code === Code.Unknown) {
    return {
      title: "The server does not answer",
      text: "What you see may be out of date. The page tries again by itself.",
      passing: true,
    };
  }
  if (error.code === Code.DeadlineExceeded) {
    return {
      title: "The answer took too long",
      text: "The page tries again by itself.",
      passing: true,
    };
  }
  return {
    title: titles[error.code] ?? "The server could not answer",
    text: plain(error.rawMessage) + (error.code === Code.Unauthenticated ? signing : ""),
    passing: passing.has(error.code),
    refused: error.code === Code.PermissionDenied || error.code === Code.Unauthenticated,
  };
}

// The messages of the services quote names as code does; a reader needs no back-ticks.
function plain(message: string): string {
  return message.replaceAll("`", "");
}

export function isCancelled(reason: unknown): boolean {
  return ConnectError.from(reason).code === Code.Canceled;
}
