import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { useConnection } from "./client/client.tsx";
import { Frame } from "./frame/frame.tsx";
import { LabelsProvider } from "./labels/labels.tsx";
import { theme } from "./theme.ts";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";

export function App(): ReactNode {
  const connection = useConnection();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <LabelsProvider language="system">{connection.state === "open" ? <Frame /> : null}</LabelsProvider>
    </MantineProvider>
  );
}
