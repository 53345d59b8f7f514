/** What of a card's records is not drawn, and why. */
import type { JSX } from "preact";
import { elideMiddle, formatCount, visible } from "../ui/format";
import type { Presence } from "./layers";

interface PresenceProps {
  presence: Presence;
  /** How many are drawn, and how many more are to be when they come. */
  drawn: number;
  coming: number;
}

export function PresenceLine({ presence, drawn, coming }: PresenceProps): JSX.Element {
  const { total, absent, errors } = presence;
  const words = [
    drawn < total - absent - errors.length && `${formatCount(drawn)} of ${formatCount(total)} steps drawn`,
    coming > 0 && `${formatCount(coming)} coming`,
    absent > 0 && `${formatCount(absent)} not in this saved view`,
    errors.length > 0 && `${formatCount(errors.length)} cannot be read`,
  ].filter((word) => word !== false);
  return (
    <p class="tbn-foot-line" title={errors[0] && visible(elideMiddle(errors[0], 300))}>
      {words.join(" · ")}
    </p>
  );
}
