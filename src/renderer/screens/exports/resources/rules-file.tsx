import { Button, FileButton, Group, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import type { ResourcesDraft } from "./resources-draft.ts";

/** No rules that people write are as long. */
const LONGEST = 1_000_000;

/** A file of somebody else's rules, read by the page itself. */
export function RulesFile(props: {
  rules: ResourcesDraft["rules"];
  onRules: (rules: ResourcesDraft["rules"]) => void;
}): ReactNode {
  const { rules, onRules } = props;
  const labels = useLabels().resourceExports.how.rules;
  const [problem, setProblem] = useState<"unreadable" | "tooLarge">();
  const read = async (file: File | null): Promise<void> => {
    if (file === null) return;
    if (file.size > LONGEST) return setProblem("tooLarge");
    try {
      onRules({ name: file.name, document: await file.text() });
      setProblem(undefined);
    } catch {
      setProblem("unreadable");
    }
  };
  return (
    <Group gap="sm">
      <FileButton accept=".json,.yaml,.yml" onChange={(file) => void read(file)}>
        {(button) => (
          <Button {...button} variant="default" leftSection={<IconFileUpload size={16} />}>
            {labels.open}
          </Button>
        )}
      </FileButton>
      <Text size="sm" role="status">
        {problem === undefined ? (
          <bdi dir="auto">{rules === undefined ? labels.none : labels.chosen(rules.name)}</bdi>
        ) : (
          labels[problem]
        )}
      </Text>
    </Group>
  );
}
