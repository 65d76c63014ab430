import type { ReactNode } from "react";

export function ExportsScreen(): ReactNode {
  return <h1>Exports</h1>;
}
