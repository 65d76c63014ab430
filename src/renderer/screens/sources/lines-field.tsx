import { Textarea } from "@mantine/core";
import { useState, type ReactNode } from "react";

/** Values, one a line. */
export function LinesField(props: {
  label: string;
  description: string;
  value: readonly string[];
  onChange: (lines: string[]) => void;
}): ReactNode {
  const { value, onChange, ...words } = props;
  const [text, setText] = useState(value.join("\n"));
  return (
    <Textarea
      {...words}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const lines = typed.split("\n").map((line) => line.trim());
        onChange([...new Set(lines.filter((line) => line !== ""))]);
      }}
    />
  );
}
