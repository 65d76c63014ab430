import { Radio, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";

/** Whether patients of this source are those of the images or of another source: said by who gave out their ids. Never linked unasked. */
export function LinkFields({
  issuer,
  own,
  placeholder,
  onChange,
}: {
  /** Undefined: the source's own; "": that of most images, which name none. */
  issuer: string | undefined;
  /** What stands for an issuer of its own here: undefined where the engine is to make one. */
  own: string | undefined;
  /** What it would make. */
  placeholder: string;
  onChange: (issuer: string | undefined) => void;
}): ReactNode {
  const { recordSources: labels } = useLabels();
  const choice = issuer === "" ? "images" : "named";
  return (
    <Stack gap="xs">
      <Radio.Group
        label={labels.link}
        description={labels.linkHelp}
        value={choice}
        onChange={(next) => onChange(next === "images" ? "" : own)}
      >
        <Stack gap={6} mt={4}>
          <Radio value="named" label={labels.linkNamed} description={labels.linkNamedHelp} />
          <Radio value="images" label={labels.linkImages} description={labels.linkImagesHelp} />
        </Stack>
      </Radio.Group>
      {choice === "named" && (
        <TextInput
          label={labels.issuer}
          description={labels.issuerHelp}
          placeholder={placeholder}
          value={issuer ?? ""}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value.trim() === "" ? own : event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}
