/** What may pass of observations, reports, images and documents: what was measured, never the document itself. */
export const DIAGNOSTICS: Readonly<Record<string, string>> = {
  Observation:
    "basedOn partOf status category code subject focus encounter effective[x] issued performer value[x] dataAbsentReason interpretation note bodySite bodyStructure method specimen device referenceRange(low high type appliesTo age normalValue text) hasMember derivedFrom triggeredBy(observation type) component(code value[x] dataAbsentReason interpretation referenceRange(low high type appliesTo age normalValue text))",
  DiagnosticReport:
    "basedOn status category code subject encounter effective[x] issued performer resultsInterpreter specimen result imagingStudy study supportingInfo(type reference) media(link) conclusion conclusionCode note",
  // Accession and container numbers go.
  Specimen:
    "status type subject receivedTime parent request combined role collection(collector collected[x] duration quantity method bodySite fastingStatus[x]) processing(procedure method additive time[x]) container(type capacity specimenQuantity additive[x]) condition note",
  // UIDs become those that an export of the images themselves has.
  ImagingStudy:
    "status modality subject encounter started basedOn partOf referrer interpreter numberOfSeries numberOfInstances procedureReference procedureCode procedure location reasonCode reasonReference reason note description series(uid number modality numberOfInstances bodySite laterality specimen started performer(function actor) instance(uid sopClass number))",
  Media:
    "basedOn partOf status type modality view subject encounter created[x] issued operator reasonCode bodySite device height width frames duration content note",
  // Of `content` the kind of file alone stays, so that a receiver knows what there was.
  DocumentReference:
    "status docStatus type category subject date author authenticator custodian relatesTo(code target) securityLabel basedOn modality event bodySite facilityType practiceSetting period content(attachment format) context(encounter event period facilityType practiceSetting related)",
  // The text of a section is Narrative, its title somebody's wording.
  Composition:
    "status type category subject encounter date author confidentiality attester(mode time party) custodian relatesTo(code target[x]) event(code period detail) section(code author focus mode orderedBy entry emptyReason section)",
  // Answers are judged by their questions (questionnaire.ts); author and source may be the patient's own account.
  QuestionnaireResponse: "basedOn partOf questionnaire status subject encounter authored item",
  // What was asked, in codes: the wording of questions is free text.
  Questionnaire:
    "url status experimental subjectType date code item(linkId code type enableWhen(question operator answer[x]) enableBehavior required repeats readOnly maxLength answerOption(value[x] initialSelected) item)",
};
