// The brief on paper.
import assert from "node:assert/strict";
import { test } from "node:test";

import { openTab } from "./browser.mjs";

export function printTests(env) {
  test("the brief prints to a few pages with numbered sources and without controls", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/states/IDN?date=2026-02-03&target=att");
    const document = await page.pdf({ preferCSSPageSize: true });
    assert.equal(document.subarray(0, 5).toString("latin1"), "%PDF-");
    const pages = document.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 2 && pages <= 12, `${pages} pages`);

    await page.emulateMedia({ media: "print" });
    for (const selector of [".head", ".context", ".foot", ".theme"]) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    assert.ok(await page.locator(".sources").isVisible());
    assert.ok(
      await page.locator(".sources .address").first().isVisible(),
      "addresses are written out",
    );
    const folded = page.locator("#synergies ~ * tr.folded");
    if ((await folded.count()) > 0)
      assert.ok(await folded.last().isVisible(), "folded rows are on paper");
    await tab.close();
  });
}
