// Writes the TypeScript of the protos, and of which calls are tried again, into src/gen.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const protoRoot = join(here, "../../proto");
const target = join(here, "src/gen");

// Where Debian's golang-github-grpc-ecosystem-grpc-gateway-dev has the messages of error details.
const googleApis =
  process.env.ATTLAS_GOOGLEAPIS ??
  "/usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis";
const errorDetails = "google/rpc/error_details.proto";
if (!existsSync(join(googleApis, errorDetails)))
  throw new Error(`${errorDetails} is not below ${googleApis}; run script/setup`);

function protosBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return protosBelow(path);
    return entry.name.endsWith(".proto") ? [relative(protoRoot, path)] : [];
  });
}

const plugin = createRequire(import.meta.url).resolve("@bufbuild/protoc-gen-es/bin/protoc-gen-es");

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
execFileSync(
  "protoc",
  [
    `--proto_path=${protoRoot}`,
    `--proto_path=${googleApis}`,
    `--proto_path=${join(here, "proto")}`,
    `--plugin=protoc-gen-es=${plugin}`,
    `--es_out=${target}`,
    "--es_opt=target=ts,import_extension=js",
    ...protosBelow(protoRoot).sort(),
    errorDetails,
    "google/rpc/error_info.proto",
  ],
  { stdio: "inherit" },
);

const serviceConfig = readFileSync(join(protoRoot, "attlas/service_config.json"), "utf8").trim();
writeFileSync(
  join(target, "service_config.ts"),
  `// proto/attlas/service_config.json, as the build found it.\nexport const serviceConfig = ${serviceConfig} as const;\n`,
);
