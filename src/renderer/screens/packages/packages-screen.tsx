import type { ReactNode } from "react";

export function PackagesScreen(): ReactNode {
  return <h1>Packages</h1>;
}
