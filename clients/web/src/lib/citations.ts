// The numbers of the sources of a view: each source has one, in the order in which it is first
// cited, so that the list at the end can be read from top to bottom.

// What an answer says about where its facts come from, as the services give it.
export interface CitedStatement {
  name: string;
  citations: readonly { source: string }[];
}

export class Numbering {
  private readonly numbers = new Map<string, number>();

  // The number of a source, given on first use.
  numberOf(source: string): number {
    const known = this.numbers.get(source);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(source, number);
    return number;
  }

  // The sources that have a number, in its order.
  sources(): string[] {
    return [...this.numbers.keys()];
  }

  get size(): number {
    return this.numbers.size;
  }
}

// The sources of the statements named by `evidence`, each once, in order.
export function sourcesOf(
  evidence: readonly string[],
  statements: ReadonlyMap<string, CitedStatement>,
): string[] {
  const sources = new Set<string>();
  for (const name of evidence) {
    for (const citation of statements.get(name)?.citations ?? []) sources.add(citation.source);
  }
  return [...sources];
}

// `1, 3–5`: ascending, runs of three or more joined.
export function formatNumbers(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((one, other) => one - other);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    if (end - start >= 2) parts.push(`${sorted[start]}–${sorted[end]}`);
    else for (let at = start; at <= end; at += 1) parts.push(String(sorted[at]));
    start = end + 1;
  }
  return parts.join(", ");
}
