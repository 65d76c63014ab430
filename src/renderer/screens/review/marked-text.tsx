import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import type { ScrubKind } from "../../../contract/calls/records.ts";
import { useLabels } from "../../labels/labels.tsx";
import classes from "./review.module.css";
import { segmentsOf } from "./text-segments.ts";

/** A place in a text, in UTF-16 units: replaced, with what stood there, or still looking like a name. */
export interface TextMark {
  start: number;
  end: number;
  kind?: ScrubKind;
}

/** A text in which places are marked: seen by colour and line, told by a title, and heard as words before and after. */
export function MarkedText(props: { text: string; marks: readonly TextMark[]; limit?: number | undefined }): ReactNode {
  const { text, marks, limit } = props;
  const { records, tableReview } = useLabels();
  const labels = tableReview.text;
  return segmentsOf(text, marks, limit).map(({ text: part, mark }, index) => {
    if (mark === undefined) return part;
    const isReplaced = mark.kind !== undefined;
    const words =
      mark.kind === undefined ? labels.spokenSuspicious : labels.spokenReplaced(records.scrubKinds[mark.kind]);
    return (
      <mark key={index} className={isReplaced ? classes.replaced : classes.suspicious} title={words.replace(/:$/, "")}>
        <VisuallyHidden>{` [${words} `}</VisuallyHidden>
        {part}
        <VisuallyHidden>{` ${labels.spokenEnd}] `}</VisuallyHidden>
      </mark>
    );
  });
}
