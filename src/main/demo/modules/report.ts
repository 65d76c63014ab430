import type { Header } from "../header.ts";
import type { ReportSeriesPlan } from "../plan.ts";
import { code, laterTime, type SeriesContext } from "./context.ts";
import { seriesTime } from "./common.ts";

export const BASIC_TEXT_SR_STORAGE = "1.2.840.10008.5.1.4.1.1.88.11";

function textItem(concept: ReturnType<typeof code>, text: string): Header {
  return { RelationshipType: "CONTAINS", ValueType: "TEXT", ConceptNameCodeSequence: concept, TextValue: text };
}

function section(concept: ReturnType<typeof code>, items: readonly Header[]): Header {
  return {
    RelationshipType: "CONTAINS",
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: concept,
    ContinuityOfContent: "SEPARATE",
    ContentSequence: items,
  };
}

/**
 * SR Document General C.17.2 and SR Document Content C.17.3 after TID 2000 Basic Diagnostic Imaging Report: who read it, the
 * findings and the impression, as a person would dictate them, the patient's name included.
 */
export function reportModule(plan: ReportSeriesPlan, context: SeriesContext): Header {
  const { patient, study } = context;
  const time = laterTime(seriesTime(context), 600);
  return {
    // Of General Series, an SR document has only some (PS3.3 C.17.1).
    PerformingPhysicianName: undefined,
    OperatorsName: undefined,
    PerformedProcedureStepID: undefined,
    PerformedProcedureStepStartDate: undefined,
    PerformedProcedureStepStartTime: undefined,
    PerformedProcedureStepDescription: undefined,
    RequestAttributesSequence: undefined,
    CompletionFlag: "COMPLETE",
    VerificationFlag: "VERIFIED",
    VerifyingObserverSequence: [
      {
        VerifyingObserverName: patient.reading,
        VerifyingObserverIdentificationCodeSequence: [],
        VerifyingOrganization: "Hospital Imaginaria",
        VerificationDateTime: `${study.date}${time}`,
      },
    ],
    PerformedProcedureCodeSequence: [],
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: code("18748-4", "LN", "Diagnostic imaging report"),
    ContinuityOfContent: "SEPARATE",
    ContentTemplateSequence: [{ MappingResource: "DCMR", TemplateIdentifier: "2000" }],
    ContentSequence: [
      {
        RelationshipType: "HAS CONCEPT MOD",
        ValueType: "CODE",
        ConceptNameCodeSequence: code("121049", "DCM", "Language of Content Item and Descendants"),
        ConceptCodeSequence: code("en", "RFC5646", "English"),
      },
      {
        RelationshipType: "HAS OBS CONTEXT",
        ValueType: "PNAME",
        ConceptNameCodeSequence: code("121008", "DCM", "Person Observer Name"),
        PersonName: patient.reading,
      },
      {
        RelationshipType: "HAS OBS CONTEXT",
        ValueType: "PNAME",
        ConceptNameCodeSequence: code("121029", "DCM", "Subject Name"),
        PersonName: patient.name,
      },
      section(
        code("121070", "DCM", "Findings"),
        plan.findings.map((finding) => textItem(code("121071", "DCM", "Finding"), finding)),
      ),
      section(code("121076", "DCM", "Conclusions"), [
        textItem(
          code("121077", "DCM", "Conclusion"),
          `${plan.impression} (${patient.name.split("=")[0]?.replaceAll("^", " ").trim() ?? ""})`,
        ),
      ]),
    ],
  };
}
