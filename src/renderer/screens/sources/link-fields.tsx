import { Radio, Stack, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";

/** Whether patients of this source are those of the images: said by who gave out their ids. */
export function LinkFields({
  issuer,
  suggested,
  onChange,
}: {
  issuer: string;
  /** A name for ids of their own. */
  suggested: string;
  onChange: (issuer: string) => void;
}): ReactNode {
  const { recordSources: labels } = useLabels();
  const [choice, setChoice] = useState(issuer === "" ? "images" : "named");
  return (
    <Stack gap="xs">
      <Radio.Group
        label={labels.link}
        description={labels.linkHelp}
        value={choice}
        onChange={(next) => {
          setChoice(next);
          onChange(next === "images" ? "" : issuer === "" ? suggested : issuer);
        }}
      >
        <Stack gap={6} mt={4}>
          <Radio value="images" label={labels.linkImages} description={labels.linkImagesHelp} />
          <Radio value="named" label={labels.linkNamed} description={labels.linkNamedHelp} />
        </Stack>
      </Radio.Group>
      {choice === "named" && (
        <TextInput
          label={labels.issuer}
          description={labels.issuerHelp}
          value={issuer}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Stack>
  );
}
