import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";

/** The sticks that are plugged in, with their room. One that is read-only or too small cannot be chosen, and says so. */
export function StickChoice(props: {
  /** What has to fit. */
  bytes: number;
  value: string;
  onChange: (path: string) => void;
  disabled: boolean;
}): ReactNode {
  const { bytes, value, onChange, disabled } = props;
  const labels = useLabels().packages.copying;
  const format = useFormat();
  const places = useAnswer("folders.places", {}, { outside: true });
  const sticks = places.data?.filter(({ kind }) => kind === "removable") ?? [];
  const again = (
    <Button variant="subtle" size="compact-sm" ms={-8} onClick={() => void places.refetch()}>
      {labels.lookAgain}
    </Button>
  );
  if (sticks.length === 0)
    return (
      <Stack gap={4} align="start">
        <Text size="sm">{labels.noSticks}</Text>
        {again}
      </Stack>
    );
  return (
    <Radio.Group label={labels.sticks} value={value} onChange={onChange}>
      <Stack gap="xs" mt={4}>
        {sticks.map(({ path, label, readOnly, freeBytes }) => {
          const free = freeBytes === null ? "" : format.bytes(freeBytes);
          const isSmall = freeBytes !== null && freeBytes < bytes;
          const words = readOnly
            ? labels.readOnly(label)
            : isSmall
              ? labels.tooSmall(label, free)
              : free === ""
                ? label
                : labels.free(label, free);
          return <Radio key={path} value={path} label={words} disabled={disabled || readOnly || isSmall} />;
        })}
      </Stack>
      <Group mt={4}>{again}</Group>
    </Radio.Group>
  );
}
