// A server that asks callers who they are, and tokens for some of them.
import { generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Server } from "./server.mjs";

const issuer = "https://login.example";
const { publicKey, privateKey } = generateKeyPairSync("ed25519");

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

// A token for `subject`, good for an hour, or used up since `expired` seconds.
export function tokenOf(subject, expired = -3600) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: subject,
    aud: "attlas",
    iat: now - expired - 3600,
    exp: now - expired,
  };
  const signed = `${encode({ alg: "EdDSA", kid: "one", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
}

const grant = (identity, role, clearance) =>
  `grants { identities { ${identity} } role: ROLE_${role} clearance: TRAFFIC_LIGHT_${clearance} }\n`;
const subject = (name) => `token { issuer: "${issuer}" subject: "${name}" }`;

/** @param {(folder: string) => string[]} more says further flags, given the folder of the server. */
export function guardedServer(more = () => []) {
  return new Server((folder) => {
    const keys = {
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "EdDSA" }],
    };
    writeFileSync(join(folder, "keys.json"), JSON.stringify(keys));
    writeFileSync(
      join(folder, "policy.textproto"),
      `token_issuers { issuer: "${issuer}" audience: "attlas" keys_file: "keys.json" }\n` +
        grant("anyone: true", "READER", "CLEAR") +
        grant(subject("ana"), "EDITOR", "AMBER") +
        grant(subject("ben"), "CONTRIBUTOR", "AMBER") +
        grant(subject("rita"), "READER", "CLEAR"),
    );
    return ["--policy", join(folder, "policy.textproto"), ...more(folder)];
  });
}
