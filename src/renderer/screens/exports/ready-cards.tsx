import { Badge, Radio, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import classes from "./exports.module.css";

interface ReadyWords {
  title: string;
  text: string;
  mark: string;
}

/** Ready recipes to choose from, each with what it does and whether it names people. */
export function ReadyCards<Name extends string>(props: {
  names: readonly Name[];
  words: Readonly<Record<Name, ReadyWords>>;
  /** Undefined: what is chosen is none of them. */
  value: Name | undefined;
  onChoose: (name: Name) => void;
}): ReactNode {
  const { names, words, value, onChoose } = props;
  const labels = useLabels().exporting.ready;
  return (
    <Radio.Group value={value ?? null} onChange={onChoose} aria-label={labels.legend}>
      <div className={classes.cards}>
        {names.map((name) => (
          <Radio.Card key={name} value={name} className={classes.card}>
            <Text fw={600}>{words[name].title}</Text>
            <Text size="sm">{words[name].text}</Text>
            <Badge
              variant="default"
              radius="sm"
              tt="none"
              fw={500}
              classNames={{ root: classes.mark, label: classes.mark }}
            >
              {words[name].mark}
            </Badge>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
