import { Button, Text, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Facts } from "../../parts/facts.tsx";
import classes from "./help.module.css";

/** Versions and licences. */
export function About(): ReactNode {
  const { about } = useLabels().help;
  const shell = useAnswer("shell.describe", {});
  const [open, setOpen] = useState(false);
  return (
    <>
      {shell.error !== null && <ErrorNotice error={shell.error} />}
      {shell.data !== undefined && (
        <Facts
          items={[
            [about.version, shell.data.version],
            [about.shell, about.shells[shell.data.shell]],
            [about.platform, shell.data.platform],
            [about.user, shell.data.user],
            [about.workspace, shell.data.workspace],
            [about.software, shell.data.software.map(({ name, version }) => `${name} ${version}`).join(", ")],
          ]}
        />
      )}
      <Text size="sm">{about.licence}</Text>
      <div>
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? about.hideLicences : about.showLicences}
        </Button>
      </div>
      {open && <Licences />}
    </>
  );
}

function Licences(): ReactNode {
  const { about } = useLabels().help;
  const licences = useAnswer("shell.licences", {});
  if (licences.error !== null) return <ErrorNotice error={licences.error} />;
  return (
    <>
      <Title order={3}>{about.licences}</Title>
      {licences.data?.length === 0 && <Text size="sm">{about.noLicences}</Text>}
      {licences.data?.map(({ name, version, licence, text }) => (
        <details key={`${name} ${version}`}>
          <summary>
            {name} {version} ({licence})
          </summary>
          <pre className={classes.licence}>{text}</pre>
        </details>
      ))}
    </>
  );
}
