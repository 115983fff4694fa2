// A real attlasd with the curated dataset and the built page, on ports that were free.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");
const bin = process.env.ATTLAS_BIN ?? join(root, "build/release/bin");

// How long anything may take; a loaded machine of two cores stays far below it.
export const deadline = 120_000;

export class Server {
  #folder = mkdtempSync(join(tmpdir(), "attlas-web-"));
  #daemon;
  // The address of the page, once it is served; the port stays the same when it starts again.
  address = "";

  // Further flags of attlasd, after those that every test needs.
  #flags;

  // `flagsIn` says them, given the folder of this server.
  constructor(flagsIn = () => []) {
    this.#flags = flagsIn(this.#folder);
    const loaded = spawnSync(
      join(bin, "attlas"),
      ["data", "load", join(root, "data"), "--data_dir", this.#store()],
      {
        encoding: "utf8",
      },
    );
    if (loaded.status !== 0)
      throw new Error(`the dataset was not loaded: ${loaded.stderr || loaded.error}`);
  }

  #store() {
    return join(this.#folder, "store");
  }

  async start() {
    const listen = this.address === "" ? "127.0.0.1:0" : new URL(this.address).host;
    const flags = ["--data_dir", this.#store(), "--listen", "127.0.0.1:0", "--admin_listen="];
    const daemon = spawn(join(bin, "attlasd"), [
      ...flags,
      "--http_listen",
      listen,
      "--web_dir",
      join(root, "build/web"),
      ...this.#flags,
    ]);
    this.#daemon = daemon;
    let output = "";
    this.address = await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`attlasd did not start:\n${output}`)),
        deadline,
      );
      const read = (text) => {
        output += text;
        const found = /web on (https?:\/\/[\w.:[\]-]+)/.exec(output);
        if (!found) return;
        clearTimeout(timer);
        resolve(found[1]);
      };
      daemon.stdout.setEncoding("utf8").on("data", read);
      daemon.stderr.setEncoding("utf8").on("data", read);
      daemon.on("exit", () => {
        clearTimeout(timer);
        reject(new Error(`attlasd ended:\n${output}`));
      });
    });
  }

  // Ends the daemon at once, as a machine that fails.
  die() {
    return this.#end("SIGKILL");
  }

  // Lets the daemon finish the calls in hand.
  stop() {
    return this.#end("SIGTERM");
  }

  async #end(signal) {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = new Promise((resolve) => daemon.once("exit", resolve));
    daemon.kill(signal);
    await gone;
  }

  async remove() {
    await this.die();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // The answer of an RPC, asked past the page.
  async call(method, request, token = "") {
    const response = await fetch(`${this.address}/${method}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    return response.json();
  }
}
