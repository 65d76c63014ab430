import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PatientRow } from "../../contract/calls/find.ts";

/** A Patient ID, with its issuer where another patient bears the same one: the two must not be mistaken for each other. */
export function PatientId({ of }: { of: Pick<PatientRow, "patientId" | "issuer" | "sharesId"> }): ReactNode {
  const { patientId, issuer, sharesId } = of;
  if (!sharesId || issuer === "") return <bdi>{patientId}</bdi>;
  return (
    <>
      <bdi>{patientId}</bdi>{" "}
      <Text span inherit c="dimmed">
        <bdi>{issuer}</bdi>
      </Text>
    </>
  );
}
