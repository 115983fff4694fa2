// The relationship map: what it shows is what the service says, it stays where it is, it can be shared
// and taken along, and it works by keyboard alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { assertAccessible, assertNoOverflow, openTab, settled, textOf } from "./browser.mjs";

const date = "date=2026-02-03";
const indonesia = `/relationships?${date}&see=states/IDN*`;

// Waits until the picture is drawn to its end.
export async function drawn(page) {
  await settled(page);
  await page.waitForFunction(
    () => document.querySelector(".relations-canvas")?.dataset.waiting === "0",
  );
}

const caption = (page) => page.locator(".relations-caption").textContent();

async function counts(page) {
  const [, nodes, statements] = /(\d+) nodes?, (\d+) statements?/.exec(await caption(page)) ?? [];
  return { nodes: Number(nodes), statements: Number(statements) };
}

// What the service itself shows around a node through a filter of its own.
async function around(env, node, read) {
  const answer = await env.server.call("attlas.graph.v1.GraphService/GetNeighborhood", {
    node,
    read,
    maxNodes: 2000,
    maxFanOut: 10000,
    maxBytes: 1 << 26,
  });
  const edges = (answer.subgraph.edges ?? []).filter(
    (edge) => edge.from === node || edge.to === node,
  );
  return { nodes: answer.subgraph.nodes.length, statements: edges.length };
}

async function download(page, format) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: format, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

async function jsonOf(page) {
  return JSON.parse((await download(page, "JSON")).bytes.toString("utf8"));
}

export function relationshipTests(env) {
  test("relationships: a misspelt name starts a picture, which is then in the address", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/relationships?${date}`);
    await page.getByText("The picture is empty").waitFor();
    await assertAccessible(page, "an empty picture");
    await page.getByRole("combobox", { name: "Put a node into the picture" }).fill("indonsia");
    await page.getByRole("option", { name: "Indonesia", exact: true }).click();
    await page.waitForURL((url) => url.search.includes("see=states/IDN"));
    await drawn(page);
    assert.deepEqual(
      await counts(page),
      await around(env, "states/IDN", { asOf: { year: 2026, month: 2, day: 3 } }),
    );
    await assertAccessible(page, "a picture with a chosen node");
    await assertNoOverflow(page, "relationships");
    assert.deepEqual(tab.errors, [], "errors on the console");
    await tab.close();
  });

  test("relationships: what is shown on a date and of a confidence is what the service says", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    const filters = [
      ["date=1999-06-30", { asOf: { year: 1999, month: 6, day: 30 } }],
      ["date=2014", { asOf: { year: 2014 } }],
      [
        "date=2020-05&sure=seen",
        { asOf: { year: 2020, month: 5 }, minConfidence: "CONFIDENCE_SEEN" },
      ],
      [
        "date=2026-02-03&sure=subject-seen",
        { asOf: { year: 2026, month: 2, day: 3 }, minConfidence: "CONFIDENCE_STRUCTURE_SEEN" },
      ],
    ];
    for (const node of ["states/IDN", "instruments/att"]) {
      for (const [query, read] of filters) {
        await tab.go(`/relationships?${query}&see=${node}*`);
        await drawn(page);
        assert.deepEqual(
          await counts(page),
          await around(env, node, read),
          `${node} with ${query}`,
        );
      }
    }
    await tab.close();
  });

  test("relationships: types are hidden and shown, dates dragged, and each is undone", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    const before = await counts(page);
    await page.getByRole("checkbox", { name: /^Instruments/ }).uncheck();
    await page.waitForURL(/hide=instrument/);
    const without = await counts(page);
    assert.ok(without.nodes < before.nodes, "fewer nodes without instruments");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.waitForURL((url) => !url.searchParams.has("hide"));
    assert.deepEqual(await counts(page), before);
    await page.getByRole("button", { name: "Redo" }).click();
    await page.waitForURL(/hide=instrument/);
    assert.deepEqual(await counts(page), without);
    await page.locator("h1").click();
    await page.keyboard.press("Control+z");
    await page.waitForURL((url) => !url.searchParams.has("hide"));
    const year = page.getByRole("slider", { name: /Year/ });
    await year.focus();
    for (let step = 0; step < 12; step += 1) await page.keyboard.press("ArrowLeft");
    await page.waitForURL(/date=2014-12-31/);
    assert.ok((await counts(page)).statements < before.statements, "fewer statements in 2014");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.waitForURL(/date=2026-02-03/);
    assert.deepEqual(await counts(page), before, "a dragged slider is undone at once");
    await tab.close();
  });

  test("relationships: expanding moves nothing that is there", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    const before = new Map((await jsonOf(page)).nodes.map((node) => [node.name, [node.x, node.y]]));
    await page.getByRole("option", { name: /^BWC / }).dblclick();
    await page.waitForURL(/instruments\/bwc\*/);
    await drawn(page);
    const after = new Map((await jsonOf(page)).nodes.map((node) => [node.name, [node.x, node.y]]));
    assert.ok(after.size > before.size + 100, `${after.size} nodes after ${before.size}`);
    for (const [name, at] of before) assert.deepEqual(after.get(name), at, name);
    await tab.close();
  });

  test("relationships: by keyboard alone: expand, pin, move, remove, collapse", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    const list = page.getByRole("listbox", { name: "Nodes of the picture" });
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press("Tab");
      if (await list.evaluate((element) => element === document.activeElement)) break;
    }
    const active = async () => {
      const id = await list.getAttribute("aria-activedescendant");
      return (await page.locator(`[id="${id}"] .relations-row-name`).textContent()) ?? "";
    };
    const first = await active();
    await page.keyboard.press("End");
    const last = await active();
    assert.notEqual(last, first);
    await page.keyboard.press("Home");
    for (let steps = 0; steps < 200 && (await active()) !== "BWC"; steps += 1)
      await page.keyboard.press("ArrowDown");
    assert.equal(await active(), "BWC");
    await page.keyboard.press("Enter");
    await page.waitForURL(/instruments\/bwc\*/);
    await drawn(page);
    const opened = await counts(page);
    await page.keyboard.press("p");
    await page.waitForURL(/bwc:-?\d+:-?\d+/);
    const pinned = page.url();
    await page.keyboard.press("Shift+ArrowRight");
    await page.waitForURL((url) => /bwc:-?\d+:-?\d+/.test(url.search) && url.href !== pinned);
    await assertAccessible(page, "a pinned node");
    await page.keyboard.press("Enter");
    await page.waitForURL(/bwc:close/);
    await drawn(page);
    assert.ok((await counts(page)).nodes < opened.nodes, "collapsed");
    await page.keyboard.press("Delete");
    await page.waitForURL(/bwc:drop/);
    await drawn(page);
    assert.ok(
      await list.evaluate((element) => element === document.activeElement),
      "the focus stays in the list",
    );
    await tab.close();
  });

  test("relationships: a node is dragged with a pointer and stays there", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/relationships?${date}&see=states/IDN`);
    await drawn(page);
    const canvas = await page.locator(".relations-canvas").boundingBox();
    const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x + 60, middle.y + 40, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/IDN:\d+:\d+/);
    assert.equal((await jsonOf(page)).nodes[0].pinned, true);
    await tab.close();
  });

  test("relationships: paths are told in words, hop by hop with sources, and shown", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(`/relationships?${date}&see=states/IDN&from=states/IDN&to=instruments/att`);
    await page.locator(".relations-paths > li").first().waitFor();
    const answer = await env.server.call("attlas.graph.v1.GraphService/FindPaths", {
      read: { asOf: { year: 2026, month: 2, day: 3 } },
      from: "states/IDN",
      to: "instruments/att",
      maxPaths: 5,
      confidencePenalty: 0.1,
      avoidNodeTypes: ["grouping", "source", "dataset"],
    });
    const paths = page.locator(".relations-paths > li");
    assert.equal(await paths.count(), answer.paths.length);
    for (const [index, path] of answer.paths.entries()) {
      const names = path.nodeIndexes.map((at) => answer.subgraph.nodes[at].displayName);
      const route = (await paths.nth(index).locator(".relations-route").textContent()).replace(
        /\s+/g,
        " ",
      );
      for (const name of names) assert.ok(route.includes(name), `${route} names ${name}`);
      const hops = paths.nth(index).locator(".relations-statements li");
      assert.equal(await hops.count(), path.edgeIndexes.length, "a sentence a hop");
      assert.equal(await hops.locator(".cite").count(), path.edgeIndexes.length, "sources a hop");
      for (const sentence of await hops.allTextContents()) assert.match(sentence, /\w+ .+\./);
    }
    await paths.first().getByRole("button", { name: "Show in the picture" }).click();
    await page.waitForURL(/lit=1/);
    await drawn(page);
    assert.equal((await counts(page)).nodes, answer.paths[0].nodeIndexes.length);
    await assertAccessible(page, "paths");
    await page.getByLabel(/Also by region sets/).check();
    await page.waitForURL(/over=groupings/);
    await tab.close();
  });

  test("relationships: an address shows the same picture to the node", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    await page.getByRole("option", { name: /^BWC / }).dblclick();
    await page.waitForURL(/instruments\/bwc\*/);
    await drawn(page);
    const list = page.getByRole("listbox", { name: "Nodes of the picture" });
    await list.focus();
    for (const key of ["Shift+ArrowRight", "Shift+ArrowDown"]) await page.keyboard.press(key);
    await page.getByRole("checkbox", { name: /^Events/ }).uncheck();
    await page.waitForURL((url) => /hide=event/.test(url.search) && /bwc:-?\d+/.test(url.search));
    const shared = page.url();
    assert.ok(shared.length < 400, `the address is compact: ${shared.length} characters`);
    const { address, ...picture } = await jsonOf(page);
    assert.equal(address, shared);
    const other = await openTab(env.browser, env.server);
    await other.go(shared.slice(env.server.address.length));
    await drawn(other.page);
    const { address: again, ...same } = await jsonOf(other.page);
    assert.deepEqual(same, picture);
    assert.equal(again, shared);
    await other.close();
    await tab.close();
  });

  test("relationships: the files are whole, and say date, revision and sources", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    const { nodes, statements } = await counts(page);
    const json = await jsonOf(page);
    assert.equal(json.format, "attlas-relationships");
    assert.equal(json.nodes.length, nodes);
    assert.equal(json.statements.length, statements);
    assert.equal(json.asOf, "2026-02-03");
    assert.equal(json.marking, "TLP:CLEAR");
    const sources = new Set(json.sources.map((source) => source.name));
    for (const statement of json.statements) {
      assert.ok(statement.sentence.endsWith("."), statement.sentence);
      for (const citation of statement.citations)
        assert.ok(sources.has(citation.source), citation.source);
    }

    // XML is read by the browser's own reader.
    const shapes = async (format) => {
      const { name, bytes } = await download(page, format);
      assert.match(name, new RegExp(`^relationships-2026-02-03\\.${format.toLowerCase()}$`));
      const text = bytes.toString("utf8");
      assert.ok(text.includes(json.revision), `${format}: revision`);
      assert.ok(text.includes("2026-02-03"), `${format}: date`);
      return page.evaluate((content) => {
        const document = new DOMParser().parseFromString(content, "application/xml");
        const count = (selector) => document.querySelectorAll(selector).length;
        const ids = new Set([...document.querySelectorAll("node")].map((node) => node.id));
        return {
          error: document.querySelector("parsererror")?.textContent ?? "",
          root: document.documentElement.namespaceURI,
          nodes: count("node"),
          edges: count("edge"),
          keys: count("key"),
          groups: count("g[transform] > title"),
          text: count("text"),
          loose: [...document.querySelectorAll("edge")].filter(
            (edge) =>
              !ids.has(edge.getAttribute("source")) || !ids.has(edge.getAttribute("target")),
          ).length,
          undeclared: [...document.querySelectorAll("data")].filter(
            (data) => !document.querySelector(`key[id="${data.getAttribute("key")}"]`),
          ).length,
          size: ["width", "height"].map((name) =>
            Number(document.documentElement.getAttribute(name)),
          ),
        };
      }, text);
    };
    const graphml = await shapes("GraphML");
    assert.equal(graphml.error, "");
    assert.equal(graphml.root, "http://graphml.graphdrawing.org/xmlns");
    assert.deepEqual(
      [graphml.nodes, graphml.edges, graphml.loose, graphml.undeclared],
      [nodes, statements, 0, 0],
    );
    const svg = await shapes("SVG");
    assert.equal(svg.error, "");
    assert.equal(svg.root, "http://www.w3.org/2000/svg");
    assert.equal(svg.groups, nodes);

    const csv = (await download(page, "CSV")).bytes.toString("utf8");
    const rows = csv.split("\r\n").slice(0, -1);
    assert.equal(rows.length, statements + 1);
    assert.ok(
      rows.slice(1).every((row) => row.endsWith(`,2026-02-03,${json.revision}`)),
      "date and revision in each row",
    );

    const png = (await download(page, "PNG")).bytes;
    assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.deepEqual(
      [width, height],
      svg.size.map((side) => side * Math.min(2, 8192 / Math.max(...svg.size))).map(Math.round),
    );
    assert.ok(png.includes(Buffer.from(json.revision)), "PNG: revision");
    const shown = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const colours = new Set();
      for (let at = 0; at < data.length; at += 400)
        colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      return { width: image.width, colours: colours.size };
    }, png.toString("base64"));
    assert.equal(shown.width, width);
    assert.ok(shown.colours > 5, `the picture is drawn in ${shown.colours} colours`);
    assert.deepEqual(tab.errors, [], "errors on the console");
    await tab.close();
  });

  test("relationships: the tables say what the picture shows", async () => {
    const tab = await openTab(env.browser, env.server);
    const { page } = tab;
    await tab.go(indonesia);
    await drawn(page);
    const { nodes, statements } = await counts(page);
    await page.getByText(/The picture as tables/).click();
    await page.locator(".relations-behind table").nth(1).waitFor();
    for (const button of await page.getByRole("button", { name: /^Show all/ }).all()) {
      if (
        await button
          .locator("xpath=ancestor::details[contains(@class, 'relations-behind')]")
          .count()
      )
        await button.click();
    }
    const tables = page.locator(".relations-behind table");
    assert.equal(await tables.nth(0).locator("tbody tr").count(), nodes);
    assert.equal(await tables.nth(1).locator("tbody tr").count(), statements);
    await assertAccessible(page, "the tables behind the picture");
    await tab.close();
  });

  test("relationships: a name that leads nowhere is said, and the rest is shown", async () => {
    const tab = await openTab(env.browser, env.server);
    await tab.go(`/relationships?${date}&see=themes/no-such-theme*+states/IDN*`);
    await drawn(tab.page);
    assert.match(
      await textOf(tab.page, ".warning"),
      /not here, or not for you to see: themes\/no-such-theme/,
    );
    assert.ok((await counts(tab.page)).nodes > 50);
    await tab.close();
  });

  test("relationships: right at 360 px in the dark and at 4K", async () => {
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 3840, height: 2160 },
    ]) {
      const tab = await openTab(env.browser, env.server, { viewport, colorScheme: "dark" });
      await tab.go(`${indonesia}&from=states/IDN&to=states/FJI`);
      await drawn(tab.page);
      await assertNoOverflow(tab.page, `relationships at ${viewport.width} px`);
      await assertAccessible(tab.page, `relationships at ${viewport.width} px`);
      await tab.close();
    }
  });
}
