import { SegmentedControl, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { READY_NAMES, READY_RECIPES, readyNameOf, type ReadyName } from "../../ready-recipes.ts";
import { Adjust } from "./adjust.tsx";
import { Adjusting } from "./adjusting.tsx";
import type { DraftInHand } from "./draft-state.ts";
import { ProjectKeyField } from "./project-key-field.tsx";
import { ReadyCards } from "./ready-cards.tsx";
import { SavedRecipes } from "./saved-recipes.tsx";
import { Step } from "./step.tsx";
import { Warning } from "./warning.tsx";

/** How it leaves: a ready recipe, who is named in it, and every setting behind "Adjust". */
export function StepHow({ hand }: { hand: DraftInHand }): ReactNode {
  const { exporting: labels, policy } = useLabels();
  const { draft, change } = hand;
  const ready = readyNameOf(draft);
  const choose = (name: ReadyName): void => change({ ...READY_RECIPES[name], heldReason: null });
  return (
    <Step number={2} title={labels.steps.how}>
      <ReadyCards names={READY_NAMES} words={labels.ready} value={ready} onChoose={choose} />
      <SavedRecipes />
      {ready === undefined && <Text size="sm">{labels.ready.own}</Text>}
      {(ready === "metadata" || ready === undefined) && (
        <SegmentedControl
          aria-label={labels.identity.legend}
          w="fit-content"
          value={draft.identity}
          data={[
            { value: "pseudonymised", label: policy.pseudonymised.title },
            { value: "identified", label: policy.identified.title },
          ]}
          onChange={(identity) =>
            change(
              identity === "identified"
                ? { identity: "identified", options: [] }
                : { identity: "pseudonymised", options: READY_RECIPES.research.options },
            )
          }
        />
      )}
      {draft.identity === "identified" ? (
        <Warning title={labels.identity.loud}>{labels.identity.loudText}</Warning>
      ) : (
        <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />
      )}
      <Adjusting explain={labels.adjust.explain}>
        <Adjust hand={hand} />
      </Adjusting>
    </Step>
  );
}
