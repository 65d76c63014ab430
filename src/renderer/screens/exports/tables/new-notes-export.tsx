import type { ReactNode } from "react";
import { useNotesDraft } from "../draft-state.ts";
import { missingOfNotes } from "../start-reasons.ts";
import { useStandInDestination } from "../use-plan.ts";
import { toNotesRecipe } from "./notes-draft.ts";
import { NotesHow } from "./notes-how.tsx";
import { NotesWhat } from "./notes-what.tsx";
import { TableExport } from "./table-export.tsx";

/** A new export of notes: one row each. */
export function NewNotesExport(): ReactNode {
  const hand = useNotesDraft();
  const { draft, selection, change } = hand;
  const standIn = useStandInDestination();
  const destination = draft.destination === "" ? standIn : draft.destination;
  const recipe =
    selection === undefined || destination === undefined ? undefined : toNotesRecipe(draft, selection, destination);
  return (
    <TableExport
      kind="notes"
      recipe={recipe}
      standIn={standIn}
      missing={missingOfNotes(draft, selection !== undefined)}
      draft={draft}
      change={change}
      what={(plan) => <NotesWhat hand={hand} plan={plan} />}
      how={<NotesHow hand={hand} />}
    />
  );
}
