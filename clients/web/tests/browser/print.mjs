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
    // Five today; another font or a few new facts may take one more.
    assert.ok(pages >= 2 && pages <= 6, `${pages} pages`);

    await page.emulateMedia({ media: "print" });
    for (const selector of [".head", ".context", ".foot", ".theme", ".search"]) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    // The texts of what is on paper: a number takes no height of its own there.
    const onPaper = (selector) =>
      page
        .locator(selector)
        .evaluateAll((found) =>
          found
            .filter((element) => element.checkVisibility())
            .map((element) => element.textContent),
        );
    assert.deepEqual(
      await onPaper("button:not(.cite), select, input, summary, [role='tab']"),
      [],
      "a control on paper",
    );
    const sources = await page.locator(".sources li").allInnerTexts();
    assert.equal(new Set(sources).size, sources.length, "each source has one number");
    const cited = await onPaper(".cite");
    const highest = Math.max(...cited.flatMap((text) => text.split(/\D+/).map(Number)));
    assert.equal(highest, sources.length, "every number on paper is in the list");
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
