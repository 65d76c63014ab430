const MEDICATION = "medication medication[x]";
const REASON = "reasonCode reasonReference reason";

/** What may pass of medication, orders, plans and tasks. Group and requisition numbers go, and so do the words of titles. */
export const TREATMENT: Readonly<Record<string, string>> = {
  Medication: "code status form doseForm amount totalVolume ingredient(item item[x] isActive strength strength[x])",
  MedicationRequest: `status statusReason statusChanged intent category priority doNotPerform reported reported[x] informationSource ${MEDICATION} subject encounter supportingInformation authoredOn requester performer performerType device recorder ${REASON} basedOn courseOfTherapyType note effectiveDosePeriod dosageInstruction dispenseRequest(initialFill(quantity duration) dispenseInterval validityPeriod numberOfRepeatsAllowed quantity expectedSupplyDuration) substitution(allowed[x] reason) priorPrescription detectedIssue`,
  MedicationStatement: `basedOn partOf status statusReason category ${MEDICATION} subject context encounter effective[x] dateAsserted informationSource derivedFrom ${REASON} note dosage adherence(code reason)`,
  MedicationAdministration: `partOf basedOn status statusReason category ${MEDICATION} subject context encounter supportingInformation effective[x] occurence[x] recorded isSubPotent subPotentReason performer(function actor) ${REASON} request device note dosage(text site route method dose rate[x])`,
  MedicationDispense: `partOf basedOn status statusReason[x] notPerformedReason statusChanged category ${MEDICATION} subject context encounter supportingInformation performer(function actor) location authorizingPrescription type quantity daysSupply recorded whenPrepared whenHandedOver note dosageInstruction substitution(wasSubstituted type reason) detectedIssue`,
  ServiceRequest: `basedOn replaces status intent category priority doNotPerform code subject focus encounter quantity[x] occurrence[x] asNeeded[x] authoredOn requester performerType performer locationCode ${REASON} supportingInfo specimen bodySite note relevantHistory`,
  DeviceRequest: `basedOn priorRequest replaces status intent priority doNotPerform code code[x] quantity parameter(code value[x]) subject encounter occurrence[x] authoredOn requester performerType performer ${REASON} asNeeded note`,
  DeviceUseStatement: `basedOn status subject derivedFrom timing[x] recordedOn source device reasonCode reasonReference bodySite note`,
  DeviceUsage: `basedOn status category patient derivedFrom context timing[x] dateAsserted usageStatus usageReason adherence(code reason) device reason bodySite note`,
  NutritionOrder:
    "status intent priority patient subject encounter dateTime orderer allergyIntolerance foodPreferenceModifier excludeFoodModifier outsideFoodAllowed oralDiet(type schedule nutrient(modifier amount) texture(modifier foodType) fluidConsistencyType) supplement(type quantity) enteralFormula(baseFormulaType additiveType caloricDensity maxVolumeToDeliver) note",
  NutritionIntake: `basedOn partOf status statusReason code subject encounter occurrence[x] recorded consumedItem(type nutritionProduct amount rate notConsumed notConsumedReason) ingredientLabel(nutrient amount) reason note`,
  CarePlan:
    "basedOn replaces partOf status intent category subject encounter period created author contributor custodian careTeam addresses supportingInfo goal activity(outcomeCodeableConcept outcomeReference progress performedActivity reference plannedActivityReference detail(kind code reasonCode reasonReference goal status statusReason doNotPerform scheduled[x] performer product[x] dailyAmount quantity)) note",
  // The description of a goal is a CodeableConcept: codes pass, words are free text.
  Goal: "lifecycleStatus achievementStatus category continuous priority description subject start[x] target(measure detail[x] due[x]) statusDate expressedBy source addresses note outcome outcomeCode outcomeReference",
  Task: `basedOn partOf status statusReason businessStatus intent priority doNotPerform code description focus for encounter requestedPeriod executionPeriod authoredOn lastModified requester performerType requestedPerformer owner performer(function actor) location ${REASON} note relevantHistory restriction(repetitions period) input(type value[x]) output(type value[x])`,
  Appointment: `status cancelationReason cancellationReason serviceCategory serviceType specialty appointmentType class ${REASON} priority replaces supportingInformation start end minutesDuration slot account created cancellationDate note basedOn subject participant(type actor required status period) requestedPeriod`,
  AppointmentResponse: "appointment proposedNewTime start end participantType actor participantStatus",
  // The payload is a letter.
  Communication: `basedOn partOf inResponseTo status statusReason category priority medium subject topic about encounter sent received recipient sender ${REASON} note`,
  CommunicationRequest: `basedOn replaces status statusReason intent category priority doNotPerform medium subject about encounter occurrence[x] authoredOn requester informationProvider recipient sender ${REASON} note`,
  RequestGroup:
    "basedOn replaces status intent priority code subject encounter authoredOn author reasonCode reasonReference note",
  SupplyDelivery: "basedOn partOf status patient type suppliedItem(quantity item[x]) occurrence[x] supplier",
  SupplyRequest: `status category priority item item[x] quantity parameter(code value[x]) occurrence[x] authoredOn requester deliverFor ${REASON}`,
  VisionPrescription:
    "status created patient encounter dateWritten prescriber lensSpecification(product eye sphere cylinder axis prism(amount base) add power backCurve diameter duration note)",
};
