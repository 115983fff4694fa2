// Matches a path against the patterns of views.
export interface Match<V> {
  view: V;
  params: Record<string, string>;
}

// The parameters of `path` under `pattern`, such as `/states/:state`; undefined where it does not
// match. The last part of a pattern may be `:name*`, which takes the rest of the path.
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(":") && part.endsWith("*")) {
      const rest = given.slice(index).map(decode);
      if (rest.length === 0) return undefined;
      params[part.slice(1, -1)] = rest.join("/");
      return params;
    }
    const actual = given[index];
    if (actual === undefined) return undefined;
    if (part.startsWith(":")) params[part.slice(1)] = decode(actual);
    else if (part !== actual) return undefined;
  }
  return wanted.length === given.length ? params : undefined;
}

// The first of `views` whose pattern matches.
export function findView<V extends { path: string }>(
  views: readonly V[],
  path: string,
): Match<V> | undefined {
  for (const view of views) {
    const params = matchPath(view.path, path);
    if (params) return { view, params };
  }
  return undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
