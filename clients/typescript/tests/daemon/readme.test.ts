// The examples of the README print what it says.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Server } from "./daemons.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../..");
const text = readFileSync(join(folder, "README.md"), "utf8");
const examples = [...text.matchAll(/^```js\n(.*?)^```\n\n```text\n(.*?)^```$/gms)].map(
  ([, code = "", output = ""]) => ({ code, output }),
);

let server: Server;

beforeAll(async () => {
  server = new Server();
  await server.start();
});
afterAll(() => server?.remove());

describe("the README", () => {
  it("has a printed answer for each example", () => {
    expect(examples.length).toBeGreaterThan(4);
    expect(examples).toHaveLength(text.match(/^```js$/gm)?.length ?? 0);
  });

  for (const [index, { code, output }] of examples.entries()) {
    it(`says what example ${index + 1} prints`, async () => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", code],
        { cwd: folder, env: { ...process.env, ATTLAS_HTTP: server.address } },
      );
      expect(stdout).toBe(output);
    });
  }
});
