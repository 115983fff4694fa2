// The drawing as PNG, with date, revision and sources as text within the file (PNG, third edition,
// section 11.3.3).
import { basisOf } from "./document";
import type { FileDocument } from "./document";
import type { Drawing } from "./svg";

const signatureLength = 8;
// The longest side that browsers draw on every machine.
const longestSide = 8192;

let table: Uint32Array | undefined;

function crcTable(): Uint32Array {
  if (table) return table;
  table = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    table[index] = value >>> 0;
  }
  return table;
}

export function crc(bytes: Uint8Array): number {
  const known = crcTable();
  let value = 0xffffffff;
  for (const byte of bytes) value = (known[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

// A chunk of international text: keyword, no compression, no language, the text in UTF-8.
function textChunk(keyword: string, text: string): Uint8Array {
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(4 + content.length + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, content.length - 4);
  chunk.set(content, 4);
  view.setUint32(4 + content.length, crc(content));
  return chunk;
}

// Puts texts behind the header of a PNG file.
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const header = new DataView(png.buffer, png.byteOffset).getUint32(signatureLength);
  const at = signatureLength + 12 + header;
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const result = new Uint8Array(png.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  result.set(png.subarray(0, at));
  let end = at;
  for (const chunk of chunks) {
    result.set(chunk, end);
    end += chunk.length;
  }
  result.set(png.subarray(at), end);
  return result;
}

export async function toPng(document: FileDocument, drawing: Drawing): Promise<Uint8Array> {
  const scale = Math.min(2, longestSide / drawing.width, longestSide / drawing.height);
  const address = URL.createObjectURL(new Blob([drawing.text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = globalThis.document.createElement("canvas");
    canvas.width = Math.round(drawing.width * scale);
    canvas.height = Math.round(drawing.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser could not draw a picture of this size");
    return withTexts(new Uint8Array(await blob.arrayBuffer()), {
      Title: "Attlas relationships",
      Description: basisOf(document),
      Source: document.sources
        .map((source) => [source.title || source.name, source.url].filter(Boolean).join(" "))
        .join("\n"),
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
