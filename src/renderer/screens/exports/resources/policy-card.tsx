import { TagsInput, Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { READY_RESOURCES, READY_RESOURCES_NAMES, readyResourcesNameOf } from "../../../ready-resources-recipes.ts";
import { Adjusting } from "../adjusting.tsx";
import { ChoiceSetting } from "../choice-setting.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import { ProjectKeyField } from "../project-key-field.tsx";
import { ReadyCards } from "../ready-cards.tsx";
import { SavedRecipes } from "../saved-recipes.tsx";
import { IdentityWarning } from "../tables/identity-warning.tsx";
import { identitiesInResources } from "../tables/table-identity.ts";
import { PackageFields } from "./package-fields.tsx";
import { RulesFile } from "./rules-file.tsx";

/** Who is known by what leaves: a ready manner, what of it leads to a person, consent, and every setting behind "Adjust". */
export function PolicyCard({ hand }: { hand: ResourcesInHand }): ReactNode {
  const { exporting, resourceExports } = useLabels();
  const labels = resourceExports.how;
  const { draft, change } = hand;
  const ready = readyResourcesNameOf(draft);
  const { identity } = draft;
  return (
    <>
      <ReadyCards
        names={READY_RESOURCES_NAMES}
        words={labels.cards}
        value={ready}
        onChoose={(name) => change(READY_RESOURCES[name])}
      />
      <SavedRecipes />
      {ready === undefined && <Text size="sm">{exporting.ready.own}</Text>}
      <IdentityWarning
        title={resourceExports.asks}
        identities={identitiesInResources({ kind: identity, images: draft.images })}
      />
      {identity === "identified" && (
        <Textarea
          label={labels.reason}
          description={labels.reasonHint}
          required
          autosize
          minRows={2}
          maw={640}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      )}
      {identity === "rules" && <RulesFile rules={draft.rules} onRules={(rules) => change({ rules })} />}
      {identity !== "identified" && <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />}
      <ChoiceSetting
        legend={labels.consent.legend}
        values={["exclude", "include"]}
        words={labels.consent}
        value={draft.withoutConsent}
        onChange={(withoutConsent) => change({ withoutConsent })}
      />
      <Adjusting explain={labels.explain}>
        {identity === "pseudonymised" && <PseudonymisedSettings hand={hand} />}
        <PackageFields hand={hand} />
      </Adjusting>
    </>
  );
}

function PseudonymisedSettings({ hand: { draft, change } }: { hand: ResourcesInHand }): ReactNode {
  const labels = useLabels().resourceExports.how;
  return (
    <>
      <ChoiceSetting
        legend={labels.dates.legend}
        values={["shift", "year", "keep"]}
        words={labels.dates}
        value={draft.dates}
        onChange={(dates) => change({ dates })}
      />
      <ChoiceSetting
        legend={labels.birth.legend}
        values={["year", "band5", "band10"]}
        words={labels.birth}
        value={draft.birth}
        onChange={(birth) => change({ birth })}
      />
      <ChoiceSetting
        legend={labels.text.legend}
        values={["drop", "scrub"]}
        words={labels.text}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      <ChoiceSetting
        legend={labels.phones.legend}
        values={["remove", "hash"]}
        words={labels.phones}
        value={draft.phones}
        onChange={(phones) => change({ phones })}
      />
      <ChoiceSetting
        legend={labels.images.legend}
        values={["exclude", "include"]}
        words={labels.images}
        value={draft.images}
        onChange={(images) => change({ images })}
      />
      <TagsInput
        label={labels.codeSystems}
        description={labels.codeSystemsHint}
        maw={640}
        value={[...draft.codeSystems]}
        onChange={(codeSystems) => change({ codeSystems })}
      />
    </>
  );
}
