import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useRef, type FormEvent, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { TestFindings } from "./test-findings.tsx";
import type { Saving } from "./use-saving.ts";
import classes from "./sources.module.css";

/** What every form of a source has: its title, the name, what the test found, and the buttons. */
export function FormFrame(props: {
  title: string;
  source: SourceSummary | undefined;
  name: string;
  suggestedName: string;
  onName: (name: string) => void;
  /** Everything that is needed stands there. */
  ready: boolean;
  saving: Saving;
  /** What is only possible once the source is saved, and with it the test: what the button says, and why. */
  follows?: { action: string; text: string } | undefined;
  onCancel: () => void;
  children: ReactNode;
}): ReactNode {
  const { title, source, name, suggestedName, onName, saving, follows, onCancel, children } = props;
  const { form } = useLabels().sources;
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => fields.current?.querySelector<HTMLElement>("input:checked, input")?.focus(), []);
  const { busy, report, error } = saving;
  const ready = props.ready && (name.trim() !== "" || suggestedName !== "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || busy) return;
    if (follows === undefined) saving.testAndSave();
    else saving.save();
  };
  return (
    <form ref={fields} className={classes.form} aria-label={title} onSubmit={submit}>
      <Title order={2}>{title}</Title>
      {children}
      <TextInput
        label={form.name}
        description={form.nameHelp}
        value={name}
        placeholder={suggestedName}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      {report !== undefined && <TestFindings report={report} />}
      {error !== null && <ErrorNotice error={error} onDismiss={saving.reset} />}
      {follows !== undefined && <Text size="sm">{follows.text}</Text>}
      <Group gap="xs">
        <Button type="submit" loading={busy} disabled={!ready}>
          {follows?.action ?? (source === undefined ? form.testAndAdd : form.testAndSave)}
        </Button>
        {follows === undefined && (
          <Button variant="default" disabled={!ready || busy} onClick={saving.test}>
            {form.test}
          </Button>
        )}
        {follows === undefined && saving.hasFailed && (
          <Button variant="default" disabled={!ready || busy} onClick={saving.save}>
            {source === undefined ? form.addAnyway : form.saveAnyway}
          </Button>
        )}
        <Button variant="subtle" onClick={onCancel}>
          {form.cancel}
        </Button>
      </Group>
    </form>
  );
}
