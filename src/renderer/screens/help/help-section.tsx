import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./help.module.css";

export function HelpSection({ id, title, children }: { id: string; title: string; children: ReactNode }): ReactNode {
  return (
    <section aria-labelledby={`help-${id}`} className={classes.section}>
      <Title order={2} id={`help-${id}`} tabIndex={-1}>
        {title}
      </Title>
      {children}
    </section>
  );
}
