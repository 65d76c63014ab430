import { Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./settings.module.css";

/** A part of the settings under a heading. */
export function Section({ title, help, children }: { title: string; help?: string; children: ReactNode }): ReactNode {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={classes.section}>
      <Title order={2} id={heading}>
        {title}
      </Title>
      {help !== undefined && (
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      )}
      {children}
    </section>
  );
}
