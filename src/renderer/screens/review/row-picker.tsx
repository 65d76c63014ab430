import { ActionIcon, Group, NumberInput, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { offsetOf, ROWS_AT_ONCE } from "./table-review-rows.ts";

/** "Rows 1 to 10 of 212", ten back, ten on, or those around any row by its number. */
export function RowPicker(props: {
  /** Of the first row shown, from 0. */
  offset: number;
  total: number;
  onOffset: (offset: number) => void;
}): ReactNode {
  const { offset, total, onOffset } = props;
  const labels = useLabels().tableReview.review;
  const format = useFormat();
  const last = Math.min(offset + ROWS_AT_ONCE, total);
  return (
    <Group gap="xs" wrap="nowrap">
      <Text fw={600} aria-live="polite">
        {labels.position(format.count(offset + 1), format.count(last), format.count(total))}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={labels.previous}
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(offset - ROWS_AT_ONCE, 0))}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={labels.next}
        disabled={last >= total}
        onClick={() => onOffset(offset + ROWS_AT_ONCE)}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <NumberInput
        aria-label={labels.goTo}
        size="xs"
        w={96}
        hideControls
        allowDecimal={false}
        min={1}
        max={total}
        value={offset + 1}
        onChange={(value) => {
          const wanted = Number(value) - 1;
          if (Number.isInteger(wanted) && wanted >= 0 && wanted < total && wanted !== offset)
            onOffset(offsetOf(wanted));
        }}
      />
    </Group>
  );
}
