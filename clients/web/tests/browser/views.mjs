// Each view and each of the 25 questions, by its address and by clicks, on every sort of screen.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  assertAccessible,
  assertAnswered,
  assertNoOverflow,
  openTab,
  settled,
} from "./browser.mjs";

const date = "date=2026-02-03";
export const addresses = {
  map: `/?${date}`,
  "map of all states": `/?${date}&region=all`,
  brief: `/states/IDN?${date}&target=att`,
  "brief of a party": `/states/PHL?${date}&target=att`,
  "brief towards a text without parties": `/states/FJI?${date}&target=unpoa`,
  questions: "/questions",
  "compare instruments": `/compare?${date}&target=att&with=unpoa&with=iti`,
  "compare states": `/compare?${date}&what=states&one=IDN&other=PHL`,
  "what if": `/what-if?${date}&state=IDN&act=join:att&act=leave:bwc`,
  bridges: `/bridges?${date}&state=IDN&target=att`,
  "imports from parties": `/transfers?${date}&show=exposure`,
  suppliers: `/transfers?${date}&show=suppliers&state=MMR`,
  customers: `/transfers?${date}&show=customers&state=KOR`,
  ranking: `/transfers?${date}&show=ranking&region=all`,
  counts: `/transfers?${date}&show=count`,
  convene: `/convene?${date}&theme=stockpile-management&among=asean&from=2026-06-01&until=2026-06-05`,
  changes: `/changes?${date}&node=states/PHL&since=2022-01-01`,
  facts: `/facts/instruments/att?${date}`,
};

// Views whose narrow form differs most from the wide one.
const narrow = new Set(["map", "brief", "compare instruments", "what if"]);

export function viewTests(env) {
  for (const [name, address] of Object.entries(addresses)) {
    test(`view: ${name}`, async () => {
      const tab = await openTab(env.browser, env.server);
      await tab.go(address);
      if (name !== "questions") await assertAnswered(tab.page, name);
      await assertAccessible(tab.page, name);
      await assertNoOverflow(tab.page, name);
      assert.equal(await tab.page.locator("h1").count(), 1, "one heading of the first level");
      assert.deepEqual(tab.errors, [], "errors on the console");
      await tab.close();
    });
  }

  test("every view fits 360 px, in the dark", async () => {
    const tab = await openTab(env.browser, env.server, {
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    for (const [name, address] of Object.entries(addresses)) {
      await tab.go(address);
      await assertNoOverflow(tab.page, `${name} at 360 px`);
      if (narrow.has(name)) await assertAccessible(tab.page, `${name} at 360 px in the dark`);
    }
    await tab.close();
  });

  test("the map fills a 4K screen without overflow", async () => {
    const tab = await openTab(env.browser, env.server, { viewport: { width: 3840, height: 2160 } });
    await tab.go(addresses.map);
    await assertNoOverflow(tab.page, "map at 4K");
    await tab.close();
  });

  test("each of the 25 questions is a click from its answer", async () => {
    const tab = await openTab(env.browser, env.server);
    await tab.go(`/questions?${date}`);
    const links = tab.page.locator("main ol a");
    assert.equal(await links.count(), 25);
    for (let index = 0; index < 25; index += 1) {
      const text = await links.nth(index).textContent();
      await links.nth(index).click();
      await tab.page.waitForURL((url) => url.pathname !== "/questions");
      await settled(tab.page);
      await assertAnswered(tab.page, `question ${index + 1}`);
      // Those that lead to a view have been checked there.
      if (tab.page.url().includes("/questions/"))
        await assertAccessible(tab.page, `question ${index + 1}`);
      assert.match(tab.page.url(), /date=2026-02-03/, `${text}: the date goes along`);
      await tab.page.goBack();
      await tab.page.waitForURL((url) => url.pathname === "/questions");
      await settled(tab.page);
    }
    assert.deepEqual(tab.errors, [], "errors on the console");
    await tab.close();
  });

  test("what is not there is said plainly", async () => {
    const tab = await openTab(env.browser, env.server);
    await tab.go("/nowhere");
    assert.match(await tab.page.locator("h1").textContent(), /no such page/);
    await tab.go("/states/XYZ");
    assert.match(await tab.page.locator(".failure").first().textContent(), /no such thing/);
    await assertAccessible(tab.page, "a state that is not there");
    await tab.close();
  });
}
