// Debian's Chromium, and what every test asks of a page that it opens.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

import { deadline } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The sandbox of the browser needs what a container or root has not; the pages are our own. Shared
// memory is a few megabytes in a container, and a browser that runs out of it ends.
const args = ["--no-sandbox", "--disable-dev-shm-usage"];
const launches = 3;

// Starts a browser. A machine under load may fail to, before anything is tested: that alone is tried
// again.
export async function launch(options = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await chromium.launch({
        ...options,
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        timeout: deadline,
        args,
      });
    } catch (error) {
      if (attempt === launches) throw error;
      console.error(`the browser did not start, attempt ${attempt}: ${error}`);
    }
  }
}

// A tab that notes what must not happen: a request to another origin, an error on the console.
export async function openTab(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(deadline);
  const page = await context.newPage();
  const strangers = [];
  const errors = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== server.address)
      strangers.push(request.url());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  return {
    page,
    // What went wrong on the console so far.
    errors,
    go: async (address) => {
      await page.goto(server.address + address, { timeout: deadline });
      await settled(page);
    },
    close: async () => {
      assert.deepEqual(strangers, [], "the page asked another origin");
      // What the policy kept from being asked.
      const refused = errors.filter((error) => error.includes("Content Security Policy"));
      assert.deepEqual(refused, [], "the page tried what its policy forbids");
      await context.close();
    },
  };
}

// Waits until every answer of the view is there or has failed.
export async function settled(page) {
  await page.waitForFunction(
    () =>
      document.querySelector("main h1") !== null &&
      document.querySelector("main .waiting") === null &&
      document.querySelector('main [aria-busy="true"]') === null,
    undefined,
    { timeout: deadline },
  );
}

// Nothing failed, and something was said.
export async function assertAnswered(page, where) {
  assert.equal(
    await page.locator(".failure").count(),
    0,
    `${where}: ${await textOf(page, ".failure")}`,
  );
  const said = await page.locator("main table tbody tr, main .sentence, main dl div").count();
  assert.ok(said > 0, `${where}: the view says nothing`);
}

export async function textOf(page, selector) {
  return (await page.locator(selector).allTextContents()).join(" | ");
}

// axe finds nothing to keep anybody out.
export async function assertAccessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  const told = found.violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`)
        .join(" | ")}`,
  );
  assert.deepEqual(told, [], `${where}: axe`);
}

// Nothing is wider than the window.
export async function assertNoOverflow(page, where) {
  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(wide.page <= wide.window, `${where}: ${wide.page} px in a window of ${wide.window} px`);
}
