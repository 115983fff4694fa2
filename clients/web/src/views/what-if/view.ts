import type { View } from "../../app/registry";

export const view: View = {
  path: "/what-if",
  title: "What if",
  order: 40,
  load: () => import("./WhatIf"),
};
