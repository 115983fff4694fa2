// Runs the tests of the page in a browser: `node tests/browser/run.mjs`, after script/web and a
// build of attlas and attlasd (`ATTLAS_BIN` names another folder of them).
import { after, before } from "node:test";

import { launch } from "./browser.mjs";
import { failureTests } from "./failure.mjs";
import { printTests } from "./print.mjs";
import { relationshipTests } from "./relationships.mjs";
import { Server } from "./server.mjs";
import { spaceTests } from "./spaces.mjs";
import { useTests } from "./use.mjs";
import { viewTests } from "./views.mjs";
import { weightTests } from "./weight.mjs";

// What the tests share; it is there once they begin.
const env = { server: undefined, browser: undefined };

before(async () => {
  env.server = new Server();
  await env.server.start();
  env.browser = await launch();
});

after(async () => {
  await env.browser?.close();
  await env.server?.remove();
});

// The names of parts to run alone, such as `weight`.
const parts = {
  views: viewTests,
  use: useTests,
  print: printTests,
  weight: weightTests,
  relationships: relationshipTests,
  spaces: spaceTests,
  failure: failureTests,
};
const chosen = process.argv.slice(2);
for (const [name, tests] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) tests(env);
}
