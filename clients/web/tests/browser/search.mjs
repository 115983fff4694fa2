// The search box in the head of every view.
import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, openTab, settled } from "./browser.mjs";

const date = "date=2026-02-03";

// Words, the group and the entry that they lead to, and where that is shown.
const landings = [
  { words: "indonsia", group: "States", entry: "Indonesia", path: "/states/IDN" },
  {
    words: "arms trade treaty",
    group: "Instruments",
    entry: /^ATT/,
    path: "/",
    query: { target: "att" },
  },
  {
    words: "asean members",
    group: "Region sets",
    entry: "ASEAN members",
    path: "/",
    query: { region: "asean" },
  },
  {
    words: "forum secretariat",
    group: "Organizations",
    entry: /Pacific Islands Forum/,
    path: /^\/facts\/organizations\//,
  },
  {
    words: "stockpile manag",
    group: "Themes",
    entry: /[Ss]tockpile/,
    path: /^\/facts\/themes\//,
  },
  {
    words: "reporting burden",
    group: "Concerns",
    entry: /report/i,
    path: "/questions/7",
    query: { concern: /^challenges\// },
  },
  {
    words: "meeting of states",
    group: "Events",
    entry: /Meeting/,
    path: /^\/facts\/events\//,
  },
];

function fits(value, wanted) {
  return typeof wanted === "string" ? value === wanted : wanted.test(value ?? "");
}

export function searchTests(env) {
  for (const { words, group, entry, path, query = {} } of landings) {
    test(`search: "${words}" leads to where one of the ${group.toLowerCase()} is shown`, async () => {
      const tab = await openTab(env.browser, env.server);
      const { page } = tab;
      await tab.go(`/bridges?${date}`);
      await page.keyboard.press("/");
      const box = page.getByRole("combobox", { name: /^Find/ });
      assert.ok(await box.evaluate((element) => element === document.activeElement));
      await page.keyboard.type(words);
      const found = page
        .getByRole("group", { name: group, exact: true })
        .getByRole("option", { name: entry, exact: typeof entry === "string" })
        .first();
      await found.click();
      await page.waitForURL(
        (url) =>
          fits(url.pathname, path) &&
          Object.entries(query).every(([name, wanted]) => fits(url.searchParams.get(name), wanted)),
      );
      await settled(page);
      assert.equal(
        new URL(page.url()).searchParams.get("date"),
        "2026-02-03",
        "the date goes along",
      );
      assert.equal(await page.locator(".failure").count(), 0);
      assert.deepEqual(tab.errors, []);
      await tab.close();
    });
  }

  test("search: the key is a letter where one writes, and can be turned off for good", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/questions?${date}`);
    const box = page.getByRole("combobox", { name: /^Find/ });
    const focused = () => box.evaluate((element) => element === document.activeElement);
    await page.keyboard.press("/");
    await page.keyboard.type("a/b");
    assert.equal(await box.inputValue(), "a/b");
    await page.keyboard.press("Escape");
    await page.locator(".search-results").first().waitFor({ state: "hidden" });
    const choice = page.getByRole("checkbox", { name: /leads to the search/ });
    await choice.uncheck();
    await page.keyboard.press("/");
    assert.equal(await focused(), false);
    await page.reload();
    await settled(page);
    await page.keyboard.press("/");
    assert.equal(await focused(), false, "it stays turned off");
    assert.equal(await choice.isChecked(), false);
    await choice.check();
    await page.keyboard.press("/");
    assert.equal(await focused(), true);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [], "nothing is left");
    await tab.close();
  });

  test("search: at 360 px its list fits the window, in the dark", async () => {
    const tab = await openTab(env.browser, env.server, {
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    const { page } = tab;
    await tab.go(`/compare?${date}`);
    await page.getByRole("combobox", { name: /^Find/ }).fill("customs");
    const option = page.getByRole("option").first();
    await option.waitFor();
    const list = await page.locator(".search-head .search-results").boundingBox();
    assert.ok(list.x >= 0 && list.x + list.width <= 360, JSON.stringify(list));
    await assertAccessible(page, "the search box at 360 px");
    await tab.close();
  });
}
