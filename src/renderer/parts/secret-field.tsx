import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";

/**
 * A field that does not show what is typed into it. Mantine's own leaves its description and error unspoken, names its button in English
 * alone and keeps it from the keyboard.
 */
export function SecretField({ error, description, ...props }: PasswordInputProps): ReactNode {
  const { parts } = useLabels();
  const id = useId();
  const spoken = [
    description !== undefined && `${id}-description`,
    error !== undefined && typeof error !== "boolean" && `${id}-error`,
  ].filter((one) => one !== false);
  return (
    <PasswordInput
      {...props}
      id={id}
      error={error}
      description={description}
      {...(error === undefined || error === false ? {} : { "aria-invalid": true })}
      {...(spoken.length === 0 ? {} : { "aria-describedby": spoken.join(" ") })}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ "aria-label": parts.showTyped }}
    />
  );
}
