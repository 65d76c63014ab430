/**
 * Types that describe the server, its forms and terminologies, or who used it, and not patients and their care. They are read where they are
 * asked for by name.
 */
const NOT_CARE: ReadonlySet<string> = new Set([
  "ActivityDefinition",
  "ActorDefinition",
  "AuditEvent",
  "Basic",
  "Binary",
  "Bundle",
  "CapabilityStatement",
  "ChargeItemDefinition",
  "Citation",
  "CodeSystem",
  "CompartmentDefinition",
  "Composition",
  "ConceptMap",
  "ConditionDefinition",
  "EventDefinition",
  "Evidence",
  "EvidenceReport",
  "EvidenceVariable",
  "ExampleScenario",
  "GraphDefinition",
  "ImplementationGuide",
  "Library",
  "Linkage",
  "List",
  "Measure",
  "MessageDefinition",
  "MessageHeader",
  "NamingSystem",
  "ObservationDefinition",
  "OperationDefinition",
  "OperationOutcome",
  "Parameters",
  "Permission",
  "PlanDefinition",
  "Provenance",
  "Requirements",
  "ResearchElementDefinition",
  "SearchParameter",
  "SpecimenDefinition",
  "StructureDefinition",
  "StructureMap",
  "Subscription",
  "SubscriptionStatus",
  "SubscriptionTopic",
  "SubstanceDefinition",
  "TerminologyCapabilities",
  "TestPlan",
  "TestReport",
  "TestScript",
  "Transport",
  "ValueSet",
  "VerificationResult",
  "ViewDefinition",
]);

/** Asked for where a server does not say what it has. */
const COMMON: readonly string[] = [
  "Patient",
  "Practitioner",
  "PractitionerRole",
  "Organization",
  "Location",
  "RelatedPerson",
  "Group",
  "Consent",
  "Encounter",
  "Condition",
  "Observation",
  "DiagnosticReport",
  "Questionnaire",
  "QuestionnaireResponse",
  "Procedure",
  "AllergyIntolerance",
  "Immunization",
  "MedicationRequest",
  "MedicationStatement",
  "MedicationAdministration",
  "Medication",
  "ServiceRequest",
  "Specimen",
  "Device",
  "CarePlan",
  "CareTeam",
  "Goal",
  "Task",
  "DocumentReference",
  "ImagingStudy",
  "Media",
  "MeasureReport",
];

/**
 * What a sync reads where the source does not name types.
 *
 * @param offered by the server's CapabilityStatement; empty where it does not say
 */
export function typesToRead(offered: Iterable<string>): string[] {
  const types = [...offered].filter((type) => !NOT_CARE.has(type));
  if (types.length === 0) return [...COMMON];
  // Patients first: what is about them then meets them.
  const rank = (type: string): number => (COMMON.includes(type) ? COMMON.indexOf(type) : COMMON.length);
  return types.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
