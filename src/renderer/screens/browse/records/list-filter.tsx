import { Textarea } from "@mantine/core";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useFormat } from "../../../parts/format.ts";
import { FilterChip } from "../filter-chip.tsx";

/** Longer than between two letters: a value that is half typed finds nothing. */
const REST_MS = 500;

/** One value a line, as a column of a spreadsheet is pasted. Commas stand within values, too. */
export function splitLines(text: string): string[] {
  const values = text.split(/[\n\r\t]+/).map((one) => one.trim());
  return [...new Set(values.filter((one) => one !== ""))];
}

/** Values that are typed or pasted, one a line. They count once the hand rests, or the field is left. */
export function ListField({
  label,
  hint,
  chosen,
  onChange,
}: {
  label: string;
  hint: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactNode {
  const [text, setText] = useState(chosen.join("\n"));
  const [told, setTold] = useState(chosen);
  if (told !== chosen) {
    setTold(chosen);
    if (splitLines(text).join("\n") !== chosen.join("\n")) setText(chosen.join("\n"));
  }
  const tell = useCallback(() => {
    const values = splitLines(text);
    if (values.join("\n") !== chosen.join("\n")) onChange(values);
  }, [text, chosen, onChange]);
  useEffect(() => {
    const timer = setTimeout(tell, REST_MS);
    return () => clearTimeout(timer);
  }, [tell]);
  return (
    <Textarea
      size="xs"
      label={label}
      description={hint}
      autosize
      minRows={2}
      maxRows={8}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={tell}
    />
  );
}

/** A chip with one such field. */
export function ListFilter(props: {
  name: string;
  label: string;
  hint: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactNode {
  const { name, label, hint, chosen, onChange } = props;
  const format = useFormat();
  return (
    <FilterChip
      name={name}
      value={chosen.length === 0 ? undefined : chosen.length > 2 ? format.count(chosen.length) : format.list(chosen)}
      onRemove={() => onChange([])}
    >
      <ListField label={label} hint={hint} chosen={chosen} onChange={onChange} />
    </FilterChip>
  );
}
