// A link within the page: the address changes without the page being loaded again.
import type { AnchorHTMLAttributes, MouseEvent } from "react";

import { useContextOfPage } from "../app/context";
import { goTo } from "../app/location";
import { pathOf } from "../lib/names";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  to: string;
}

export function Link({ to, onClick, ...rest }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain) return;
    event.preventDefault();
    goTo(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}

// A node by its name, as a link to where the page shows it.
export function NodeLink({ node }: { node: { name: string; displayName: string } | undefined }) {
  const { href } = useContextOfPage();
  if (!node?.name) return null;
  return <Link to={href(pathOf(node.name))}>{node.displayName || node.name}</Link>;
}

// Several nodes, separated by commas or, where names may hold commas, by semicolons.
export function NodeLinks({
  nodes,
  none = "",
}: {
  nodes: readonly { name: string; displayName: string }[];
  none?: string;
}) {
  if (nodes.length === 0) return <>{none}</>;
  const separator = nodes.some((node) => node.displayName.includes(",")) ? "; " : ", ";
  return (
    <>
      {nodes.map((node, index) => (
        <span key={node.name}>
          {index > 0 && separator}
          <NodeLink node={node} />
        </span>
      ))}
    </>
  );
}
