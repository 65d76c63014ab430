import { SegmentedControl, Text } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { settings as settingsSchema, LANGUAGES, type Settings } from "../../../contract/calls/settings.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { usePreferences } from "../../preferences.ts";
import { Section } from "./section.tsx";

const { theme, density } = settingsSchema.shape;

/** Language, theme and density; each applies at once. */
export function Appearance(): ReactNode {
  const { settings: labels } = useLabels();
  const preferences = usePreferences();
  const set = useCall("settings.set");
  return (
    <Section title={labels.appearance}>
      <Choice
        label={labels.language}
        help={labels.languageHelp}
        value={preferences.language}
        values={["system", ...LANGUAGES]}
        words={labels.languages}
        onChange={(language) => set.mutate({ language })}
      />
      <Choice
        label={labels.theme}
        value={preferences.theme}
        values={theme.unwrap().options}
        words={labels.themes}
        onChange={(one) => set.mutate({ theme: one })}
      />
      <Choice
        label={labels.density}
        value={preferences.density}
        values={density.unwrap().options}
        words={labels.densities}
        onChange={(one) => set.mutate({ density: one })}
      />
      {set.error !== null && <ErrorNotice error={set.error} onDismiss={() => set.reset()} />}
    </Section>
  );
}

function Choice<V extends Settings["language"] | Settings["theme"] | Settings["density"]>(props: {
  label: string;
  help?: string;
  value: V;
  values: readonly V[];
  words: Record<V, string>;
  onChange: (value: V) => void;
}): ReactNode {
  const label = useId();
  return (
    <div>
      <Text size="sm" fw={600} id={label}>
        {props.label}
      </Text>
      <SegmentedControl
        aria-labelledby={label}
        value={props.value}
        data={props.values.map((value) => ({ value, label: props.words[value] }))}
        onChange={(value) => props.onChange(value)}
      />
      {props.help !== undefined && (
        <Text size="xs" c="dimmed">
          {props.help}
        </Text>
      )}
    </div>
  );
}
