import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PlanSummary } from "../../../../contract/job.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { sayExams } from "../../../records-words.ts";
import { goTo } from "../../../route.ts";
import { isSameFilter, usePickedRecords } from "../../../selection.ts";
import type { StudiesInHand } from "../draft-state.ts";
import { Warning } from "../warning.tsx";
import { WhatRecords } from "./what-records.tsx";

/** Which exams leave: the filter in words, counted; loudly where more match than may leave. */
export function StudiesWhat(props: {
  hand: StudiesInHand;
  plan: PlanSummary | undefined;
  /** More than this and nothing is written. */
  limit: number;
}): ReactNode {
  const { hand, plan, limit } = props;
  const words = useLabels();
  const format = useFormat();
  const { draft, selection, change } = hand;
  const picked = usePickedRecords("studies")?.filter;
  const facets = useAnswer("records.examFacets", selection ?? {}, { keepPrevious: true });
  const isOfBrowse = picked !== undefined && selection !== undefined && isSameFilter(selection, picked);
  const isEverything = selection !== undefined && isSameFilter(selection, {});
  const { exams = 0, withoutCheckIn = 0 } = facets.data ?? {};
  const [table] = plan?.packages ?? [];
  const counts =
    facets.data === undefined
      ? [words.exporting.what.uncounted.counting]
      : [
          words.records.exams(exams, format.count(exams)),
          ...(table === undefined
            ? []
            : [
                words.exporting.patients(table.patients, format.count(table.patients)),
                words.exporting.what.about(format.bytes(table.bytes)),
              ]),
        ];
  return (
    <WhatRecords
      kind="studies"
      words={selection && sayExams(selection, words, format)}
      counts={counts}
      none={facets.data?.inCatalog === 0}
      isEverything={isEverything}
      isOfRecipe={draft.selection !== null && !isOfBrowse && !isEverything}
      onPicked={picked === undefined || isOfBrowse ? undefined : () => change({ selection: null, sort: null })}
      onEverything={() => change({ selection: {} })}
    >
      {facets.error !== null && <ErrorNotice error={facets.error} />}
      {selection !== undefined && withoutCheckIn > 0 && (
        <Text size="sm">{words.tables.what.withoutCheckIn(withoutCheckIn, format.count(withoutCheckIn))}</Text>
      )}
      {selection !== undefined && exams > limit && (
        <TooMany exams={exams} limit={limit} onAllow={() => change({ maxRows: exams })} />
      )}
    </WhatRecords>
  );
}

function TooMany({ exams, limit, onAllow }: { exams: number; limit: number; onAllow: () => void }): ReactNode {
  const labels = useLabels().tables.tooMany;
  const format = useFormat();
  return (
    <Warning title={labels.title(format.count(exams), format.count(limit))}>
      {labels.text}
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" onClick={() => goTo("browse", "exams")}>
          {labels.narrow}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onAllow}>
          {labels.allow(format.count(exams))}
        </Button>
      </Group>
    </Warning>
  );
}
