const ITEM_CODES =
  "revenue category productOrService productOrServiceEnd modifier programCode quantity unitPrice factor net";
const ADJUDICATION = "adjudication(category reason amount value quantity)";
const CARE =
  "careTeam(sequence provider responsible role qualification specialty) supportingInfo(sequence category code timing[x] value[x] reason) diagnosis(sequence diagnosis[x] type onAdmission packageCode) procedure(sequence type date procedure[x])";
const ITEM_LINKS = "sequence careTeamSequence diagnosisSequence procedureSequence informationSequence";

/**
 * What may pass of consent, coverage and accounting. Numbers of members, policies, preauthorisations and groups are nowhere here; neither
 * is the place of an accident. Basic has no meaning that a table could know: its code, its subject and its day pass.
 */
export const ADMINISTRATION: Readonly<Record<string, string>> = {
  // What may be done with the data, so that a receiver can follow it. The document it was signed on goes.
  Consent:
    "status scope decision category patient subject dateTime date period policyRule regulatoryBasis verification(verified verificationDate) provision(type period action securityLabel purpose class documentType resourceType code dataPeriod actor(role reference) data(meaning reference) provision)",
  Coverage: "status kind type policyHolder subscriber beneficiary relationship period payor insurer order subrogation",
  Claim: `status type subType use patient billablePeriod created insurer provider priority ${CARE} prescription facility encounter insurance(sequence focal coverage) item(${ITEM_LINKS} ${ITEM_CODES} serviced[x] bodySite subSite encounter detail(sequence ${ITEM_CODES})) total`,
  ExplanationOfBenefit: `status type subType use patient billablePeriod created insurer provider priority claim prescription facility encounter outcome decision ${CARE} insurance(focal coverage) item(${ITEM_LINKS} ${ITEM_CODES} serviced[x] bodySite subSite encounter ${ADJUDICATION} detail(sequence ${ITEM_CODES} ${ADJUDICATION})) ${ADJUDICATION} total(category amount) payment(type adjustment adjustmentReason date amount) benefitPeriod`,
  Basic: "code subject created author",
  Schedule: "active serviceCategory serviceType specialty actor planningHorizon",
  Slot: "serviceCategory serviceType specialty appointmentType schedule status start end overbooked",
  // Counts of many people. Lists of who was counted, and strata in words, go.
  MeasureReport:
    "status type subject date reporter period improvementNotation dataUpdateType scoring group(code population(code count) measureScore measureScore[x] stratifier(code stratum(value value[x] population(code count) measureScore measureScore[x])))",
  Provenance:
    "target occurred[x] recorded reason activity patient encounter agent(type role who onBehalfOf) entity(role what)",
  Substance: "status instance category code expiry quantity ingredient(quantity substance[x])",
};
