/** Beside what stays for a while: which step is on its way. */
import type { JSX } from "preact";
import { formatStep } from "../ui/format";

interface ComingMarkProps {
  /** NaN: it is not known. */
  step: number;
  /** Nobody chose it: the newest is followed, and is a little late as a rule. */
  followed: boolean;
}

export function ComingMark({ step, followed }: ComingMarkProps): JSX.Element {
  return (
    <span class="tbn-second tbn-coming" data-followed={followed}>
      {Number.isNaN(step) ? "coming" : `${formatStep(step, true)} coming`}
    </span>
  );
}
