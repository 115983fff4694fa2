import type { View } from "../../app/registry";

export const view: View = {
  path: "/changes",
  title: "Changes since",
  order: 80,
  load: () => import("./Changes"),
};
