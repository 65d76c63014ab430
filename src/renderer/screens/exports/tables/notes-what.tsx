import { Checkbox, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { RecordFacet } from "../../../../contract/calls/records.ts";
import type { PlanSummary } from "../../../../contract/job.ts";
import { NOTE_KINDS, type NoteKind, type NotesFilter } from "../../../../contract/records.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { sayNotes } from "../../../records-words.ts";
import { usePickedRecords } from "../../../selection.ts";
import type { NotesInHand } from "../draft-state.ts";
import classes from "../exports.module.css";
import { isSameWithoutKinds, kindsOf, withKinds } from "./notes-draft.ts";
import { WhatRecords } from "./what-records.tsx";

/** Which notes leave: the filter in words, counted, and the kinds of notes. */
export function NotesWhat({ hand, plan }: { hand: NotesInHand; plan: PlanSummary | undefined }): ReactNode {
  const words = useLabels();
  const format = useFormat();
  const { draft, selection, change } = hand;
  const picked = usePickedRecords("notes")?.filter;
  const facets = useAnswer("records.noteFacets", withKinds(selection ?? {}), { keepPrevious: true });
  const isOfBrowse = picked !== undefined && selection !== undefined && isSameWithoutKinds(selection, picked);
  const isEverything = selection !== undefined && isSameWithoutKinds(selection, {});
  const bytes = plan?.bytes;
  const counts =
    facets.data === undefined
      ? [words.exporting.what.uncounted.counting]
      : [
          words.records.notes(facets.data.notes, format.count(facets.data.notes)),
          words.exporting.patients(facets.data.patients, format.count(facets.data.patients)),
          ...(bytes === undefined ? [] : [words.exporting.what.about(format.bytes(bytes))]),
        ];
  return (
    <WhatRecords
      kind="notes"
      words={selection && sayNotes(selection, words, format)}
      counts={counts}
      none={facets.data?.inCatalog === 0}
      isEverything={isEverything}
      isOfRecipe={draft.selection !== null && !isOfBrowse && !isEverything}
      onPicked={picked === undefined || isOfBrowse ? undefined : () => change({ selection: null })}
      onEverything={() => change({ selection: selection?.kinds === undefined ? {} : { kinds: selection.kinds } })}
    >
      {facets.error !== null && <ErrorNotice error={facets.error} />}
      {selection?.includeDeletedPatients === true && <Text size="sm">{words.tables.what.withDeleted}</Text>}
      {selection !== undefined && facets.data !== undefined && (
        <Kinds filter={selection} facets={facets.data.kinds} onChange={(next) => change({ selection: next })} />
      )}
    </WhatRecords>
  );
}

/** The kinds that there are, each with how many; one at least stays chosen. */
function Kinds(props: {
  filter: NotesFilter;
  facets: readonly RecordFacet[];
  onChange: (filter: NotesFilter) => void;
}): ReactNode {
  const { filter, facets, onChange } = props;
  const { records, tables } = useLabels();
  const format = useFormat();
  const chosen = kindsOf(filter);
  const countOf = (kind: NoteKind): number => facets.find(({ value }) => value === kind)?.count ?? 0;
  return (
    <Checkbox.Group
      label={tables.what.kinds}
      value={[...chosen]}
      onChange={(kinds) => onChange({ ...filter, kinds: NOTE_KINDS.filter((kind) => kinds.includes(kind)) })}
    >
      <div className={classes.kinds}>
        {NOTE_KINDS.filter((kind) => chosen.includes(kind) || countOf(kind) > 0).map((kind) => (
          <Checkbox
            key={kind}
            value={kind}
            disabled={chosen.length === 1 && chosen[0] === kind}
            label={tables.what.kindCounted(records.noteKinds[kind], format.count(countOf(kind)))}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
