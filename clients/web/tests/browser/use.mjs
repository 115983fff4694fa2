// The page as people use it: searching, dragging the date, going back, by keyboard alone, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";

import { assertAccessible, openTab, settled, textOf } from "./browser.mjs";

const date = "date=2026-02-03";

export function useTests(env) {
  test("from the map to Indonesia's brief by keyboard alone, with a misspelt name", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/?${date}`);
    const box = page.getByRole("combobox", { name: /^Find/ });
    for (let steps = 0; steps < 30; steps += 1) {
      await page.keyboard.press("Tab");
      if (await box.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.type("indonsia");
    const option = page.getByRole("option", { name: "Indonesia", exact: true });
    await option.waitFor();
    await assertAccessible(page, "the open search box");
    for (let steps = 0; steps < 12; steps += 1) {
      if ((await option.getAttribute("aria-selected")) === "true") break;
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/states\/IDN/);
    await settled(page);
    assert.match(await page.locator("h1").textContent(), /Indonesia, towards the ATT/);
    assert.ok(
      await page.locator("h1").evaluate((element) => element === document.activeElement),
      "focus on the heading",
    );
    await tab.close();
  });

  test("the first view counts 13 of 40 and names the set, its definition, the date and the rule", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/?${date}`);
    const count = page.locator(".count-sentence");
    await count.waitFor();
    const answer = await env.server.call("attlas.instruments.v1.InstrumentService/GetStatus", {
      read: { asOf: { year: 2026, month: 2, day: 3 } },
      instrument: "att",
      grouping: "sas-indo-pacific-40-candidate-a",
    });
    assert.equal(
      await count.getAttribute("data-count"),
      `${answer.counts.parties} of ${answer.counts.size}`,
    );
    assert.match(await count.textContent(), /^13 of 40 .*ATT, by deposit, 3 February 2026/);
    assert.ok((await count.textContent()).includes(answer.grouping.displayName), "the set");
    await page.getByRole("link", { name: "how this set is defined" }).click();
    const definition = page.locator("#set");
    assert.ok((await definition.textContent()).includes(answer.groupingDefinition));
    assert.match(await definition.textContent(), /RECONSTRUCTED/);
    await tab.close();
  });

  test("the map is left and entered by keyboard; the arrows go from state to state", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/?${date}`);
    await page.locator(".map-state").first().waitFor();
    assert.equal(
      await page.locator('.map-state[tabindex="0"]').count(),
      1,
      "one stop for the tabulator",
    );
    await page.locator('.map-state[tabindex="0"]').focus();
    const before = await page.evaluate(() => document.activeElement.getAttribute("data-state"));
    const seen = new Set([before]);
    for (const key of [
      "ArrowRight",
      "ArrowDown",
      "ArrowLeft",
      "ArrowUp",
      "ArrowRight",
      "ArrowDown",
    ]) {
      await page.keyboard.press(key);
      seen.add(await page.evaluate(() => document.activeElement.getAttribute("data-state")));
    }
    assert.ok(seen.size > 2, `the arrows reached ${[...seen].join(", ")}`);
    const state = await page.evaluate(() => document.activeElement.getAttribute("data-state"));
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith(state));
    await tab.close();
  });

  test("every state of the set is on the map or marked, small islands too", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/?${date}`);
    await page.locator(".map-state").first().waitFor();
    assert.equal(await page.locator(".map-state").count(), 40);
    for (const state of ["TUV", "NRU", "NIU", "PLW", "MHL", "KIR"]) {
      assert.equal(
        await page.locator(`[data-state="states/${state}"] .map-mark`).count(),
        1,
        state,
      );
    }
    await page.locator('[data-state="states/TUV"] .map-touch').click();
    await page.waitForURL(/\/states\/TUV/);
    await tab.close();
  });

  test("the count on any date of the slider is the service's own", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/?region=asean");
    const slider = page.getByRole("slider", { name: "Date" });
    await slider.focus();
    for (const [key, steps] of [
      ["Home", 1],
      ["ArrowRight", 9],
      ["PageUp", 4],
      ["ArrowRight", 7],
      ["End", 1],
    ]) {
      for (let step = 0; step < steps; step += 1) await page.keyboard.press(key);
      const shown = await page.locator(".count-sentence time").getAttribute("datetime");
      const [year, month, day] = shown.split("-").map(Number);
      const answer = await env.server.call("attlas.instruments.v1.InstrumentService/GetStatus", {
        read: { asOf: { year, month, day } },
        instrument: "att",
        grouping: "asean",
      });
      assert.equal(
        await page.locator(".count-sentence").getAttribute("data-count"),
        `${answer.counts.parties ?? 0} of ${answer.counts.size}`,
        shown,
      );
      const looks = {
        PARTICIPATION_STATUS_PARTY: "party",
        PARTICIPATION_STATUS_SIGNATORY: "signatory",
        PARTICIPATION_STATUS_OUTSIDE: "outside",
      };
      for (const one of answer.states) {
        const mark = page.locator(`[data-state="${one.state.name}"]`);
        assert.equal(
          await mark.getAttribute("data-status"),
          looks[one.status],
          `${one.state.name} on ${shown}`,
        );
      }
    }
    await tab.close();
  });

  test("the date plays to its end, and the address then names no date", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/?region=asean&date=2025-09-01");
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() => !new URL(location.href).searchParams.has("date"));
    await page.getByRole("button", { name: "Play" }).waitFor();
    await tab.close();
  });

  test("choices are in the address, so that it can be shared and gone back to", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/?${date}`);
    await page.getByLabel("Instrument", { exact: true }).selectOption("cwc");
    await page.waitForURL(/target=cwc/);
    await page.getByLabel("Region set").selectOption("asean");
    await page.waitForURL(/region=asean/);
    await settled(page);
    const count = await page.locator(".count-sentence").getAttribute("data-count");
    const shared = page.url();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("region"));
    await page.goForward();
    await page.waitForURL(/region=asean/);
    const other = await openTab(env.browser, env.server);
    await other.go(shared.slice(env.server.address.length));
    assert.equal(await other.page.locator(".count-sentence").getAttribute("data-count"), count);
    await other.close();
    await tab.close();
  });

  test("a fact opens its sources, and closing returns to it", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/states/IDN?${date}`);
    const cite = page.locator(".cite").first();
    await cite.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await drawer.waitFor();
    await page.waitForFunction(() => document.querySelectorAll(".drawer .statement").length > 0);
    await assertAccessible(page, "the sources of a fact");
    assert.ok((await drawer.locator(".citations a, .citations li").count()) > 0);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    assert.ok(
      await cite.evaluate((element) => element === document.activeElement),
      "focus returns",
    );
    await tab.close();
  });

  test("sources are numbered in the order of the page and all are listed", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/states/IDN?${date}`);
    const listed = await page.locator(".sources li").count();
    await page.waitForFunction(() => document.querySelector(".cite")?.textContent?.startsWith("1"));
    const numbers = (await page.locator(".cite").allTextContents()).flatMap((text) =>
      text.split(", ").flatMap((part) => {
        const [from, to = from] = part.split("–").map(Number);
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      }),
    );
    const used = new Set(numbers);
    assert.equal(used.size, listed, "as many sources as numbers");
    assert.equal(Math.max(...used), listed);
    let highest = 0;
    for (const number of numbers) {
      assert.ok(number <= highest + 12, `${number} is met after ${highest}`);
      highest = Math.max(highest, number);
    }
    await tab.close();
  });

  test("a supposed act can be undone and gone back to", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/what-if?${date}&state=IDN`);
    await page.getByLabel("Suppose that it").selectOption("join:att");
    await page.waitForURL(/act=join:att/);
    await settled(page);
    assert.match(await textOf(page, "main .sentence"), /from 0 to 30/);
    await page.getByRole("button", { name: "Undo the last" }).click();
    await page.waitForURL((url) => !url.searchParams.has("act"));
    await page.locator(".empty").first().waitFor();
    await page.goBack();
    await page.waitForURL(/act=join:att/);
    await settled(page);
    assert.match(await textOf(page, "main .sentence"), /from 0 to 30/);
    await tab.close();
  });

  test("a date that is none is refused where it is written", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/states/IDN?${date}`);
    const field = page.getByLabel("As of");
    await field.fill("2026-13-01");
    await page.getByText("Write a date as 2026-02-03").waitFor();
    await assertAccessible(page, "a wrong date");
    await field.fill("2020-05");
    await field.press("Enter");
    await page.waitForURL(/date=2020-05/);
    await tab.close();
  });

  test("the theme follows the system until the reader chooses", async () => {
    const tab = await openTab(env.browser, env.server, { colorScheme: "dark" });
    const { page } = tab;
    // Once the page has been told what the system changed to.
    const schemeUnder = (system) =>
      page.evaluate(async (wanted) => {
        while (!window.matchMedia(`(prefers-color-scheme: ${wanted})`).matches)
          await new Promise(requestAnimationFrame);
        for (let frame = 0; frame < 2; ++frame) await new Promise(requestAnimationFrame);
        return getComputedStyle(document.documentElement).colorScheme;
      }, system);
    await tab.go("/");
    assert.equal(await schemeUnder("dark"), "dark");
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await schemeUnder("light"), "light");
    await tab.go("/");
    await page.getByRole("button", { name: /Dark/ }).click();
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await schemeUnder("dark"), "dark");
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await schemeUnder("light"), "dark");
    await tab.close();
  });

  test("the theme is kept, and nothing else", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go("/");
    await page.getByRole("button", { name: /Dark/ }).click();
    await tab.go(`/states/IDN?${date}`);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.deepEqual(
      await page.evaluate(() => [
        Object.keys(localStorage),
        Object.keys(sessionStorage),
        document.cookie,
      ]),
      [["theme"], [], ""],
    );
    await tab.close();
  });
}
