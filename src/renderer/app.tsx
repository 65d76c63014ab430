import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import { useEffect, type ReactNode } from "react";
import { useConnection } from "./client/client.tsx";
import { useAnswer } from "./client/query.ts";
import { Frame } from "./frame/frame.tsx";
import { NoConnection } from "./frame/no-connection.tsx";
import { LabelsProvider } from "./labels/labels.tsx";
import { keepLook, recallLook, type Look } from "./look.ts";
import { showPicturesAs } from "./parts/picture-store.ts";
import { SignInScreen } from "./screens/sign-in/sign-in-screen.tsx";
import { useIdleLock } from "./screens/sign-in/use-idle-lock.ts";
import { UnlockScreen } from "./screens/unlock/unlock-screen.tsx";
import { cssVariables, theme } from "./theme.ts";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";

export function App(): ReactNode {
  const connection = useConnection();
  const connected = "client" in connection && connection.client !== undefined;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {connected ? (
        <Gate />
      ) : (
        <Dressed look={recallLook()}>
          <NoConnection refused={connection.state === "refused"} />
        </Dressed>
      )}
    </MantineProvider>
  );
}

/** Nothing is shown of a workspace before it is open. */
function Gate(): ReactNode {
  const workspace = useAnswer("workspace.state", {}, { keepPrevious: true });
  const open = workspace.data?.state === "open";
  const settings = useAnswer("settings.get", {}, { enabled: open });
  useEffect(() => {
    if (settings.data !== undefined) keepLook(settings.data);
  }, [settings.data]);
  const inside = workspace.data === undefined ? null : open ? <Inside /> : <UnlockScreen workspace={workspace.data} />;
  return <Dressed look={settings.data ?? recallLook()}>{inside}</Dressed>;
}

/** Where the workspace has accounts, nothing is shown before somebody has signed in. */
function Inside(): ReactNode {
  const standing = useAnswer("users.me", {}, { keepPrevious: true }).data;
  useIdleLock(standing?.account == null ? null : standing.lockAfterMinutes);
  if (standing === undefined) return null;
  // Not in an effect: those of the screens within, which ask for pictures, run before it.
  showPicturesAs(standing.pictures);
  return standing.accounts && standing.account === null ? <SignInScreen /> : <Frame />;
}

/** Puts language, theme and density on everything inside. */
function Dressed({ look, children }: { look: Look; children: ReactNode }): ReactNode {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(look.theme === "system" ? "auto" : look.theme), [look.theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset["density"] = look.density;
  }, [look.density]);
  return <LabelsProvider language={look.language}>{children}</LabelsProvider>;
}
