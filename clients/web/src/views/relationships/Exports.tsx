// Takes the picture along: as an image, as data, or as a link.
import type { Edge } from "@attlas/client/gen/attlas/graph/v1/edge_pb";
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import { useState } from "react";

import { ask } from "../../api/ask";
import { faultOf } from "../../api/fault";
import type { Day } from "../../lib/dates";
import { sourceNames, sourceOf } from "../../shared/citations/founded";
import { token } from "./canvas/style";
import { toCsv } from "./files/csv";
import { documentOf } from "./files/document";
import type { FileDocument } from "./files/document";
import { toGraphml } from "./files/graphml";
import { toJson } from "./files/json";
import { toPng } from "./files/png";
import { save } from "./files/save";
import { toSvg } from "./files/svg";
import type { Shown } from "./model/filters";

export interface Exported {
  shown: Shown;
  date: Day;
  revision: string;
  confidence: number;
  hidden: readonly string[];
  speak: (edge: Edge) => string;
}

type Format = "PNG" | "SVG" | "GraphML" | "CSV" | "JSON";
const formats: readonly Format[] = ["PNG", "SVG", "GraphML", "CSV", "JSON"];

async function contentOf(format: Format, document: FileDocument): Promise<[BlobPart, string]> {
  const colour = (name: string): string => token(globalThis.document.documentElement, name);
  switch (format) {
    case "PNG":
      return [(await toPng(document, toSvg(document, colour))) as BlobPart, "image/png"];
    case "SVG":
      return [toSvg(document, colour).text, "image/svg+xml"];
    case "GraphML":
      return [toGraphml(document), "application/xml"];
    case "CSV":
      return [toCsv(document), "text/csv"];
    case "JSON":
      return [toJson(document), "application/json"];
  }
}

async function read(picture: Exported): Promise<FileDocument> {
  const names = sourceNames(picture.shown.edges);
  const { nodes } =
    names.length > 0
      ? await ask(GraphService.method.batchGetNodes, { names, allowMissing: true })
      : { nodes: [] };
  return documentOf({ ...picture, address: window.location.href, sources: nodes.map(sourceOf) });
}

export function Exports({
  picture,
  leftOut,
}: {
  picture: Exported;
  // How many marked nodes are not in the address.
  leftOut: number;
}) {
  const [told, setTold] = useState("");
  const empty = picture.shown.elements.length === 0;
  const give = async (format: Format): Promise<void> => {
    setTold(`Making ${format} …`);
    try {
      const document = await read(picture);
      const [content, type] = await contentOf(format, document);
      save(`relationships-${document.asOf}.${format.toLowerCase()}`, content, type);
      setTold(
        `${format} is saved${document.marking === "TLP:CLEAR" ? "" : `, marked ${document.marking}`}.`,
      );
    } catch (reason) {
      setTold(`${format} could not be made: ${faultOf(reason).title.toLowerCase()}.`);
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setTold("The link is copied.");
    } catch {
      setTold("The browser does not let the page copy: take the link from the address bar.");
    }
  };
  return (
    <div className="relations-exports no-print" role="group" aria-label="Take the picture along">
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          className="quiet"
          disabled={empty}
          onClick={() => void give(format)}
        >
          {format}
        </button>
      ))}
      <button type="button" className="quiet" disabled={empty} onClick={() => void copy()}>
        Copy link
      </button>
      <span className="note" role="status">
        {told}
      </span>
      {leftOut > 0 && (
        <p className="warning">
          {leftOut === 1 ? "One node is" : `${leftOut} nodes are`} marked as not public and left out
          of the address and of links to this picture.
        </p>
      )}
    </div>
  );
}
