import { Checkbox, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { issuerOfSource } from "../../../contract/records.ts";
import { useLabels } from "../../labels/labels.tsx";
import { LinkFields } from "./link-fields.tsx";
import type { ResourcesDraft } from "./resources-draft.ts";

/** Whether the patients are those of images or notes, and by which of their numbers. Off until somebody says so. */
export function PatientLinkFields(props: {
  draft: ResourcesDraft;
  /** As the source is or would be called. */
  name: string;
  onChange: (part: Partial<ResourcesDraft>) => void;
}): ReactNode {
  const { draft, name, onChange } = props;
  const { link: labels } = useLabels().resourceSources;
  return (
    <>
      <Checkbox
        label={labels.switch}
        description={labels.help}
        checked={draft.isLinked}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? { isLinked: true, issuer: "" } : { isLinked: false, issuer: undefined },
          )
        }
      />
      {draft.isLinked && (
        <>
          <TextInput
            label={labels.system}
            description={labels.systemHelp}
            spellCheck={false}
            autoComplete="off"
            value={draft.identifierSystem}
            onChange={(event) => onChange({ identifierSystem: event.currentTarget.value })}
          />
          <LinkFields
            issuer={draft.issuer}
            own={issuerOfSource(name)}
            placeholder={issuerOfSource(name)}
            onChange={(issuer) => onChange({ issuer })}
          />
        </>
      )}
    </>
  );
}
