import { useMemo, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { AskChoices, ChoicesField } from "./choices-field.tsx";
import type { ResourcesDraft } from "./resources-draft.ts";
import type { AskedChoices } from "./use-choices.ts";

/** Of whose patients a JupyterHealth Exchange is read. */
export function JheReadingFields(props: {
  draft: ResourcesDraft;
  asked: AskedChoices;
  canAsk: boolean;
  onChange: (part: Partial<ResourcesDraft>) => void;
}): ReactNode {
  const { draft, asked, canAsk, onChange } = props;
  const { jhe: labels } = useLabels().resourceSources;
  const { choices } = asked;
  const organizations = useMemo(
    () => (choices?.organizations ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
    [choices],
  );
  const studies = useMemo(
    () =>
      (choices?.studies ?? []).map(({ id, name, organization }) => ({
        value: id,
        label: organization === "" ? `${name} (${id})` : `${name} (${id}) · ${organization}`,
      })),
    [choices],
  );
  return (
    <>
      <AskChoices asked={asked} disabled={!canAsk} />
      <ChoicesField
        label={labels.organizations}
        description={labels.organizationsHelp}
        choices={organizations}
        chosen={draft.organizations}
        onChange={(next) => onChange({ organizations: next })}
      />
      <ChoicesField
        label={labels.studies}
        description={labels.studiesHelp}
        choices={studies}
        chosen={draft.studies}
        onChange={(next) => onChange({ studies: next })}
      />
    </>
  );
}
