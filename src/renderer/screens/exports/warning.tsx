import { Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./exports.module.css";

/** Something to decide before going on: amber, a shape and words. No error, and nothing has happened yet. */
export function Warning({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className={classes.warning} role="note">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <Text fw={600}>{title}</Text>
        <Text size="sm" component="div">
          {children}
        </Text>
      </div>
    </div>
  );
}
