import { RangeSlider, Text } from "@mantine/core";
import { useMemo, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { useLabels, useLocale } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { bucketsOfRange, fillBuckets, rangeOfBuckets, type DateBucket, type DateRange } from "./date-range.ts";
import styles from "./browse.module.css";

/** How many records there are by year or month. A range is drawn over the bars by mouse, or set with the two thumbs below by keys. */
export function DateHistogram({
  facet,
  range,
  onChange,
}: {
  facet: readonly DateBucket[];
  range: DateRange;
  onChange: (range: DateRange) => void;
}): ReactNode {
  const labels = useLabels().browse.filter;
  const locale = useLocale();
  const format = useFormat();
  const buckets = useMemo(() => fillBuckets(facet), [facet]);
  const [drawn, setDrawn] = useState<[number, number]>();
  const anchor = useRef(0);
  const bars = useRef<HTMLDivElement>(null);
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const [first, last] = drawn ?? bucketsOfRange(buckets, range);
  const months = useMemo(
    () => new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" }),
    [locale],
  );
  const nameOf = (at: number): string => {
    const value = buckets[at]?.value ?? "";
    return value.length === 7 ? months.format(new Date(`${value}-01T00:00:00Z`)) : value;
  };
  if (buckets.length < 2) return null;
  const choose = (from: number, to: number): void => {
    const [low, high] = [buckets[from], buckets[to]];
    if (low === undefined || high === undefined) return;
    const isAll = from === 0 && to === buckets.length - 1;
    onChange(isAll ? { from: undefined, to: undefined } : rangeOfBuckets(low.value, high.value));
  };
  const positionOf = (event: PointerEvent): number => {
    const box = bars.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    const share = (event.clientX - box.left) / box.width;
    return Math.min(buckets.length - 1, Math.max(0, Math.floor(share * buckets.length)));
  };
  return (
    <div>
      <div
        ref={bars}
        className={styles.bars}
        aria-hidden="true"
        dir="ltr"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          anchor.current = positionOf(event);
          setDrawn([anchor.current, anchor.current]);
        }}
        onPointerMove={(event) => {
          if (drawn === undefined) return;
          const at = positionOf(event);
          setDrawn([Math.min(anchor.current, at), Math.max(anchor.current, at)]);
        }}
        onPointerUp={() => {
          if (drawn !== undefined) choose(...drawn);
          setDrawn(undefined);
        }}
        onPointerCancel={() => setDrawn(undefined)}
      >
        {buckets.map((bucket, at) => (
          <span
            key={bucket.value}
            className={styles.bar}
            data-in={at >= first && at <= last}
            title={`${nameOf(at)}: ${format.count(bucket.count)}`}
            style={{ height: `${bucket.count === 0 ? 0 : Math.max(4, (bucket.count / most) * 100)}%` }}
          />
        ))}
      </div>
      <RangeSlider
        size="xs"
        min={0}
        max={buckets.length - 1}
        minRange={0}
        step={1}
        value={[first, last]}
        label={null}
        thumbFromLabel={labels.from}
        thumbToLabel={labels.to}
        onChange={setDrawn}
        onChangeEnd={([from, to]) => {
          choose(from, to);
          setDrawn(undefined);
        }}
        dir="ltr"
      />
      <Text size="xs" c="dimmed" mt={4} aria-live="polite">
        {first === last ? nameOf(first) : labels.between(nameOf(first), nameOf(last))}
      </Text>
    </div>
  );
}
