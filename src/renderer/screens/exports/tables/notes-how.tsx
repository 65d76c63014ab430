import { Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { READY_NOTES, READY_NOTES_NAMES, readyNotesNameOf } from "../../../ready-table-recipes.ts";
import { Adjusting } from "../adjusting.tsx";
import { ChoiceSetting } from "../choice-setting.tsx";
import type { NotesInHand } from "../draft-state.ts";
import { ProjectKeyField } from "../project-key-field.tsx";
import { ReadyCards } from "../ready-cards.tsx";
import { SavedRecipes } from "../saved-recipes.tsx";
import { Step } from "../step.tsx";
import { FileSettings } from "./file-settings.tsx";
import { IdentityWarning } from "./identity-warning.tsx";
import { needsKey } from "./notes-draft.ts";
import { identitiesInNotes } from "./table-identity.ts";

/** How notes leave: a ready recipe, what of it leads to a person, and every setting behind "Adjust". */
export function NotesHow({ hand }: { hand: NotesInHand }): ReactNode {
  const { exporting, tablePolicy } = useLabels();
  const labels = tablePolicy.notes;
  const { draft, change } = hand;
  const ready = readyNotesNameOf(draft);
  return (
    <Step number={2} title={exporting.steps.how}>
      <ReadyCards
        names={READY_NOTES_NAMES}
        words={labels.ready}
        value={ready}
        onChoose={(name) => change(READY_NOTES[name])}
      />
      <SavedRecipes />
      {ready === undefined && <Text size="sm">{exporting.ready.own}</Text>}
      <IdentityWarning identities={identitiesInNotes(draft)} />
      {draft.ids === "source" && (
        <Textarea
          label={labels.ids.reason}
          description={labels.ids.reasonHint}
          required
          autosize
          minRows={2}
          maw={640}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      )}
      {needsKey(draft) && <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />}
      <Adjusting explain={tablePolicy.explain}>
        <NotesSettings hand={hand} />
      </Adjusting>
    </Step>
  );
}

function NotesSettings({ hand: { draft, change } }: { hand: NotesInHand }): ReactNode {
  const labels = useLabels().tablePolicy.notes;
  return (
    <>
      <ChoiceSetting
        legend={labels.text.legend}
        values={["scrub", "drop", "keep"]}
        words={labels.text}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      <ChoiceSetting
        legend={labels.ids.legend}
        values={["pseudonym", "source"]}
        words={labels.ids}
        value={draft.ids}
        onChange={(ids) => change({ ids })}
      />
      <ChoiceSetting
        legend={labels.recordNumber.legend}
        values={["drop", "pseudonym", "keep"]}
        words={labels.recordNumber}
        value={draft.recordNumber}
        onChange={(recordNumber) => change({ recordNumber })}
      />
      <ChoiceSetting
        legend={labels.ages.legend}
        values={["safe-harbor", "exact"]}
        words={labels.ages}
        value={draft.ages}
        onChange={(ages) => change({ ages })}
      />
      <ChoiceSetting
        legend={labels.asOf.legend}
        values={["note", "now"]}
        words={labels.asOf}
        value={draft.asOf}
        onChange={(asOf) => change({ asOf })}
      />
      <ChoiceSetting
        legend={labels.statusLabels.legend}
        values={["english", "source"]}
        words={labels.statusLabels}
        value={draft.statusLabels}
        onChange={(statusLabels) => change({ statusLabels })}
      />
      <FileSettings draft={draft} change={change} extension="csv" />
    </>
  );
}
