import { Button, CopyButton, Group, Text } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { toErrorRecord, type ErrorCode } from "../../contract/errors.ts";
import { useLabels } from "../labels/labels.tsx";
import classes from "./error-notice.module.css";

/** As it comes from a failed call, or as an answer holds it. */
export type AnyError = Error | { code: string; message: string; next?: string | undefined };

interface ErrorNoticeProps {
  error: AnyError;
  onDismiss?: (() => void) | undefined;
  /** The one button that does what is to be done. */
  action?: { label: string; onClick: () => void } | undefined;
}

/** What happened, why, and what to do. Stays until it is read; can be copied with its code. */
export function ErrorNotice({ error, onDismiss, action }: ErrorNoticeProps): ReactNode {
  const { parts, errors } = useLabels();
  const { code, message, next } = error instanceof Error ? toErrorRecord(error) : error;
  const known = Object.hasOwn(errors.codes, code) ? errors.codes[code as ErrorCode] : undefined;
  const toDo = next ?? known?.toDo;
  const text = [known?.title, message, toDo, parts.errorCode(code)].filter((one) => one !== undefined).join("\n");
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertOctagon size={18} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600}>{known?.title ?? parts.error}</Text>
        <Text size="sm" dir="auto">
          {message}
        </Text>
        {toDo !== undefined && (
          <Text size="sm" dir="auto">
            {toDo}
          </Text>
        )}
        <Group gap="xs" mt={8}>
          {action !== undefined && (
            <Button size="compact-sm" onClick={action.onClick}>
              {action.label}
            </Button>
          )}
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? parts.copied : parts.copy}
              </Button>
            )}
          </CopyButton>
          {onDismiss !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onDismiss}>
              {parts.dismiss}
            </Button>
          )}
          <Text size="xs" c="dimmed">
            {parts.errorCode(code)}
          </Text>
        </Group>
      </div>
    </div>
  );
}
