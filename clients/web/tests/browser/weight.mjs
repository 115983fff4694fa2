// What the first view costs the reader's connection.
import assert from "node:assert/strict";
import { test } from "node:test";

import { openTab } from "./browser.mjs";

export function weightTests(env) {
  test("the first view is below 300 KB on the wire before the map's shapes, the rest is loaded later", async () => {
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
    const total = before.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total > 0 && total < 300_000, `${total} bytes: ${JSON.stringify(before)}`);
    assert.ok(
      !loaded.some(({ name }) => /Brief|Questions|cytoscape/.test(name)),
      "other views are not loaded",
    );
    await tab.close();
  });
}
