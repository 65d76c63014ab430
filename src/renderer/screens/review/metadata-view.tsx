import { Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { metadataLines } from "./metadata-lines.ts";
import classes from "./review.module.css";

const LINE_HEIGHT = 20;

/** The JSON document as it will be, line by line; only the lines in sight are in the page. */
export function MetadataView({ metadata, truncated }: { metadata: string; truncated: boolean }): ReactNode {
  const labels = useLabels().review.metadata;
  const lines = useMemo(() => metadataLines(metadata), [metadata]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {labels.text} {truncated && labels.truncated}
      </Text>
      <div ref={scroller} className={classes.lines} tabIndex={0} role="region" aria-label={labels.label}>
        <div style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div key={index} className={classes.line} style={{ transform: `translateY(${start}px)` }}>
              {lines[index]}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
