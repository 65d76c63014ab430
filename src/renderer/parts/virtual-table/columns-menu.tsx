import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3, IconMinus, IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import {
  arrangeColumns,
  hideColumn,
  isHidden,
  moveColumn,
  resizeColumn,
  widthOf,
  type Column,
  type TableLayout,
} from "./columns.ts";

/** How far one press widens or narrows, in CSS pixels. */
const STEP = 24;

/** Shows, hides, moves and widens columns with buttons: everything that a drag does, without one (WCAG 2.5.7). */
export function ColumnsMenu({
  columns,
  layout,
  onLayout,
  onReset,
}: {
  columns: readonly Pick<Column<never>, "id" | "label" | "width" | "fixed" | "hidden">[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  onReset: () => void;
}): ReactNode {
  const labels = useLabels().parts.table;
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.columns} title={labels.columns}>
          <IconColumns3 size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={labels.columns}>
        <Stack gap={4}>
          {arrangeColumns(columns, layout).map((column) => (
            <Group key={column.id} gap={4} wrap="nowrap" justify="space-between">
              <Checkbox
                size="xs"
                label={column.label}
                checked={!isHidden(column, layout)}
                disabled={column.fixed === true}
                onChange={(event) => onLayout(hideColumn(layout, column.id, !event.currentTarget.checked))}
              />
              <Group gap={2} wrap="nowrap">
                <Step
                  label={labels.narrower(column.label)}
                  icon={IconMinus}
                  onClick={() => onLayout(resizeColumn(layout, column.id, widthOf(column, layout) - STEP))}
                />
                <Step
                  label={labels.wider(column.label)}
                  icon={IconPlus}
                  onClick={() => onLayout(resizeColumn(layout, column.id, widthOf(column, layout) + STEP))}
                />
                <Step
                  label={labels.earlier(column.label)}
                  icon={IconArrowUp}
                  onClick={() => onLayout(moveColumn(columns, layout, column.id, -1))}
                />
                <Step
                  label={labels.later(column.label)}
                  icon={IconArrowDown}
                  onClick={() => onLayout(moveColumn(columns, layout, column.id, 1))}
                />
              </Group>
            </Group>
          ))}
          <Button variant="subtle" size="compact-xs" onClick={onReset}>
            {labels.reset}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Step({
  label,
  icon: Icon,
  onClick,
}: {
  label: string;
  icon: typeof IconPlus;
  onClick: () => void;
}): ReactNode {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={onClick}>
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}
