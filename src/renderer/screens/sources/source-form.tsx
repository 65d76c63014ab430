import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FolderField } from "../../parts/folder-field.tsx";
import { beginDraft, isFilled, suggestName, toRequest, type SourceDraft } from "./source-draft.ts";
import { ServerFields } from "./server-fields.tsx";
import { TestFindings } from "./test-findings.tsx";
import classes from "./sources.module.css";

interface SourceFormProps {
  kind: string;
  /** The one that is edited. */
  source: SourceSummary | undefined;
  /** Where a folder lies that was dropped on the window; "" where that is not known. */
  dropped: string | undefined;
  /** With the name of what was saved, or without where nothing was. */
  onDone: (name?: string) => void;
}

/** Adds or edits a source. It is tested before it is saved; one that fails can be saved all the same, for a server that is off today. */
export function SourceForm({ kind, source, dropped, onDone }: SourceFormProps): ReactNode {
  const { sources: labels } = useLabels();
  const { form } = labels;
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => fields.current?.querySelector("input")?.focus(), []);
  const [draft, setDraft] = useState(() => ({
    ...beginDraft(kind, source),
    ...(dropped === undefined ? {} : { path: dropped }),
  }));
  const test = useCall("sources.test");
  const add = useCall("sources.add");
  const edit = useCall("sources.edit");
  const busy = test.isPending || add.isPending || edit.isPending;
  const change = (part: Partial<SourceDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    test.reset();
  };
  const name = draft.name.trim() === "" ? suggestName(draft) : draft.name.trim();
  const ready = isFilled(draft, source?.hasSecret ?? false) && name !== "";
  const runTest = async (): Promise<boolean> => {
    const { secret, ...request } = toRequest(draft, source);
    const report = await test.mutateAsync({
      ...request,
      ...(typeof secret === "string" ? { secret } : {}),
      ...(secret === undefined && source?.hasSecret === true ? { secretOf: source.name } : {}),
    });
    return report.ok;
  };
  const save = async (): Promise<void> => {
    const { secret, config } = toRequest(draft, source);
    const saved =
      source === undefined
        ? await add.mutateAsync({ kind, name, config, ...(typeof secret === "string" ? { secret } : {}) })
        : await edit.mutateAsync({
            name: source.name,
            config,
            ...(name === source.name ? {} : { newName: name }),
            ...(secret === undefined ? {} : { secret }),
          });
    onDone(saved.name);
  };
  // What goes wrong is in the state of each call, and shown from there.
  const attempt = (steps: () => Promise<unknown>): void => void steps().catch(() => undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || busy) return;
    attempt(async () => {
      if (await runTest()) await save();
    });
  };
  const failed = test.error ?? add.error ?? edit.error;
  const title =
    source !== undefined ? labels.editTitle(source.name) : kind === "folder" ? form.folderTitle : form.serverTitle;
  return (
    <form ref={fields} className={classes.form} aria-label={title} onSubmit={submit}>
      <Title order={2}>{title}</Title>
      {dropped === "" && <Text size="sm">{form.dropped}</Text>}
      {kind === "folder" ? (
        <FolderField
          label={form.path}
          description={form.pathHelp}
          purpose="read"
          startOpen={dropped === ""}
          value={draft.path}
          onChange={(path) => change({ path })}
        />
      ) : (
        <ServerFields draft={draft} hasSecret={source?.hasSecret ?? false} onChange={change} />
      )}
      <TextInput
        label={form.name}
        description={form.nameHelp}
        value={draft.name}
        placeholder={suggestName(draft)}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {test.data !== undefined && <TestFindings report={test.data} />}
      {failed !== null && (
        <ErrorNotice
          error={failed}
          onDismiss={() => {
            test.reset();
            add.reset();
            edit.reset();
          }}
        />
      )}
      <Group gap="xs">
        <Button type="submit" loading={busy} disabled={!ready}>
          {source === undefined ? form.testAndAdd : form.testAndSave}
        </Button>
        <Button variant="default" disabled={!ready || busy} onClick={() => attempt(runTest)}>
          {form.test}
        </Button>
        {(test.data?.ok === false || test.error !== null) && (
          <Button variant="default" disabled={!ready || busy} onClick={() => attempt(save)}>
            {source === undefined ? form.addAnyway : form.saveAnyway}
          </Button>
        )}
        <Button variant="subtle" onClick={() => onDone()}>
          {form.cancel}
        </Button>
      </Group>
    </form>
  );
}
