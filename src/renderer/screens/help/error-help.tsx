import { Text, TextInput, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { ERROR_CODES, type ErrorCode } from "../../../contract/errors.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useRoute } from "../../route.ts";
import classes from "./help.module.css";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

/** What each code means and what to do. `#/help/DISK_FULL` begins with that one. */
export function ErrorHelp(): ReactNode {
  const { errors, help } = useLabels();
  const { detail } = useRoute();
  const [wanted, setWanted] = useState(detail);
  const words = wanted.toLowerCase().split(/\s+/);
  const found = CODES.filter((code) => {
    const { title, meaning, toDo } = errors.codes[code];
    const text = [code, title, meaning, toDo].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <TextInput
        className={classes.find}
        label={help.errors.find}
        type="search"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 && <Text role="status">{help.errors.none}</Text>}
      {found.map((code) => (
        <article key={code} className={classes.entry}>
          <Title order={3}>
            {errors.codes[code].title} <span className={classes.code}>{code}</span>
          </Title>
          <Text size="sm">{errors.codes[code].meaning}</Text>
          <Text size="sm">{errors.codes[code].toDo}</Text>
        </article>
      ))}
    </>
  );
}
