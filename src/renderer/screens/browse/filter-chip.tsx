import { CloseButton, Popover, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import styles from "./browse.module.css";

/**
 * One part of the filter: its name, what it is set to, a panel to set it, and a cross to remove it.
 *
 * @param value what it is set to, in words; undefined where it is not set
 */
export function FilterChip({
  name,
  value,
  onRemove,
  width = 300,
  children,
}: {
  name: string;
  value: string | undefined;
  onRemove: () => void;
  width?: number;
  children: ReactNode;
}): ReactNode {
  const labels = useLabels().browse.filter;
  const [open, setOpen] = useState(false);
  return (
    <span className={styles.chip} data-set={value !== undefined}>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={width} trapFocus returnFocus shadow="md">
        <Popover.Target>
          <UnstyledButton className={styles.chipButton} onClick={() => setOpen(!open)}>
            {value === undefined ? name : `${name}: `}
            {value === undefined ? null : <bdi className={styles.chipValue}>{value}</bdi>}
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        {/* Escape closes the panel of the chip and nothing else. */}
        <Popover.Dropdown aria-label={name} onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}>
          {children}
        </Popover.Dropdown>
      </Popover>
      {value === undefined ? null : (
        <CloseButton
          size={24}
          iconSize={14}
          aria-label={labels.remove(name)}
          title={labels.remove(name)}
          onClick={onRemove}
        />
      )}
    </span>
  );
}
