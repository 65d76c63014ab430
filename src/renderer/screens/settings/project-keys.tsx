import { Button, Group, Table, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { ImportKey } from "./import-key.tsx";
import { NewKey } from "./new-key.tsx";
import { Section } from "./section.tsx";
import { SealedFile } from "./sealed-file.tsx";

type Doing = { what: "new" | "import" } | { what: "export" | "crosswalk"; name: string };

/** The secrets behind the pseudonyms: made, taken along to another computer, and the list of who is who. */
export function ProjectKeys(): ReactNode {
  const { settings: labels } = useLabels();
  const format = useFormat();
  const keys = useAnswer("keys.list", {});
  const [doing, setDoing] = useState<Doing>();
  const [done, setDone] = useState("");
  const begin = (next: Doing): void => {
    setDone("");
    setDoing(next);
  };
  const end = (words = ""): void => {
    setDone(words);
    setDoing(undefined);
  };
  return (
    <Section title={labels.keys} help={labels.keysHelp}>
      {keys.error !== null && <ErrorNotice error={keys.error} />}
      {keys.data?.length === 0 && <Text>{labels.noKeys}</Text>}
      {keys.data !== undefined && keys.data.length > 0 && (
        <Table.ScrollContainer minWidth={480} type="native">
          <Table aria-label={labels.keyTable} verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{labels.keyName}</Table.Th>
                <Table.Th>{labels.keyFingerprint}</Table.Th>
                <Table.Th>{labels.keyCreated}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.data.map(({ name, fingerprint, createdAt }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={500}>
                    <bdi>{name}</bdi>
                  </Table.Th>
                  <Table.Td ff="monospace">{fingerprint}</Table.Td>
                  <Table.Td>{format.date(createdAt)}</Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end">
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={labels.exportKeyOf(name)}
                        onClick={() => begin({ what: "export", name })}
                      >
                        {labels.exportKey}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={labels.crosswalkOf(name)}
                        onClick={() => begin({ what: "crosswalk", name })}
                      >
                        {labels.crosswalk}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {done !== "" && <Text role="status">{done}</Text>}
      {doing?.what === "new" && <NewKey onDone={end} />}
      {doing?.what === "import" && <ImportKey onDone={end} />}
      {doing !== undefined && "name" in doing && (
        <SealedFile key={`${doing.what} ${doing.name}`} what={doing.what} name={doing.name} onDone={end} />
      )}
      {doing === undefined && (
        <Group gap="xs">
          <Button variant="default" onClick={() => begin({ what: "new" })}>
            {labels.newKey}
          </Button>
          <Button variant="default" onClick={() => begin({ what: "import" })}>
            {labels.importKey}
          </Button>
        </Group>
      )}
    </Section>
  );
}
