// The layout of the flow picture: instruments, themes and provisions in three columns, joined by
// lines.
import { CommitmentClass } from "@attlas/client/gen/attlas/synergy/v1/commitment_pb";
import type { FindSynergiesResponse } from "@attlas/client/gen/attlas/synergy/v1/synergy_service_pb";

export interface FlowNode {
  name: string;
  label: string;
  // The middle of its row.
  y: number;
  // The class of a theme.
  value?: CommitmentClass;
}

export interface FlowLink {
  // Of an instrument and a theme, or of a theme and a provision.
  from: string;
  to: string;
  fromY: number;
  toY: number;
  value: CommitmentClass;
  // Whether no other commitment comes nearer on the theme.
  best: boolean;
}

export interface Flow {
  height: number;
  instruments: FlowNode[];
  themes: FlowNode[];
  provisions: FlowNode[];
  commitments: FlowLink[];
  asks: FlowLink[];
}

const row = 31;

// Spreads `count` rows over `height`.
const rowAt = (index: number, count: number, height: number): number =>
  ((index + 0.5) * height) / count;

// Sorts by the mean of the rows that each is joined to, so that few lines cross.
function byMean<T>(items: T[], rows: (item: T) => readonly number[]): T[] {
  const mean = (item: T): number => {
    const all = rows(item);
    return all.reduce((sum, one) => sum + one, 0) / Math.max(all.length, 1);
  };
  return items
    .map((item) => ({ item, at: mean(item) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function unique<T extends { name: string }>(items: readonly (T | undefined)[]): T[] {
  const known = new Map<string, T>();
  for (const item of items) if (item && !known.has(item.name)) known.set(item.name, item);
  return [...known.values()];
}

export function layFlow(answer: Pick<FindSynergiesResponse, "themes" | "instruments">): Flow {
  const { themes } = answer;
  const themeRow = new Map(themes.map((theme, index) => [theme.theme?.name ?? "", index]));
  const rowsOf = (keep: (theme: (typeof themes)[number]) => boolean): number[] =>
    themes.flatMap((theme, index) => (keep(theme) ? [index] : []));

  const provisions = byMean(
    unique(themes.flatMap((theme) => theme.targetProvisions.map((one) => one.provision))),
    (provision) =>
      rowsOf((theme) =>
        theme.targetProvisions.some((one) => one.provision?.name === provision.name),
      ),
  );
  const instruments = byMean(
    unique(answer.instruments.map((one) => one.instrument)),
    (instrument) =>
      rowsOf((theme) =>
        theme.commitments.some(
          (one) =>
            one.instrument?.name === instrument.name && one.commitmentClass === theme.bestClass,
        ),
      ).concat(
        rowsOf((theme) =>
          theme.commitments.some((one) => one.instrument?.name === instrument.name),
        ),
      ),
  );
  const height = Math.max(
    themes.length * row,
    instruments.length * row,
    provisions.length * 17,
    row,
  );

  const place = (nodes: { name: string; displayName: string }[]): FlowNode[] =>
    nodes.map((node, index) => ({
      name: node.name,
      label: node.displayName,
      y: rowAt(index, nodes.length, height),
    }));
  const placedInstruments = place(instruments);
  const placedProvisions = place(provisions);
  const placedThemes = themes.map((theme, index) => ({
    name: theme.theme?.name ?? "",
    label: theme.theme?.displayName ?? "",
    y: rowAt(index, themes.length, height),
    value: theme.bestClass,
  }));
  const yOf = new Map(
    [...placedInstruments, ...placedThemes, ...placedProvisions].map((node) => [node.name, node.y]),
  );
  const link = (from: string, to: string, value: CommitmentClass, best: boolean): FlowLink => ({
    from,
    to,
    fromY: yOf.get(from) ?? 0,
    toY: yOf.get(to) ?? 0,
    value,
    best,
  });

  const commitments = themes.flatMap((theme) => {
    const nearest = new Map<string, CommitmentClass>();
    // They come best first: the first of an instrument is its nearest.
    for (const one of theme.commitments) {
      const name = one.instrument?.name ?? "";
      if (!nearest.has(name)) nearest.set(name, one.commitmentClass);
    }
    return [...nearest].map(([name, value]) =>
      link(name, theme.theme?.name ?? "", value, value === theme.bestClass),
    );
  });
  const asks = themes.flatMap((theme) =>
    unique(theme.targetProvisions.map((one) => one.provision)).map((provision) =>
      link(
        theme.theme?.name ?? "",
        provision.name,
        theme.bestClass,
        themeRow.has(theme.theme?.name ?? ""),
      ),
    ),
  );
  return {
    height,
    instruments: placedInstruments,
    themes: placedThemes,
    provisions: placedProvisions,
    commitments,
    asks,
  };
}

// The names that are joined to `name`, itself among them; through a theme also what lies beyond it.
export function joined(flow: Flow, name: string): ReadonlySet<string> {
  const names = new Set([name]);
  const themes = new Set<string>();
  for (const { from, to } of flow.commitments) {
    if (from === name) themes.add(to);
    if (to === name) names.add(from);
  }
  for (const { from, to } of flow.asks) {
    if (to === name) themes.add(from);
    if (from === name || themes.has(from)) names.add(to);
  }
  for (const theme of themes) names.add(theme);
  return names;
}
