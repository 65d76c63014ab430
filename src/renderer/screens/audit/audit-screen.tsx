import { Button, Text } from "@mantine/core";
import { IconFileTypeCsv, IconLink, IconShieldCheck } from "@tabler/icons-react";
import { useMemo, useState, type ReactNode } from "react";
import type { AuditRow } from "../../../contract/calls/audit.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { useTableLayout } from "../../parts/virtual-table/use-table-layout.ts";
import { useWindows } from "../../parts/virtual-table/use-windows.ts";
import { VirtualTable } from "../../parts/virtual-table/virtual-table.tsx";
import { AuditFilters, type AuditFilter } from "./audit-filters.tsx";
import { AuditRecord } from "./audit-record.tsx";
import { ChainVerdict, useChain } from "./chain-verdict.tsx";
import { ExportCsv } from "./export-csv.tsx";
import { useAuditColumns } from "./use-audit-columns.tsx";
import classes from "./audit.module.css";

/** What was done with records, whether the chain of what was written down is whole, and a copy of it for others. */
export function AuditScreen(): ReactNode {
  const { audit: labels } = useLabels();
  const format = useFormat();
  const [filter, setFilter] = useState<AuditFilter>({});
  const [open, setOpen] = useState<AuditRow | "export">();
  const columns = useAuditColumns();
  const table = useTableLayout("audit");
  const windows = useWindows<AuditRow>(["audit.list", filter], (client, part, signal) =>
    client["audit.list"]({ ...filter, ...part }, signal),
  );
  const choices = useAnswer("audit.list", { limit: 1 }).data;
  const chain = useChain();
  const question = useMemo(() => JSON.stringify(filter), [filter]);
  const total = windows.total ?? 0;
  const filtered = Object.keys(filter).length > 0;
  const aside =
    open === undefined ? undefined : open === "export" ? <ExportCsv filter={filter} /> : <AuditRecord record={open} />;
  return (
    <Page
      title={labels.title}
      scroll="own"
      chips={
        <Text c="dimmed" role="status">
          {labels.records(total, format.count(total))}
        </Text>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconLink size={16} />}
            loading={chain.verify.isPending}
            onClick={() => chain.verify.mutate({})}
          >
            {labels.verify}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileTypeCsv size={16} />}
            disabled={total === 0}
            onClick={() => setOpen("export")}
          >
            {labels.exportCsv}
          </Button>
        </>
      }
      aside={aside}
      asideLabel={
        open === undefined || open === "export" ? labels.exportTitle : labels.details(format.count(open.sequence))
      }
      onAsideClose={() => setOpen(undefined)}
    >
      <div className={classes.top}>
        <AuditFilters
          filter={filter}
          actions={choices?.actions ?? []}
          users={choices?.users ?? []}
          onFilter={setFilter}
        />
        <ChainVerdict chain={chain} />
        {windows.error !== undefined && <ErrorNotice error={windows.error} />}
      </div>
      {total === 0 && windows.total !== undefined ? (
        <EmptyState
          icon={<IconShieldCheck size={40} stroke={1.5} />}
          title={filtered ? labels.nothingFits : labels.noneTitle}
          {...(filtered ? {} : { text: labels.noneText })}
        >
          {filtered && <Button onClick={() => setFilter({})}>{labels.clear}</Button>}
        </EmptyState>
      ) : (
        <div className={classes.table}>
          <VirtualTable
            label={labels.table}
            columns={columns}
            total={total}
            rowAt={windows.rowAt}
            onShow={windows.show}
            rowHeight={table.rowHeight}
            layout={table.layout}
            onLayout={table.setLayout}
            onOpen={setOpen}
            isOpen={(row) => open !== undefined && open !== "export" && row.sequence === open.sequence}
            listKey={question}
          />
        </div>
      )}
    </Page>
  );
}
