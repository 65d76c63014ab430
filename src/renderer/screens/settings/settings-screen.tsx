import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { Page } from "../../parts/page.tsx";
import { Appearance } from "./appearance.tsx";
import { Limits } from "./limits.tsx";
import { ProjectKeys } from "./project-keys.tsx";
import { WorkspaceSettings } from "./workspace-settings.tsx";
import classes from "./settings.module.css";

export function SettingsScreen(): ReactNode {
  const { settings } = useLabels();
  return (
    <Page title={settings.title}>
      <div className={classes.settings}>
        <Appearance />
        <ProjectKeys />
        <WorkspaceSettings />
        <Limits />
      </div>
    </Page>
  );
}
