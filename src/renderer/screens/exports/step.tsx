import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./exports.module.css";

/** One numbered step of an export. All are on one page, and each can be changed at any time. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }): ReactNode {
  return (
    <section className={classes.step} aria-label={title}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <Title order={2} className={classes.heading}>
        {title}
      </Title>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
