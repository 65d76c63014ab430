import type { IncomingMessage } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import { describeStatus } from "../http/describe-status.ts";
import { readBody } from "../http/read-body.ts";
import { FHIR_WORDS } from "./fhir-words.ts";
import { codesInWords, readOutcome, type Outcome } from "./operation-outcome.ts";

const LARGEST_OUTCOME = 256 * 1024;

/** An answer that is none, with what its OperationOutcome says of it. */
export class FhirRefusal extends SatchelError {
  readonly status: number;
  readonly outcome: Outcome | undefined;

  constructor(described: SatchelError, status: number, outcome: Outcome | undefined) {
    super(described.code, `${described.message}${codesInWords(outcome)}`, described.next);
    this.status = status;
    this.outcome = outcome;
  }
}

/** Reads the body of an answer that is none. Of its OperationOutcome only FHIR's own codes are told. */
export async function describeAnswer(response: IncomingMessage, base: URL): Promise<FhirRefusal> {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  const sink = { begin: () => undefined, chunk: (chunk: Buffer) => void chunks.push(chunk) };
  // What went wrong stays what went wrong where the explanation is cut or too long.
  await readBody(response, LARGEST_OUTCOME, () => new Error("too long"), sink).catch(() => undefined);
  const outcome = readOutcome(Buffer.concat(chunks));
  return new FhirRefusal(describe(status, response, base), status, outcome);
}

function describe(status: number, { headers }: IncomingMessage, base: URL): SatchelError {
  if (status === 401)
    return new SatchelError(
      "SOURCE_REFUSED",
      "The FHIR server does not accept who asks (401).",
      "Check how the source signs in, with the server's administrator.",
    );
  if (status === 404 || status === 410)
    return new SatchelError(
      "SOURCE_ANSWER",
      `What was asked for is not there, or not any more (${status}).`,
      `Check that the address of the source is that of ${FHIR_WORDS.api}.`,
    );
  return describeStatus({ status, headers }, base, FHIR_WORDS);
}
