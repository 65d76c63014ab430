import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import classes from "./sources.module.css";

/** Fields that most people never need, behind a button that names them. */
export function MoreFields({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Icon = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.more}>
      <div>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon size={14} aria-hidden />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {label}
        </Button>
      </div>
      <div id={id} hidden={!open} className={classes.moreFields}>
        {open && children}
      </div>
    </div>
  );
}
