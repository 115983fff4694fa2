// Takes the pictures of docs/images from a real attlasd with the curated dataset.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, openTab } from "./tests/browser/browser.mjs";
import { Server, root } from "./tests/browser/server.mjs";

const date = "date=2026-02-03";
const shots = [
  { name: "map", address: `/?${date}`, height: 1000 },
  { name: "map-dark", address: `/?${date}&target=ccm`, height: 1000, colorScheme: "dark" },
  { name: "brief", address: `/states/IDN?${date}&target=att`, height: 1000 },
  {
    name: "sources",
    address: `/states/IDN?${date}&target=att`,
    height: 800,
    open: ".cite >> nth=2",
    drawn: ".drawer .statement",
  },
  { name: "compare", address: `/compare?${date}&target=att&with=unpoa&with=iti`, height: 900 },
  {
    name: "relationships",
    address: `/relationships?${date}&see=states/IDN*+instruments/att+events/msg-2015&from=states/IDN&to=instruments/att`,
    height: 1000,
    open: '[role="option"]:has-text("Indonesia")',
    drawn: ".relations-canvas[data-waiting='0']",
  },
  { name: "what-if", address: `/what-if?${date}&state=IDN&act=join:att`, height: 900 },
  {
    name: "phone",
    address: `/?${date}`,
    width: 360,
    height: 780,
    deviceScaleFactor: 2,
    isMobile: true,
  },
];

const folder = join(root, "docs/images");
mkdirSync(folder, { recursive: true });
const server = new Server();
await server.start();
// With its scroll bars, as people see it.
const browser = await launch({ ignoreDefaultArgs: ["--hide-scrollbars"] });
try {
  for (const { name, address, width = 1280, height, open, drawn, ...options } of shots) {
    const tab = await openTab(browser, server, {
      viewport: { width, height },
      reducedMotion: "reduce",
      ...options,
    });
    await tab.go(address);
    if (address.startsWith("/?")) await tab.page.locator(".map-state").first().waitFor();
    if (open) await tab.page.locator(open).first().click();
    if (drawn) await tab.page.locator(drawn).first().waitFor();
    await tab.page.screenshot({ path: join(folder, `${name}.png`) });
    await tab.close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
  await server.remove();
}
