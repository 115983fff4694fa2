// Which edition numbers are of; none is shown without it.
import type { Edition } from "@attlas/client/gen/attlas/transfers/v1/transfers_pb";

import { DateText } from "./DateText";

export function EditionText({ edition }: { edition: Edition | undefined }) {
  if (!edition) return null;
  return (
    <p className="note">
      {edition.dataset?.displayName} ({edition.period}), published{" "}
      <DateText date={edition.published} />. {edition.method} {edition.licence}
    </p>
  );
}
