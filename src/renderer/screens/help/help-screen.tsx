import type { ReactNode } from "react";

export function HelpScreen(): ReactNode {
  return <h1>Help</h1>;
}
