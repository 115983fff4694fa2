// Resource names, such as `states/IDN`.

export function idOf(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

export function collectionOf(name: string): string {
  const slash = name.indexOf("/");
  return slash < 0 ? "" : name.slice(0, slash);
}

const places = new Set(["states", "economies", "territories"]);

export function isPlace(name: string): boolean {
  return places.has(collectionOf(name));
}

// Where the page shows a node.
export function pathOf(name: string): string {
  if (isPlace(name))
    return collectionOf(name) === "states" ? `/states/${idOf(name)}` : `/states/${name}`;
  return `/facts/${name}`;
}
