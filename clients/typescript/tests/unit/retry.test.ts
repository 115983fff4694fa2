import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";

import { Code, ConnectError, retryAfterOf } from "../../src/errors.js";
import { EngagementService } from "../../src/gen/attlas/engagement/v1/engagement_service_pb.js";
import { GraphService } from "../../src/gen/attlas/graph/v1/graph_service_pb.js";
import { RetryInfoSchema } from "../../src/gen/google/rpc/error_details_pb.js";
import { pause, pauseAfter, policyOf } from "../../src/retry.js";

const unavailable = new ConnectError("gone", Code.Unavailable);

function withDelay(seconds: number, nanos: number): ConnectError {
  return new ConnectError("gone", Code.Unavailable, undefined, [
    {
      desc: RetryInfoSchema,
      value: create(RetryInfoSchema, {
        retryDelay: create(DurationSchema, { seconds: BigInt(seconds), nanos }),
      }),
    },
  ]);
}

describe("the service config", () => {
  it("has every service tried four times where it is unavailable or stops", () => {
    for (const method of [GraphService.method.getNode, EngagementService.method.postToSpace]) {
      expect(policyOf(method)).toEqual({
        attempts: 4,
        firstPauseMs: 100,
        longestPauseMs: 5000,
        growth: 1.6,
        codes: new Set([Code.Unavailable, Code.Canceled]),
      });
    }
  });

  it("has an import sent once", () => {
    expect(policyOf(GraphService.method.import)).toBeUndefined();
  });
});

describe("pauses", () => {
  const policy = policyOf(GraphService.method.getNode)!;

  it("grow, spread by a fifth, up to the longest", () => {
    expect(pauseAfter(1, policy, unavailable, 0.5)).toBeCloseTo(100);
    expect(pauseAfter(2, policy, unavailable, 0.5)).toBeCloseTo(160);
    expect(pauseAfter(1, policy, unavailable, 0)).toBeCloseTo(80);
    expect(pauseAfter(30, policy, unavailable, 0.5)).toBe(5000);
  });

  it("are as long as the service asks for", () => {
    expect(retryAfterOf(withDelay(2, 5e8))).toBe(2500);
    expect(pauseAfter(1, policy, withDelay(2, 5e8), 0.5)).toBe(2500);
  });

  it("end with the call", async () => {
    const leaving = new AbortController();
    const waiting = pause(1e6, leaving.signal).catch((error: unknown) => error);
    leaving.abort();
    expect(await waiting).toMatchObject({ code: Code.Canceled });
    expect(await pause(1e6, leaving.signal).catch((error: unknown) => error)).toMatchObject({
      code: Code.Canceled,
    });
  });
});
