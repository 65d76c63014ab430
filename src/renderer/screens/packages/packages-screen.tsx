import type { ReactNode } from "react";
import { useRoute } from "../../route.ts";
import { PackagesList } from "./packages-list.tsx";
import { ReceiptPage } from "./receipt/receipt-page.tsx";

/** `#/packages` is the list; with a path behind it, the receipt of the package that lies there. */
export function PackagesScreen(): ReactNode {
  const { detail } = useRoute();
  return detail === "" ? <PackagesList /> : <ReceiptPage key={detail} path={detail} />;
}
