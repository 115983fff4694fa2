// Listings, page by page or item by item.
import type { CallOptions } from "@connectrpc/connect";

interface Page {
  nextPageToken: string;
}

type Call<I, O> = (request: I, options?: CallOptions) => Promise<O>;

/** The names of the lists of an answer. */
export type ListOf<O> = {
  [K in keyof O]: O[K] extends readonly unknown[] ? K : never;
}[keyof O];

type ItemOf<O, K extends keyof O> = O[K] extends readonly (infer T)[] ? T : never;

/**
 * The pages of a listing, each asked for when it is wanted. All of them are of one revision, that of
 * the first.
 *
 * @example
 * for await (const page of pages(attlas.graph.listNodes, { pageSize: 500 })) console.log(page.nodes);
 */
export async function* pages<I extends object, O extends Page>(
  call: Call<I, O>,
  request: I,
  options?: CallOptions,
): AsyncGenerator<O> {
  for (let pageToken = ""; ; ) {
    const page = await call(pageToken === "" ? request : { ...request, pageToken }, options);
    yield page;
    pageToken = page.nextPageToken;
    if (pageToken === "") return;
  }
}

/**
 * What a listing lists, over all its pages.
 *
 * @example
 * for await (const node of items(attlas.graph.listNodes, {}, "nodes")) console.log(node.name);
 */
export async function* items<I extends object, O extends Page, K extends ListOf<O>>(
  call: Call<I, O>,
  request: I,
  list: K,
  options?: CallOptions,
): AsyncGenerator<ItemOf<O, K>> {
  for await (const page of pages(call, request, options))
    yield* page[list] as unknown as Iterable<ItemOf<O, K>>;
}
