// A node as it is recorded: its names, its properties, and the statements about it.
import { GraphService } from "@attlas/client/gen/attlas/graph/v1/graph_service_pb";
import type { Node } from "@attlas/client/gen/attlas/graph/v1/node_pb";
import { useMemo } from "react";

import { useAnswer } from "../../api/use-answer";
import { useContextOfPage } from "../../app/context";
import type { ViewProps } from "../../app/registry";
import { collectionOf, idOf } from "../../lib/names";
import { termWord } from "../../lib/words";
import { Answered } from "../../shared/AnswerState";
import { ContextBar } from "../../shared/ContextBar";
import { Link, NodeLink } from "../../shared/Link";
import { Title } from "../../shared/Title";
import { Statements } from "./Statements";
import { textOfValue } from "./values";
import "./facts.css";

export default function Facts({ params }: ViewProps) {
  const name = params.name ?? "";
  const { date, href } = useContextOfPage();
  const node = useAnswer(GraphService.method.getNode, { name });
  const edges = useAnswer(GraphService.method.listEdges, {
    read: { asOf: date },
    node: name,
    pageSize: 1000,
  });
  const label = node.value?.node?.displayName ?? "";
  return (
    <>
      <Title window={label || name} lead={node.value?.node && termWord(node.value.node.type)}>
        {label || "\u00a0"}
      </Title>
      <ContextBar />
      <ul className="facts-links no-print">
        {collectionOf(name) === "instruments" && (
          <>
            <li>
              <Link to={href("/", { target: idOf(name) })}>Who takes part</Link>
            </li>
            <li>
              <Link to={href("/compare", { target: idOf(name) })}>Compare it</Link>
            </li>
          </>
        )}
        <li>
          <Link to={href("/relationships", { see: `${name}*` })}>What it hangs together with</Link>
        </li>
        <li>
          <Link to={href("/changes", { node: name })}>What changed about it</Link>
        </li>
      </ul>
      <Answered answer={node} lines={6}>
        {(value) => value.node && <Properties node={value.node} />}
      </Answered>
      <Answered answer={edges} lines={10}>
        {(value) => (
          <Statements about={name} edges={value.edges} more={value.nextPageToken !== ""} />
        )}
      </Answered>
    </>
  );
}

function Properties({ node }: { node: Node }) {
  const rows = useMemo(
    () => [
      ...(node.aliases.length > 0
        ? [{ name: "also known as", text: node.aliases.join("; ") }]
        : []),
      ...node.properties.map((property) => ({
        name: termWord(property.name),
        text: textOfValue(property.value),
      })),
    ],
    [node],
  );
  return (
    <dl className="facts">
      {rows.map((row) => (
        <div key={row.name}>
          <dt>{row.name}</dt>
          <dd>
            <Told text={row.text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

// An address or the name of another node is a link.
function Told({ text }: { text: string }) {
  if (/^https?:\/\//.test(text)) {
    return (
      <a href={text} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  }
  if (/^[a-z-]+\/[A-Za-z0-9-]+$/.test(text))
    return <NodeLink node={{ name: text, displayName: "" }} />;
  return <>{text}</>;
}
