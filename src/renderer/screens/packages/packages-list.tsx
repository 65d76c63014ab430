import { Button, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPackage } from "@tabler/icons-react";
import { useCallback, useState, type ReactNode } from "react";
import type { PackageEntry } from "../../../contract/calls/packages.ts";
import { useAnswers } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { goTo } from "../../route.ts";
import { CopyPanel } from "./copy-panel.tsx";
import { ElsewherePanel } from "./elsewhere-panel.tsx";
import { PackageCard } from "./package-card.tsx";
import classes from "./packages.module.css";

/** Packages shown at once, and as many more each time: those that are shown already are not asked for anew. */
const STEP = 50;
const TYPING_MS = 200;

type Aside = { kind: "copy"; entry: PackageEntry } | { kind: "elsewhere" };

/** What was made, newest first. */
export function PackagesList(): ReactNode {
  const labels = useLabels().packages;
  const format = useFormat();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), TYPING_MS);
  const [windows, setWindows] = useState(1);
  const [aside, setAside] = useState<Aside>();
  const [copying, setCopying] = useState(false);
  const close = useCallback(() => setAside(undefined), []);
  const answers = useAnswers(
    "packages.list",
    Array.from({ length: windows }, (_, window) => ({
      limit: STEP,
      offset: window * STEP,
      ...(wanted === "" ? {} : { text: wanted }),
    })),
    { keepPrevious: true, outside: true },
  );
  const data = answers[0]?.data;
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  const rows = answers.flatMap((answer) => answer.data?.rows ?? []);
  const isEmpty = data?.total === 0;
  return (
    <Page
      title={labels.title}
      chips={
        data !== undefined &&
        (data.total > 0 || wanted !== "") && (
          <>
            <TextInput
              type="search"
              w={260}
              placeholder={labels.find}
              aria-label={labels.find}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Text size="sm" c="dimmed" role="status">
              {labels.count(data.total, format.count(data.total))}
            </Text>
          </>
        )
      }
      actions={
        <Button variant="default" disabled={copying} onClick={() => setAside({ kind: "elsewhere" })}>
          {labels.elsewhere}
        </Button>
      }
      aside={
        aside?.kind === "copy" ? (
          <CopyPanel key={aside.entry.path} entry={aside.entry} onRunning={setCopying} />
        ) : aside?.kind === "elsewhere" ? (
          <ElsewherePanel />
        ) : undefined
      }
      asideLabel={aside?.kind === "copy" ? labels.copy : labels.elsewhere}
      // A click beside it must not end a copy: that is what its Cancel is for.
      onAsideClose={copying ? undefined : close}
    >
      {error !== null && <ErrorNotice error={error} />}
      {isEmpty && wanted !== "" && <EmptyState title={labels.noMatch} />}
      {isEmpty && wanted === "" && (
        <EmptyState icon={<IconPackage size={40} />} title={labels.none} text={labels.noneText}>
          <Button variant="default" onClick={() => goTo("exports", "new")}>
            {labels.newExport}
          </Button>
        </EmptyState>
      )}
      {data !== undefined && data.total > 0 && (
        <ul className={classes.list}>
          {rows.map((entry) => (
            <PackageCard
              key={`${entry.jobId} ${entry.path}`}
              entry={entry}
              copying={copying}
              onCopy={() => setAside({ kind: "copy", entry })}
            />
          ))}
        </ul>
      )}
      {data !== undefined && windows * STEP < data.total && (
        <Button variant="default" onClick={() => setWindows(windows + 1)}>
          {labels.more}
        </Button>
      )}
    </Page>
  );
}
