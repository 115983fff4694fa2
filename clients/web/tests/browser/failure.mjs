// A server that dies under the page, and one that was slow to come.
import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, assertAnswered, openTab, settled } from "./browser.mjs";

export function failureTests(env) {
  test("a server that dies is said, and the page recovers by itself when it is back", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/states/IDN?date=2026-02-03&target=att");
    await assertAnswered(page, "before");
    await env.server.die();
    await page.getByLabel("Instrument", { exact: true }).selectOption("cwc");
    await page.locator(".failure").first().waitFor();
    assert.match(await page.locator(".failure").first().textContent(), /does not answer/);
    assert.equal(await page.locator(".failure button").first().textContent(), "Try again");
    await assertAccessible(page, "a server that is gone");
    await env.server.start();
    await page.waitForFunction(() => document.querySelector(".failure") === null);
    await settled(page);
    await assertAnswered(page, "after");
    assert.match(await page.locator("h1").textContent(), /towards the CWC/);
    await tab.close();
  });

  test("code of a view that cannot be loaded leaves the frame and a way out", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/questions");
    await page.route("**/assets/Bridges-*.js", (route) => route.abort());
    await page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: "Bridges" })
      .first()
      .click();
    await page.getByText("This view could not be shown").waitFor();
    assert.ok(await page.locator(".head").isVisible());
    await tab.close();
  });
}
