import { Kbd, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";

export function KeyboardHelp(): ReactNode {
  const { keys } = useLabels().help;
  return (
    <Table aria-label={keys.title} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{keys.key}</Table.Th>
          <Table.Th>{keys.does}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.rows.map(([key, does]) => (
          <Table.Tr key={key}>
            <Table.Td>
              <Kbd>{key}</Kbd>
            </Table.Td>
            <Table.Td>{does}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
