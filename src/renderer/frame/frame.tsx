import type { ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { goTo, SCREENS, useRoute, type Screen } from "../route.ts";
import { AuditScreen } from "../screens/audit/audit-screen.tsx";
import { BrowseScreen } from "../screens/browse/browse-screen.tsx";
import { ExportsScreen } from "../screens/exports/exports-screen.tsx";
import { HelpScreen } from "../screens/help/help-screen.tsx";
import { PackagesScreen } from "../screens/packages/packages-screen.tsx";
import { SettingsScreen } from "../screens/settings/settings-screen.tsx";
import { SourcesScreen } from "../screens/sources/sources-screen.tsx";

const PAGES: Record<Screen, () => ReactNode> = {
  browse: BrowseScreen,
  exports: ExportsScreen,
  packages: PackagesScreen,
  sources: SourcesScreen,
  audit: AuditScreen,
  settings: SettingsScreen,
  help: HelpScreen,
};

export function Frame(): ReactNode {
  const labels = useLabels();
  const { screen } = useRoute();
  const Page = PAGES[screen];
  return (
    <>
      <nav>
        {SCREENS.map((one) => (
          <button key={one} type="button" onClick={() => goTo(one)}>
            {labels.frame[one]}
          </button>
        ))}
      </nav>
      <main>
        <Page />
      </main>
    </>
  );
}
