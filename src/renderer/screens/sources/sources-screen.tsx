import type { ReactNode } from "react";

export function SourcesScreen(): ReactNode {
  return <h1>Sources</h1>;
}
