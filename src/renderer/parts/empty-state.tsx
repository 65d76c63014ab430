import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** Says that there is nothing here yet, and what to do next. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  text?: string;
  /** Buttons. */
  children?: ReactNode;
}): ReactNode {
  return (
    <div className={classes.empty}>
      <Stack align="center" gap="sm" maw={520}>
        <span aria-hidden className={classes.icon}>
          {props.icon}
        </span>
        <Title order={2} size="h4" ta="center">
          {props.title}
        </Title>
        {props.text !== undefined && (
          <Text c="dimmed" ta="center">
            {props.text}
          </Text>
        )}
        {props.children}
      </Stack>
    </div>
  );
}
