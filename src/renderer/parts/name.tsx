import type { ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { showPersonName } from "./person-name.ts";

/** A person's name in its own direction and script, kept apart from the text around it. */
export function Name({ value }: { value: string }): ReactNode {
  const labels = useLabels();
  const shown = showPersonName(value);
  return <bdi dir="auto">{shown === "" ? labels.parts.unnamed : shown}</bdi>;
}
