// Daemons of the tests: real ones, with the curated dataset, and what stands between them and a
// client.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { guardedServer } from "../../../web/tests/browser/guarded.mjs";

export { tokenOf } from "../../../web/tests/browser/guarded.mjs";
export { deadline, Server, root } from "../../../web/tests/browser/server.mjs";

export interface Authority {
  certificate: string;
  clientCertificate: string;
  clientKey: string;
}

// Who the client certificate is of; the policy does not know it, unlike the tokens.
const clientName = "URI:spiffe://attlas.example/ana";

// A server that asks callers who they are, over TLS, with the certificates of an authority of its
// own.
export function secureServer(): {
  server: ReturnType<typeof guardedServer>;
  authority: () => Authority;
} {
  let folder = "";
  const server = guardedServer((own: string) => {
    folder = own;
    makeCertificates(own);
    return [
      ...["--tls_cert", join(own, "server.pem"), "--tls_key", join(own, "server.key")],
      ...["--tls_client_ca", join(own, "ca.pem")],
    ];
  });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  return {
    server,
    authority: () => ({
      certificate: read("ca.pem"),
      clientCertificate: read("client.pem"),
      clientKey: read("client.key"),
    }),
  };
}

function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
  openssl("req", "-x509", ...key, "-subj", "/CN=test", "-keyout", "ca.key", "-out", "ca.pem");
  for (const [name, names] of [
    ["server", "DNS:localhost,IP:127.0.0.1"],
    ["client", clientName],
  ] as const) {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
    const request = ["-keyout", `${name}.key`, "-out", `${name}.csr`];
    openssl("req", "-new", ...key.slice(0, -2), "-subj", `/CN=${name}`, ...request);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1"];
    openssl(
      ...["x509", "-req", "-in", `${name}.csr`, ...signed],
      ...["-extfile", `${name}.ext`, "-out", `${name}.pem`],
    );
  }
}

// What becomes of a call on its way: it goes on, it is refused or cancelled as a server that ends
// does, or it is done and the connection breaks before the answer.
export type Fate = "pass" | "refuse" | "cancel" | "break";

export class Between {
  // The fates of the calls to come; then all pass.
  readonly fates: Fate[] = [];
  // The RPCs that were asked for, in order.
  readonly asked: string[] = [];
  readonly #server = createServer((request, response) => this.#take(request, response));

  constructor(private readonly to: () => string) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.url ?? "");
    const fate = this.fates.shift() ?? "pass";
    if (fate === "refuse") {
      request.resume();
      response.writeHead(503, { "content-type": "text/plain" }).end();
      return;
    }
    if (fate === "cancel") {
      request.resume();
      response.writeHead(499, { "content-type": "application/json" });
      response.end(JSON.stringify({ code: "canceled", message: "not now" }));
      return;
    }
    const { host: _, ...headers } = request.headers;
    const onward = forward(
      new URL(request.url ?? "", this.to()),
      { method: request.method, headers },
      (answer) => {
        if (fate === "break") {
          answer.resume().on("end", () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  }
}
