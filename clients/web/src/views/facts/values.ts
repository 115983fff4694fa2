// Values of properties as text.
import type { Value } from "@attlas/client/gen/attlas/graph/v1/value_pb";

import { formatIso } from "../../lib/dates";

export function textOfValue(value: Value | undefined): string {
  const kind = value?.kind;
  switch (kind?.case) {
    case "text":
      return kind.value;
    case "integer":
    case "decimal":
      return String(kind.value);
    case "boolean":
      return kind.value ? "yes" : "no";
    case "date":
      return formatIso(kind.value);
    case "texts":
      return kind.value.values.join("; ");
    default:
      return "";
  }
}
