import type { ReactNode } from "react";

export function AuditScreen(): ReactNode {
  return <h1>Audit</h1>;
}
