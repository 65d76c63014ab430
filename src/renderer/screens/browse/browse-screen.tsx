import type { ReactNode } from "react";

export function BrowseScreen(): ReactNode {
  return <h1>Browse</h1>;
}
