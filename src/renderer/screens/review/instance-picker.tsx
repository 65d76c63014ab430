import { ActionIcon, Group, NumberInput, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";

/** "Instance 1 of 212", one back, one on, or any by its number. */
export function InstancePicker(props: {
  /** From 0. */
  index: number;
  instances: number;
  onIndex: (index: number) => void;
}): ReactNode {
  const { index, instances, onIndex } = props;
  const labels = useLabels().review;
  const format = useFormat();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text fw={600} aria-live="polite">
        {labels.position(format.count(index + 1), format.count(instances))}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={labels.previous}
        disabled={index === 0}
        onClick={() => onIndex(index - 1)}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={labels.next}
        disabled={index >= instances - 1}
        onClick={() => onIndex(index + 1)}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <NumberInput
        aria-label={labels.goTo}
        size="xs"
        w={88}
        hideControls
        allowDecimal={false}
        min={1}
        max={instances}
        value={index + 1}
        onChange={(value) => {
          const wanted = Number(value) - 1;
          if (Number.isInteger(wanted) && wanted >= 0 && wanted < instances) onIndex(wanted);
        }}
      />
    </Group>
  );
}
