// Runs the tests of the page in a browser: `node tests/browser/run.mjs`, after script/web and a
// build of attlas and attlasd (`ATTLAS_BIN` names another folder of them).
import { after, before, describe } from "node:test";

import { launch } from "./browser.mjs";
import { failureTests } from "./failure.mjs";
import { printTests } from "./print.mjs";
import { relationshipTests } from "./relationships.mjs";
import { searchTests } from "./search.mjs";
import { Server } from "./server.mjs";
import { spaceTests } from "./spaces.mjs";
import { useTests } from "./use.mjs";
import { viewTests } from "./views.mjs";
import { weightTests } from "./weight.mjs";

// The names of parts to run alone, such as `weight`.
const parts = {
  views: viewTests,
  search: searchTests,
  use: useTests,
  print: printTests,
  weight: weightTests,
  relationships: relationshipTests,
  spaces: spaceTests,
  failure: failureTests,
};
const chosen = process.argv.slice(2);

// What the tests share; it is there once they begin. The server is that of all parts; each part has a
// browser of its own, so that what one leaves behind troubles no other.
const env = { server: new Server(), browser: undefined };

describe("the page", () => {
  before(() => env.server.start());
  after(() => env.server.remove());

  for (const [name, tests] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    describe(name, () => {
      before(async () => {
        env.browser = await launch();
      });
      after(() => env.browser?.close());
      tests(env);
    });
  }
});
