// The picture as JSON, for programs.
import type { FileDocument } from "./document";

export function toJson(document: FileDocument): string {
  return `${JSON.stringify({ format: "attlas-relationships", version: 1, ...document }, null, 2)}\n`;
}
