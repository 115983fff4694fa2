// Ids of requests.

type Random = (bytes: Uint8Array) => Uint8Array;

let random: Random = (bytes) => globalThis.crypto.getRandomValues(bytes);

/** Takes the random numbers of request ids from elsewhere: Node 18 has no `crypto` among its globals. */
export function takeRandomFrom(source: Random): void {
  random = source;
}

/**
 * Returns a new request id: a random UUID (RFC 9562, version 4). With the same id a change is made
 * once, however often it is sent.
 */
export function requestId(): string {
  // `crypto.randomUUID` is in secure contexts alone.
  const bytes = random(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
