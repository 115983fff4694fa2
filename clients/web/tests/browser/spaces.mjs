// Confidential spaces, and what is marked in a picture: shown to those who may, and left nowhere.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { assertAccessible, assertNoOverflow, openTab, settled, textOf } from "./browser.mjs";
import { guardedServer, tokenOf } from "./guarded.mjs";
import { drawn } from "./relationships.mjs";

const secret = "Walnut procurement doubts";
const purpose = "Talk before the walnut review";
const released = "Some states asked for more time.";

async function signIn(page, subject) {
  await page.getByText("Sign in with a token").click();
  await page.getByLabel("Bearer token").fill(tokenOf(subject));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("You show a token with every question").waitFor();
  await settled(page);
}

// Everything that a browser keeps or shows of a page outside of it.
async function leavings(page) {
  return page.evaluate(async () => ({
    address: location.href,
    title: document.title,
    state: JSON.stringify(history.state),
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    cookies: document.cookie,
    caches: JSON.stringify(await caches.keys()),
    databases: JSON.stringify(await indexedDB.databases()),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
}

// Notes the addresses that are asked for, and answers that a cache might keep.
function watch(page) {
  const addresses = [];
  const kept = [];
  page.on("request", (request) => addresses.push(request.url()));
  page.on("response", (response) => {
    if (response.url().includes("/attlas.") && response.headers()["cache-control"] !== "no-store")
      kept.push(response.url());
  });
  return { addresses, kept };
}

function assertNothingLeft(found, watched, words, where) {
  const text = JSON.stringify([found, watched.addresses]);
  for (const word of words)
    assert.ok(
      !text.includes(word) && !text.includes(encodeURIComponent(word)),
      `${where}: ${word} was left in ${text}`,
    );
  assert.deepEqual(watched.kept, [], `${where}: answers that a cache might keep`);
  assert.deepEqual(
    [found.local, found.session, found.cookies, found.caches, found.databases, found.workers],
    ["{}", "{}", "", "[]", "[]", 0],
    where,
  );
}

export function spaceTests(env) {
  const own = { server: undefined };
  const open = (options) => openTab(env.browser, own.server, options);

  before(async () => {
    own.server = guardedServer();
    await own.server.start();
  });
  after(async () => own.server?.remove());

  test("spaces: without rights the page says what is needed", async () => {
    const tab = await open();
    const { page } = tab;
    await tab.go("/spaces");
    await page.getByText("You are a member of no space").waitFor();
    await assertAccessible(page, "no spaces");
    await page.getByText("Make a space").click();
    await page.getByLabel("Name, for its members").fill("Mine");
    await page.getByLabel("What it is for").fill("To see");
    await page.getByRole("button", { name: "Make the space" }).click();
    await page.locator(".failure").waitFor();
    assert.match(await textOf(page, ".failure"), /needs the role of an editor/);
    await assertAccessible(page, "a refusal");
    await tab.close();
  });

  test("spaces: a token that is none is refused, and said so", async () => {
    const tab = await open();
    const { page } = tab;
    await tab.go("/spaces");
    await page.getByText("Sign in with a token").click();
    await page.getByLabel("Bearer token").fill("not.a.token");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator(".failure").first().waitFor();
    assert.match(await textOf(page, ".failure"), /asks who you are/);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are a member of no space").waitFor();
    await tab.close();
  });

  test("spaces: made, posted in, released from and closed; nothing is left anywhere", async () => {
    const tab = await open();
    const { page } = tab;
    const watched = watch(page);
    await tab.go("/spaces");
    await signIn(page, "ana");
    await page.getByText("Make a space").click();
    await page.getByLabel("Name, for its members").fill("Walnut round");
    await page.getByLabel("What it is for").fill(purpose);
    await page.getByLabel("Members, one a line").fill("token:https://login.example#ben");
    await page.getByLabel("Chatham House Rule").check();
    await page.getByRole("button", { name: "Make the space" }).click();
    const banner = page.getByRole("note", { name: "Marking" });
    await banner.waitFor();
    assert.match(
      await banner.textContent(),
      /TLP:AMBER.*For the members of “Walnut round” alone.*Chatham House/,
    );
    await settled(page);

    await page.getByLabel("Text", { exact: true }).fill(`${secret}, in confidence.`);
    await page
      .getByRole("combobox", { name: "Marking", exact: true })
      .selectOption({ label: "TLP:GREEN" });
    await page.getByRole("combobox", { name: /What it is about/ }).fill("diversion prev");
    await page.getByRole("option", { name: "Diversion prevention" }).click();
    await page.getByRole("button", { name: "Post", exact: true }).click();
    await page.getByText("It is posted.").waitFor();
    const note = page.locator(".spaces-notes > li");
    await note.first().waitFor();
    assert.match(
      await note.first().textContent(),
      /TLP:GREEN.*Walnut procurement doubts.*Diversion prevention/s,
    );
    await assertAccessible(page, "an opened space");
    await page.setViewportSize({ width: 360, height: 740 });
    await assertNoOverflow(page, "an opened space at 360 px");
    await page.setViewportSize({ width: 1280, height: 900 });
    const key = await page.locator(".spaces-key code").textContent();
    assertNothingLeft(
      await leavings(page),
      watched,
      [secret, "Walnut", purpose, "spaces/", key, tokenOf("ana").slice(0, 40)],
      "while open",
    );

    await note.getByText("Release it").click();
    const release = note.getByRole("button", { name: "Release", exact: true });
    assert.ok(await release.isDisabled(), "nobody releases without saying to whom");
    await note.getByLabel("Who may see it").selectOption({ label: "TLP:CLEAR" });
    await note.getByLabel("Wording").fill(released);
    await release.click();
    await page.getByText("; released").waitFor();
    const found = await own.server.call("attlas.evidence.v1.EvidenceService/Search", {
      query: "asked for more time",
    });
    assert.ok(
      found.hits.some((hit) => JSON.stringify(hit).includes("more time")),
      "everybody finds what was released",
    );
    const hidden = await own.server.call("attlas.evidence.v1.EvidenceService/Search", {
      query: "walnut",
    });
    assert.deepEqual(hidden.hits ?? [], [], "nobody finds what was not");

    await page.getByText("Close the space").click();
    await page.getByLabel("I am sure").check();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByText("The space is closed: nothing more is posted.").waitFor();
    await page.getByRole("button", { name: "Leave the space" }).click();
    await page.locator(".spaces > li").waitFor();
    assertNothingLeft(
      await leavings(page),
      watched,
      [secret, "Walnut", purpose, "spaces/", key],
      "after closing",
    );

    await page.reload();
    await settled(page);
    await page.getByText("You are a member of no space").waitFor();
    assert.ok(
      !(await page.content()).includes("Walnut"),
      "a page that is loaded again knows nothing",
    );
    await tab.close();
  });

  test("spaces: a member reads and posts, another reader sees nothing", async () => {
    const token = tokenOf("ana");
    const { space } = await own.server.call(
      "attlas.engagement.v1.EngagementService/CreateSpace",
      {
        space: {
          displayName: "Second walnut",
          purpose,
          retentionDays: 5,
          members: [{ principal: "token:https://login.example#ben" }],
        },
        requestId: randomUUID(),
      },
      token,
    );
    await own.server.call(
      "attlas.engagement.v1.EngagementService/PostToSpace",
      { space: space.name, text: secret, requestId: randomUUID() },
      token,
    );
    const tab = await open();
    const { page } = tab;
    await tab.go("/spaces");
    await signIn(page, "ben");
    await page.getByRole("button", { name: "Open Second walnut" }).click();
    await page.getByText(secret).first().waitFor();
    await settled(page);
    assert.equal(await page.getByText("Release it").count(), 0, "a member does not release");
    assert.equal(await page.getByText("Close the space").count(), 0, "nor close");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are a member of no space").waitFor();
    assert.ok(!(await page.content()).includes("alnut"), "nothing stays after signing out");
    await signIn(page, "rita");
    await page.getByText("You are a member of no space").waitFor();
    await tab.close();
  });

  test("spaces: a moderator adds a member, gives and takes the role, removes and undoes", async () => {
    const principal = (name) => `token:https://login.example#${name}`;
    const token = tokenOf("ana");
    const space = { displayName: "Third walnut", purpose, retentionDays: 5 };
    const made = await own.server.call(
      "attlas.engagement.v1.EngagementService/CreateSpace",
      { space, requestId: randomUUID() },
      token,
    );
    const roles = async () => {
      const answer = await own.server.call(
        "attlas.engagement.v1.EngagementService/GetSpace",
        { name: made.space.name },
        token,
      );
      return Object.fromEntries(
        answer.space.members.map((one) => [one.principal, one.moderator ?? false]),
      );
    };
    const tab = await open();
    const { page } = tab;
    const watched = watch(page);
    await tab.go("/spaces");
    await signIn(page, "ana");
    await page.getByRole("button", { name: "Open Third walnut" }).click();
    await settled(page);
    await page.getByText("Members (1 by name)").click();
    const add = page.getByRole("button", { name: "Add", exact: true });
    await page.getByLabel("Add a member").fill("ben");
    await add.click();
    await page.locator(".failure").waitFor();
    assert.match(await textOf(page, ".failure"), /names no caller/);
    await page.getByLabel("Add a member").fill(principal("ben"));
    await add.click();
    await page.getByText("#ben is now a member.").waitFor();
    await page.getByText("Members (2 by name)").waitFor();
    assert.deepEqual(await roles(), { [principal("ana")]: true, [principal("ben")]: false });
    await assertAccessible(page, "the members of a space");

    await page.getByRole("button", { name: `Make a moderator of ${principal("ben")}` }).click();
    await page.getByText("#ben is now a moderator.").waitFor();
    assert.deepEqual(await roles(), { [principal("ana")]: true, [principal("ben")]: true });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("It is as it was before.").waitFor();
    assert.deepEqual(await roles(), { [principal("ana")]: true, [principal("ben")]: false });

    await page.getByRole("button", { name: `Make a member only of ${principal("ana")}` }).click();
    await page.locator(".failure").waitFor();
    assert.match(await textOf(page, ".failure"), /leaves no moderator/);
    await page.getByRole("button", { name: `Remove ${principal("ben")}` }).click();
    await page.getByText("#ben is a member no longer.").waitFor();
    assert.deepEqual(await roles(), { [principal("ana")]: true });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Members (2 by name)").waitFor();
    assertNothingLeft(
      await leavings(page),
      watched,
      ["Third walnut", "login.example", made.space.name],
      "members",
    );
    await tab.close();

    const other = await open();
    await other.go("/spaces");
    await signIn(other.page, "ben");
    await other.page.getByRole("button", { name: "Open Third walnut" }).click();
    await other.page.getByText("Members (2 by name)").click();
    await other.page.getByText(principal("ana")).waitFor();
    assert.equal(await other.page.getByRole("button", { name: /^Remove/ }).count(), 0);
    assert.equal(await other.page.getByLabel("Add a member").count(), 0);
    await other.close();
  });

  test("spaces: a publication is posted, and its speaker agrees to be named and takes it back", async () => {
    const token = tokenOf("ana");
    const { space } = await own.server.call(
      "attlas.engagement.v1.EngagementService/CreateSpace",
      {
        space: { displayName: "Fourth walnut", purpose, retentionDays: 5, chathamHouse: true },
        requestId: randomUUID(),
      },
      token,
    );
    const note = async () => {
      const answer = await own.server.call(
        "attlas.engagement.v1.EngagementService/ListNotes",
        { space: space.name },
        token,
      );
      return answer.notes[0];
    };
    const tab = await open();
    const { page } = tab;
    const watched = watch(page);
    await tab.go("/spaces");
    await signIn(page, "ana");
    await page.getByRole("button", { name: "Open Fourth walnut" }).click();
    await settled(page);
    await page.getByLabel("What it is", { exact: true }).selectOption({ label: "Publication" });
    await page.getByLabel("What kind of publication").selectOption({ label: "Fact sheet" });
    await page.getByLabel("Where it is to be found").fill("https://example.org/walnut-sheet");
    await page.getByLabel("Heading (may be empty)").first().fill("Walnut sheet");
    await page.getByLabel("Why it matters").fill("It answers the walnut doubts.");
    await page.getByRole("combobox", { name: /What it is about/ }).fill("diversion prev");
    await page.getByRole("option", { name: "Diversion prevention" }).click();
    await assertAccessible(page, "posting a publication");
    await page.getByRole("button", { name: "Post", exact: true }).click();
    await page.getByText("It is posted.").waitFor();
    const key = await page.locator(".spaces-key code").textContent();
    const card = page.locator(".spaces-notes > li").first();
    await card.getByRole("link", { name: "https://example.org/walnut-sheet" }).waitFor();
    assert.match(await card.textContent(), /Publication, posted/);
    assert.equal((await note()).kind, "NOTE_KIND_EVIDENCE");
    assert.equal((await note()).author ?? "", "", "nobody is named under the rule");

    await card.getByText("Agree to be named").click();
    await card.getByLabel("Your key").fill("not the key");
    await card.getByLabel("Name the speaker as").fill("A ministry of the walnuts");
    await card.getByRole("button", { name: "Agree", exact: true }).click();
    await card.locator(".failure").waitFor();
    assert.match(await card.locator(".failure").textContent(), /key/);
    await card.getByLabel("Your key").fill(key);
    await card.getByRole("button", { name: "Agree", exact: true }).click();
    await card.getByText("may be attributed to A ministry of the walnuts").waitFor();
    assert.equal((await note()).attribution.text, "A ministry of the walnuts");
    await assertAccessible(page, "an attribution");
    await page.setViewportSize({ width: 360, height: 740 });
    await assertNoOverflow(page, "an attribution at 360 px");
    await page.setViewportSize({ width: 1280, height: 900 });
    await card.getByLabel("Your key").fill(key);
    await card.getByRole("button", { name: "Take the agreement back" }).click();
    await page.waitForFunction(() => !document.body.innerText.includes("may be attributed to"));
    assert.equal((await note()).attribution, undefined);
    assertNothingLeft(
      await leavings(page),
      watched,
      ["walnut-sheet", "Fourth walnut", "ministry", key, space.name],
      "a publication",
    );
    await tab.close();
  });

  test("spaces: a concern that is posted names whose it is", async () => {
    const token = tokenOf("ana");
    const { space } = await own.server.call(
      "attlas.engagement.v1.EngagementService/CreateSpace",
      {
        space: { displayName: "Fifth walnut", purpose, retentionDays: 5 },
        requestId: randomUUID(),
      },
      token,
    );
    const tab = await open();
    const { page } = tab;
    await tab.go("/spaces");
    await signIn(page, "ana");
    await page.getByRole("button", { name: "Open Fifth walnut" }).click();
    await settled(page);
    await page.getByLabel("What it is", { exact: true }).selectOption({ label: "Concern" });
    await page.getByLabel("Text", { exact: true }).fill(secret);
    await page.getByLabel("Name the speaker as").first().fill("A ministry of the walnuts");
    await page.getByRole("combobox", { name: /Whose concern it is/ }).fill("fiji");
    await page.getByRole("option", { name: "Fiji", exact: true }).click();
    await page.getByRole("button", { name: "Post", exact: true }).click();
    await page.getByText("It is posted.").waitFor();
    const answer = await own.server.call(
      "attlas.engagement.v1.EngagementService/ListNotes",
      { space: space.name },
      token,
    );
    assert.deepEqual(answer.notes[0].attribution, {
      text: "A ministry of the walnuts",
      holder: "states/FJI",
    });
    await tab.close();
  });

  test("relationships: what is marked is shown with its marking and never in the address", async () => {
    const token = tokenOf("ana");
    const citations = [{ source: "sources/attlas-analysis", confidence: "CONFIDENCE_SEEN" }];
    const marking = { trafficLight: "TRAFFIC_LIGHT_AMBER" };
    await own.server.call(
      "attlas.graph.v1.GraphService/Commit",
      {
        mutations: [
          {
            createNode: {
              name: "events/quiet-talks",
              type: "event",
              displayName: "Quiet talks",
              properties: [{ name: "kind", value: { text: "workshop" } }],
              citations,
              marking,
            },
          },
          {
            createEdge: {
              type: "ATTENDED",
              from: "states/IDN",
              to: "events/quiet-talks",
              citations,
              marking,
            },
          },
        ],
        requestId: randomUUID(),
      },
      token,
    );
    const tab = await open();
    const { page } = tab;
    const watched = watch(page);
    await tab.go("/spaces");
    await signIn(page, "ana");
    await page.getByRole("link", { name: "Relationships" }).first().click();
    await page.getByRole("combobox", { name: "Put a node into the picture" }).fill("quiet tal");
    await page.getByRole("option", { name: "Quiet talks" }).click();
    await drawn(page);
    await page.getByText(/One node is marked as not public and left out/).waitFor();
    assert.match(await textOf(page, ".marking-banner"), /TLP:AMBER/);
    await page.getByRole("option", { name: /^Indonesia / }).dblclick();
    await page.waitForURL(/states\/IDN\*/);
    await drawn(page);
    assertNothingLeft(
      await leavings(page),
      watched,
      ["quiet", "Quiet"],
      "a picture with a marked node",
    );
    const other = await open();
    await other.go(page.url().slice(own.server.address.length));
    await drawn(other.page);
    assert.ok(!(await other.page.content()).includes("Quiet talks"), "others do not see it");
    assert.equal(await other.page.locator(".marking-banner").count(), 0);
    await other.close();
    await tab.close();
  });

  test("relationships: a server that dies is said where one expands, and the picture recovers", async () => {
    const tab = await open();
    const { page } = tab;
    await tab.go("/relationships?date=2026-02-03&see=states/IDN*");
    await drawn(page);
    await own.server.die();
    await page.getByRole("option", { name: /^BWC / }).dblclick();
    await page.locator(".failure").first().waitFor();
    assert.match(await textOf(page, ".failure"), /does not answer/);
    assert.match(await textOf(page, ".relations-caption"), /\d+ nodes/);
    await own.server.start();
    await page.waitForURL(/instruments\/bwc\*/);
    await drawn(page);
    await page.waitForFunction(() => document.querySelector(".failure") === null);
    await tab.close();
  });
}
