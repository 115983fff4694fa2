// Shares of a whole as one bar with its numbers: parties, signatories, others, not named.
import type { TransferShares } from "@attlas/client/gen/attlas/transfers/v1/transfers_pb";

export const percent = (value: number): string => `${Math.round(value * 10) / 10}%`;

export function ShareBar({
  shares,
  from = "from",
}: {
  shares: TransferShares;
  from?: "from" | "to";
}) {
  const parts = [
    { kind: "party", label: `${from} parties`, value: shares.partyPct },
    { kind: "signatory", label: `${from} signatories`, value: shares.signatoryPct },
    { kind: "outside", label: `${from} others that are named`, value: shares.otherPct },
    { kind: "unknown", label: "not named by the edition", value: shares.unnamedPct },
  ];
  return (
    <figure className="class-bar">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part, index) => (
          <rect
            key={part.kind}
            className={`status-${part.kind}`}
            x={parts.slice(0, index).reduce((sum, one) => sum + one.value, 0)}
            width={part.value}
            height="6"
          />
        ))}
      </svg>
      <ul className="legend">
        {parts.map((part) => (
          <li key={part.kind}>
            <span className="count">{percent(part.value)}</span>{" "}
            <span className="marked">
              <svg className={`mark status-${part.kind}`} viewBox="0 0 16 16" aria-hidden="true">
                <rect x="1" y="1" width="14" height="14" />
              </svg>
              {part.label}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
