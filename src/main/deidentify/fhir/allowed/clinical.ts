/** What may pass of what happened and what was found. Authors and performers stay as pseudonyms: who wrote is often what a study asks. */
export const CLINICAL: Readonly<Record<string, string>> = {
  // A pre-admission identifier is a number of somebody.
  Encounter:
    "status statusHistory(status period) class classHistory(class period) type serviceType priority subject subjectStatus episodeOfCare basedOn partOf careTeam participant(type period individual actor) appointment period actualPeriod plannedStartDate plannedEndDate length reasonCode reasonReference reason(use value) diagnosis(condition use rank) hospitalization(admitSource reAdmission dietPreference specialCourtesy specialArrangement dischargeDisposition origin destination) admission(admitSource reAdmission dischargeDisposition origin destination) dietPreference specialArrangement specialCourtesy location(location status physicalType form period) serviceProvider",
  EpisodeOfCare:
    "status statusHistory(status period) type reason(use value) diagnosis(condition role use rank) patient managingOrganization period referralRequest careManager careTeam",
  Flag: "status category code subject period encounter author",
  // Its title is somebody's wording.
  List: "status mode code subject encounter date source orderedBy note entry(flag deleted date item) emptyReason",
  Condition:
    "clinicalStatus verificationStatus category severity code bodySite subject encounter onset[x] abatement[x] recordedDate recorder asserter participant(function actor) stage(summary assessment type) evidence(code detail) note",
  Procedure:
    "basedOn partOf status statusReason category code subject focus encounter performed[x] occurrence[x] recorded recorder asserter reported[x] performer(function actor onBehalfOf period) location reasonCode reasonReference reason bodySite outcome report complication complicationDetail followUp note focalDevice(action manipulated) usedReference usedCode used supportingInfo",
  AllergyIntolerance:
    "clinicalStatus verificationStatus type category criticality code patient encounter onset[x] recordedDate recorder asserter participant(function actor) lastOccurrence note reaction(substance manifestation description onset severity exposureRoute note)",
  // The name of the relative goes; birth and death of a relative become ages where they are ages.
  FamilyMemberHistory:
    "status dataAbsentReason patient date participant(function actor) relationship sex age[x] estimatedAge deceased[x] reasonCode reasonReference reason note condition(code outcome contributedToDeath onset[x] note) procedure(code outcome contributedToDeath performed[x] note)",
  ClinicalImpression:
    "status statusReason code subject encounter effective[x] date assessor performer previous problem investigation(code item) summary changePattern finding(itemCodeableConcept itemReference item) prognosisCodeableConcept prognosisReference supportingInfo note",
  DetectedIssue:
    "status category code severity patient subject encounter identified[x] author implicated evidence(code detail) detail mitigation(action date author note)",
  AdverseEvent:
    "actuality status category code event subject encounter date occurrence[x] detected recordedDate resultingCondition resultingEffect location seriousness severity outcome recorder contributor participant(function actor) expectedInResearchStudy suspectEntity(instance instance[x] causality(assessment assessmentMethod entityRelatedness author method)) contributingFactor(item[x]) preventiveAction(item[x]) mitigatingAction(item[x]) supportingInfo(item[x]) subjectMedicalHistory study note",
  RiskAssessment:
    "basedOn parent status method code subject encounter occurrence[x] condition performer reasonCode reasonReference reason basis prediction(outcome probability[x] qualitativeRisk relativeRisk when[x]) mitigation note",
  // A description in words of a place on a body is free text; pictures go.
  BodyStructure:
    "active morphology location locationQualifier patient includedStructure(structure laterality qualifier) excludedStructure(structure laterality qualifier)",
  Immunization:
    "status statusReason vaccineCode administeredProduct patient encounter supportingInformation occurrence[x] recorded primarySource reportOrigin informationSource location site route doseQuantity performer(function actor) note reasonCode reasonReference reason isSubpotent subpotentReason programEligibility(program programStatus) fundingSource reaction(date detail manifestation reported) protocolApplied(authority targetDisease doseNumber[x] seriesDoses[x])",
  ImmunizationEvaluation:
    "status patient date authority targetDisease immunizationEvent doseStatus doseStatusReason doseNumber[x] seriesDoses[x]",
  ImmunizationRecommendation:
    "patient date authority recommendation(vaccineCode targetDisease contraindicatedVaccineCode forecastStatus forecastReason dateCriterion(code value) doseNumber[x] seriesDoses[x] supportingImmunization supportingPatientInformation)",
};
