import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";

export interface AuditFilter {
  text?: string;
  action?: string;
  user?: string;
  /** ISO dates. */
  from?: string;
  to?: string;
}

/** Typing is asked with when the hand rests. */
const REST_MS = 250;

export function AuditFilters(props: {
  filter: AuditFilter;
  actions: readonly string[];
  users: readonly string[];
  onFilter: (filter: AuditFilter) => void;
}): ReactNode {
  const { filter, actions, users, onFilter } = props;
  const { audit: labels } = useLabels();
  const [text, setText] = useState("");
  useEffect(() => {
    if (text === (filter.text ?? "")) return undefined;
    const timer = setTimeout(() => onFilter(withValue(filter, "text", text)), REST_MS);
    return () => clearTimeout(timer);
  }, [text, filter, onFilter]);
  const field = (name: keyof AuditFilter) => ({
    value: filter[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      onFilter(withValue(filter, name, event.currentTarget.value)),
  });
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label={labels.search}
        title={labels.searchHelp}
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={labels.action}
        data={[{ value: "", label: labels.anyAction }, ...actions.map((one) => ({ value: one, label: one }))]}
        {...field("action")}
      />
      <NativeSelect
        label={labels.user}
        data={[{ value: "", label: labels.anyUser }, ...users.map((one) => ({ value: one, label: one }))]}
        {...field("user")}
      />
      <TextInput label={labels.from} type="date" {...field("from")} />
      <TextInput label={labels.to} type="date" {...field("to")} />
      {Object.keys(filter).length > 0 && (
        <Button
          variant="subtle"
          onClick={() => {
            setText("");
            onFilter({});
          }}
        >
          {labels.clear}
        </Button>
      )}
    </Group>
  );
}

/** What is empty is not asked for. */
function withValue(filter: AuditFilter, name: keyof AuditFilter, value: string): AuditFilter {
  const { [name]: _before, ...others } = filter;
  return value === "" ? others : { ...others, [name]: value };
}
