// Writes the TypeScript of the protos into src/gen, with protoc and protoc-gen-es.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const protoRoot = join(here, "../../proto");
const target = join(here, "src/gen");

function protosBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return protosBelow(path);
    return entry.name.endsWith(".proto") ? [relative(protoRoot, path)] : [];
  });
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
execFileSync(
  "protoc",
  [
    `--proto_path=${protoRoot}`,
    `--plugin=protoc-gen-es=${join(here, "node_modules/.bin/protoc-gen-es")}`,
    `--es_out=${target}`,
    "--es_opt=target=ts",
    ...protosBelow(protoRoot).sort(),
  ],
  { stdio: "inherit" },
);
