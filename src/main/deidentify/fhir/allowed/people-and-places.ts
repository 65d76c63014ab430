/**
 * What may pass of people, groups and places. Names, identifiers, telecom, photos and contacts stand nowhere here, so they go. Of a
 * practitioner or an organisation the kind stays (role, specialty, type); positions, opening hours and descriptions would name the place.
 */
export const PEOPLE_AND_PLACES: Readonly<Record<string, string>> = {
  // birthDate, address and telecom are rewritten; multiple births are rare enough to tell somebody.
  Patient:
    "active gender birthDate deceased[x] address telecom maritalStatus communication(preferred language) generalPractitioner managingOrganization link(other type)",
  RelatedPerson: "active patient relationship gender period",
  Practitioner: "active gender qualification(code)",
  PractitionerRole: "active practitioner organization code specialty location healthcareService",
  Organization: "active type address partOf",
  Location: "status operationalStatus mode type address physicalType form managingOrganization partOf",
  HealthcareService: "active providedBy category type specialty location",
  // A characteristic may be a place or a name in words: only coded ones and amounts pass, by their datatypes.
  Group:
    "active type actual membership code quantity managingEntity characteristic(code value[x] exclude period) member(entity period inactive)",
  CareTeam:
    "status category subject encounter period participant(role member onBehalfOf period) reasonCode reasonReference reason managingOrganization note",
  // Numbers of the apparatus (UDI, serial, lot) name a person who wears it; its names are words of a maker or of an owner.
  Device:
    "definition status statusReason availabilityStatus type category version(type) property(type valueQuantity valueCode value[x]) patient owner location parent safety note",
  ResearchStudy:
    "status primaryPurposeType phase studyDesign category focus condition keyword enrollment period sponsor principalInvestigator site reasonStopped arm(type) whyStopped",
  ResearchSubject:
    "status period study individual subject consent progress(type subjectState milestone reason startDate endDate)",
};
