import { describe, expect, it } from "vitest";

import { requestId } from "../../src/node.js";
import { takeRandomFrom } from "../../src/request_id.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("a request id", () => {
  it("is a random UUID, another one each time", () => {
    const ids = Array.from({ length: 100 }, requestId);
    for (const id of ids) expect(id).toMatch(uuid);
    expect(new Set(ids).size).toBe(100);
  });

  it("has its version and variant whatever the random bytes are", () => {
    takeRandomFrom((bytes) => bytes.fill(0xff));
    expect(requestId()).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    takeRandomFrom((bytes) => bytes.fill(0));
    expect(requestId()).toBe("00000000-0000-4000-8000-000000000000");
  });
});
