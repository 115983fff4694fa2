// What the first view costs the reader's connection.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { openTab } from "./browser.mjs";
import { root } from "./server.mjs";

const assets = join(root, "build/web");

// What the first view costs in the files of the build, by the names that it asked for.
function weightOf(names) {
  return names.map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(assets, name)), { level: 6 }).length,
  }));
}

const sumOf = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);
const most = 300_000;

export function weightTests(env) {
  test("the first view is below 300 KB gzipped before the map's shapes, the rest is loaded later", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/");
    await page.locator(".map-state").first().waitFor();
    const loaded = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => /\.(js|css|svg)$/.test(new URL(entry.name).pathname))
        .map((entry) => ({ name: new URL(entry.name).pathname, bytes: entry.encodedBodySize })),
    );
    const before = loaded.filter(({ name }) => !/\/(world|places)-/.test(name));
    const wire = sumOf(before);
    assert.ok(wire > 0 && wire < most, `on the wire: ${wire} bytes: ${JSON.stringify(before)}`);
    const built = weightOf(["/index.html", ...new Set(before.map(({ name }) => name))]);
    assert.ok(sumOf(built) < most, `in the build: ${sumOf(built)} bytes: ${JSON.stringify(built)}`);
    console.log(`# first view: ${sumOf(built)} bytes gzipped, ${wire} on the wire`);
    assert.ok(
      !loaded.some(({ name }) => /Brief|Questions|cytoscape/.test(name)),
      "other views are not loaded",
    );
    await tab.close();
  });

  for (const address of [
    "/?date=2026-02-03",
    "/states/IDN?date=2026-02-03",
    "/questions/13",
    "/bridges",
  ]) {
    test(`nothing jumps while ${address} is loaded`, async () => {
      const tab = await openTab(env.browser, env.server);
      const { page } = tab;
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const what = entry.sources?.map(
              (source) => source.node?.className || source.node?.nodeName,
            );
            window.shifts.push({ value: entry.value, what });
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      await tab.go(address);
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      const shifts = await page.evaluate(() => window.shifts);
      const total = shifts.reduce((sum, { value }) => sum + value, 0);
      // What web vitals call good.
      assert.ok(total < 0.1, `${total}: ${JSON.stringify(shifts)}`);
      await tab.close();
    });
  }
}
