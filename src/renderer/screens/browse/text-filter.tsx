import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";

/** A person types faster than lists are worth reading. */
const REST_MS = 180;

/** A field whose text counts once the hand rests; Enter makes it count at once. */
export function TextFilter({
  label,
  clearLabel,
  value,
  onChange,
  search = false,
}: {
  label: string;
  clearLabel: string;
  value: string;
  onChange: (text: string) => void;
  search?: boolean;
}): ReactNode {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    // Set from elsewhere (a chip removed, all cleared).
    setTold(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <TextInput
      size="xs"
      w={search ? 216 : undefined}
      aria-label={label}
      placeholder={label}
      title={text === "" ? label : undefined}
      value={text}
      dir="auto"
      spellCheck={false}
      autoComplete="off"
      leftSection={search ? <IconSearch size={14} aria-hidden /> : undefined}
      rightSection={
        text === "" ? null : <CloseButton size={24} iconSize={14} aria-label={clearLabel} onClick={() => setText("")} />
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onChange(text.trim());
        if (event.key === "Escape" && text !== "") {
          event.preventDefault();
          setText("");
        }
      }}
    />
  );
}
