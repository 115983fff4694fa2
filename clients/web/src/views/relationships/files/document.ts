// What every file of a picture says: its nodes and statements, and on what they rest. The formats
// differ, what they say does not.
import { Confidence } from "@attlas/client/gen/attlas/graph/v1/citation_pb";
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import type { Source } from "@attlas/client/gen/attlas/instruments/v1/answer_pb";

import { formatIso } from "../../../lib/dates";
import type { Day } from "../../../lib/dates";
import { lightWord, narrowest } from "../../../lib/markings";
import { confidenceOf } from "../../../lib/statements";
import { confidenceWord } from "../../../lib/words";
import type { Shown } from "../model/filters";

export interface FileNode {
  name: string;
  type: string;
  displayName: string;
  marking: string;
  x: number;
  y: number;
  pinned: boolean;
}

export interface FileCitation {
  source: string;
  locator: string;
  confidence: string;
  retrieved: string;
}

export interface FileStatement {
  name: string;
  type: string;
  from: string;
  to: string;
  qualifier: string;
  sentence: string;
  validFrom: string;
  validTo: string;
  confidence: string;
  marking: string;
  citations: readonly FileCitation[];
}

export interface FileDocument {
  // The day on which the statements hold, and the revision that they were read at.
  asOf: string;
  revision: string;
  minConfidence: string;
  // Types that were left out of the picture.
  hiddenTypes: readonly string[];
  // The narrowest marking of anything in the file.
  marking: string;
  // Where the picture is seen; without what is marked.
  address: string;
  nodes: readonly FileNode[];
  statements: readonly FileStatement[];
  sources: readonly { name: string; title: string; url: string }[];
}

const iso = (date: Day | undefined): string => (date ? formatIso(date) : "");

export function documentOf(picture: {
  shown: Shown;
  date: Day;
  revision: string;
  confidence: Confidence;
  hidden: readonly string[];
  address: string;
  sources: readonly Source[];
  speak: (edge: Edge) => string;
}): FileDocument {
  const { elements, edges } = picture.shown;
  const markings = [
    ...elements.map((element) => element.node.marking),
    ...edges.map((edge) => edge.marking),
  ];
  return {
    asOf: formatIso(picture.date),
    revision: picture.revision,
    minConfidence:
      picture.confidence === Confidence.UNSPECIFIED ? "any" : confidenceWord(picture.confidence),
    hiddenTypes: picture.hidden,
    marking: lightWord(narrowest(markings)),
    address: picture.address,
    nodes: elements.map(({ name, node, at, pinned }) => ({
      name,
      type: node.type,
      displayName: node.displayName,
      marking: lightWord(narrowest([node.marking])),
      x: at.x,
      y: at.y,
      pinned,
    })),
    statements: edges.map((edge) => statementOf(edge, picture.speak)),
    sources: picture.sources.map(({ name, title, url }) => ({ name, title, url })),
  };
}

function statementOf(edge: Edge, speak: (edge: Edge) => string): FileStatement {
  return {
    name: edge.name,
    type: edge.type,
    from: edge.from,
    to: edge.to,
    qualifier: edge.qualifier,
    sentence: speak(edge),
    validFrom: iso(edge.validFrom),
    validTo: iso(edge.validTo),
    confidence: confidenceWord(confidenceOf(edge)),
    marking: lightWord(narrowest([edge.marking])),
    citations: edge.citations.map((citation) => ({
      source: citation.source,
      locator: citation.locator,
      confidence: confidenceWord(citation.confidence),
      retrieved: iso(citation.retrieved),
    })),
  };
}

// What a picture or a table says of itself in one line.
export function basisOf(document: FileDocument): string {
  const sure =
    document.minConfidence === "any"
      ? ""
      : `; statements that are ${document.minConfidence} or surer`;
  return `As of ${document.asOf}${sure}. Revision ${document.revision}. ${document.marking}.`;
}

// Text that XML may hold: control characters are no part of it, escaped or not.
export function xml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "\ufffd",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
