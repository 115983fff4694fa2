// When the map of the first view is there, with what the browser kept of an earlier visit, and how long
// frames take while a node with many neighbours is expanded in the relationship map:
// `node tests/bench/frames.mjs [NEIGHBOURS]`, after script/web and a build of attlas and attlasd.
// It measures and asserts nothing; the goals are a map within 1 s, and no frame of more than 50 ms.
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";

import { launch, openTab } from "../browser/browser.mjs";
import { drawn } from "../browser/relationships.mjs";
import { Server, root } from "../browser/server.mjs";

const neighbours = Number(process.argv[2] ?? 500);
const rounds = 5;

// An instrument with so many provisions, beside the curated dataset.
async function fill(server) {
  const citations = [{ source: "sources/attlas-analysis", confidence: "CONFIDENCE_SEEN" }];
  const node = (name, type, displayName, properties) => ({
    createNode: { name, type, displayName, properties, citations },
  });
  const text = (name, value) => ({ name, value: { text: value } });
  const mutations = [
    node("instruments/wide", "instrument", "A wide instrument", [
      text("kind", "treaty"),
      text("coverage", "none"),
    ]),
  ];
  for (let index = 0; index < neighbours; index += 1) {
    const name = `provisions/wide-${index}`;
    mutations.push(
      node(name, "provision", `Wide instrument, article ${index}`, [text("ref", `Art. ${index}`)]),
      { createEdge: { type: "HAS_PROVISION", from: "instruments/wide", to: name, citations } },
    );
  }
  await server.call("attlas.graph.v1.GraphService/Commit", { mutations, requestId: randomUUID() });
}

// Notes the time between frames until `stopFrames` is called.
function startFrames() {
  const times = [];
  let last = performance.now();
  let going = true;
  const tick = (now) => {
    times.push(now - last);
    last = now;
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(tick);
  });
  window.stopFrames = () => {
    going = false;
    return times;
  };
}

function summary(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const rounded = (value) => Math.round(value * 10) / 10;
  return {
    frames: sorted.length,
    p50_ms: rounded(at(0.5)),
    p95_ms: rounded(at(0.95)),
    max_ms: rounded(sorted.at(-1)),
    over_50_ms: sorted.filter((time) => time > 50).length,
  };
}

// Notes when the map is first there, in milliseconds since the page was asked for.
function noteMap() {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".map-state")) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (window.mapAt = performance.now())));
  }).observe(document, { childList: true, subtree: true });
}

async function firstMap(page, address) {
  await page.addInitScript(noteMap);
  await page.goto(address);
  await page.waitForFunction(() => window.mapAt !== undefined);
  const { events } = await traced(page, async () => {
    await page.goto(address);
    await page.waitForFunction(() => window.mapAt !== undefined);
  });
  return {
    warm_ms: Math.round(await page.evaluate(() => window.mapAt)),
    ...tasksOf(events),
  };
}

// The time between frames, and the processor time of the longest tasks of the page's main thread: on
// a machine that others use as well, the second tells more.
async function measure(page, act) {
  const { result, events } = await traced(page, async () => {
    await page.evaluate(startFrames);
    await act();
    return summary(await page.evaluate(() => window.stopFrames()));
  });
  return { ...result, ...tasksOf(events) };
}

// What `act` gives, and what the browser did meanwhile.
async function traced(page, act) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    categories: "toplevel,devtools.timeline",
    transferMode: "ReportEvents",
  });
  const result = await act();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return { result, events };
}

function tasksOf(events) {
  // The main thread of the page is the one that fires the frames' callbacks.
  const main = events.find((event) => event.name === "FireAnimationFrame");
  const own = events.filter(
    (event) => event.pid === main?.pid && event.tid === main?.tid && event.tdur,
  );
  const tasks = own
    .filter((event) => event.name.endsWith("RunTask"))
    .map((event) => event.tdur / 1000);
  return {
    cpu_all_tasks_ms: Math.round(tasks.reduce((sum, time) => sum + time, 0)),
    cpu_longest_task_ms: Math.round(Math.max(0, ...tasks) * 10) / 10,
    cpu_tasks_over_50_ms: tasks.filter((time) => time > 50).length,
  };
}

const server = new Server();
const results = [];
try {
  await server.start();
  await fill(server);
  const browser = await launch();
  for (let round = 0; round < rounds; round += 1) {
    const tab = await openTab(browser, server);
    const { page } = tab;
    const map = await firstMap(page, `${server.address}/?date=2026-02-03`);
    await tab.go("/relationships?see=states/IDN*+instruments/wide");
    await drawn(page);
    await page.getByRole("option", { name: /^A wide instrument/ }).click();
    const expanding = await measure(page, async () => {
      await page.getByRole("button", { name: "Expand", exact: true }).click();
      await page.waitForFunction(
        (count) => Number(document.querySelector(".relations-canvas").dataset.nodes) > count,
        neighbours,
      );
      await drawn(page);
    });
    const moving = await measure(page, async () => {
      const box = await page.locator(".relations-canvas").boundingBox();
      await page.mouse.move(box.x + 40, box.y + box.height - 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 340, box.y + 120, { steps: 40 });
      await page.mouse.up();
    });
    results.push({ map, expanding, moving });
    console.log(`round ${round + 1}:`, JSON.stringify({ map, expanding, moving }));
    await tab.close();
  }
  await browser.close();
} finally {
  await server.remove();
}
const folder = join(root, "build/release/bench");
mkdirSync(folder, { recursive: true });
const machine = { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg() };
writeFileSync(
  join(folder, "page_frames.json"),
  `${JSON.stringify({ neighbours, machine, rounds: results }, null, 2)}\n`,
);
