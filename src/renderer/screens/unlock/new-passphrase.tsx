import { useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { SecretField } from "../../parts/secret-field.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { judgePassphrase } from "./passphrase-strength.ts";

/** A new passphrase, typed twice, with how hard it is to guess in words. */
export function NewPassphrase(props: {
  label: string;
  againLabel: string;
  autoFocus?: boolean;
  /** The passphrase once both are the same, undefined until then. */
  onChange: (passphrase: string | undefined) => void;
}): ReactNode {
  const { welcome } = useLabels();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const strength = judgePassphrase(passphrase);
  const tell = (first: string, second: string): void => {
    setPassphrase(first);
    setAgain(second);
    props.onChange(first !== "" && first === second ? first : undefined);
  };
  return (
    <>
      <SecretField
        label={props.label}
        value={passphrase}
        {...(props.autoFocus === true ? { autoFocus: true } : {})}
        autoComplete="new-password"
        onChange={(event) => tell(event.currentTarget.value, again)}
      />
      {strength !== "none" && (
        <StateBadge tone={strength === "weak" ? "attention" : "neutral"}>{welcome.strengths[strength]}</StateBadge>
      )}
      <SecretField
        label={props.againLabel}
        value={again}
        autoComplete="new-password"
        // While it is being typed it is not wrong yet.
        error={passphrase.startsWith(again) ? undefined : welcome.different}
        onChange={(event) => tell(passphrase, event.currentTarget.value)}
      />
    </>
  );
}
