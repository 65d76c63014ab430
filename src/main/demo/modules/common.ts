import type { Header } from "../header.ts";
import { ageAt, code, laterTime, type SeriesContext } from "./context.ts";
import { deviceOf } from "./equipment.ts";

/** The study's own times are spread over its series and instances: each series begins four minutes after the one before. */
export function seriesTime(context: SeriesContext): string {
  return laterTime(context.study.time, 120 + (context.seriesNumber - 1) * 240);
}

/** Patient Module C.7.1.1, with the demographic attributes that hospitals add. */
export function patientModule({ patient }: SeriesContext): Header {
  return {
    PatientName: patient.name,
    PatientID: patient.id,
    IssuerOfPatientID: patient.issuer,
    IssuerOfPatientIDQualifiersSequence: [{ UniversalEntityID: "2.25.99", UniversalEntityIDType: "ISO" }],
    PatientBirthDate: patient.birthDate,
    PatientBirthTime: patient.birthTime,
    PatientSex: patient.sex,
    OtherPatientIDsSequence:
      patient.otherIds.length === 0
        ? undefined
        : patient.otherIds.map((other) => ({
            PatientID: other.id,
            IssuerOfPatientID: other.issuer,
            TypeOfPatientID: other.type,
          })),
    PatientBirthName: patient.birthName,
    PatientMotherBirthName: patient.motherBirthName,
    EthnicGroup: patient.ethnicGroup,
    PatientAddress: patient.address,
    PatientTelephoneNumbers: patient.telephone,
    PatientComments: patient.comments,
  };
}

/** Short enough for SH, and the same in every place where the request is named. */
function accessionNumber(context: SeriesContext): string {
  return `A${context.study.date.slice(2)}${String(context.studyNumber).padStart(4, "0")}`;
}

function procedureCode(context: SeriesContext): ReturnType<typeof code> {
  const { series } = context;
  return code(
    `HI-${deviceOf(series).modality}-${series.bodyPart}`,
    "99SDH",
    `${deviceOf(series).modality} ${series.bodyPart.toLowerCase()}`,
  );
}

/** General Study C.7.2.1 and Patient Study C.7.2.2. */
export function studyModule(context: SeriesContext): Header {
  const { patient, study } = context;
  return {
    StudyInstanceUID: context.studyInstanceUid,
    StudyDate: study.date,
    StudyTime: study.time,
    StudyID: `S${String(context.studyNumber).padStart(5, "0")}`,
    StudyDescription: study.description,
    AccessionNumber: accessionNumber(context),
    IssuerOfAccessionNumberSequence: [{ LocalNamespaceEntityID: patient.issuer }],
    ReferringPhysicianName: patient.referring,
    PhysiciansOfRecord: patient.referring,
    NameOfPhysiciansReadingStudy: patient.reading,
    ReferencedStudySequence: [
      {
        ReferencedSOPClassUID: "1.2.840.10008.3.1.2.3.1",
        ReferencedSOPInstanceUID: context.studyInstanceUid,
      },
    ],
    AdmissionID: `ADM${study.date}${String(context.studyNumber).padStart(3, "0")}`,
    AdmittingDiagnosesDescription: study.diagnosis,
    PatientAge: ageAt(patient.birthDate, study.date),
    PatientSize: patient.height,
    PatientWeight: patient.weight,
    Occupation: patient.occupation,
    AdditionalPatientHistory: patient.history,
  };
}

/** General Series C.7.3.1 and the request that led to it. */
export function seriesModule(context: SeriesContext): Header {
  const { patient, series, study } = context;
  const time = seriesTime(context);
  const procedure = procedureCode(context);
  return {
    Modality: deviceOf(series).modality,
    SeriesInstanceUID: context.seriesInstanceUid,
    SeriesNumber: context.seriesNumber,
    SeriesDate: study.date,
    SeriesTime: time,
    SeriesDescription: series.description,
    PerformingPhysicianName: patient.performing,
    OperatorsName: patient.operators,
    ProtocolName: `${series.bodyPart.toLowerCase()} routine`,
    BodyPartExamined: series.kind === "report" ? undefined : series.bodyPart,
    ReferencedPerformedProcedureStepSequence: [
      {
        ReferencedSOPClassUID: "1.2.840.10008.3.1.2.3.3",
        ReferencedSOPInstanceUID: context.uid("performed procedure step"),
      },
    ],
    PerformedProcedureStepID: `PPS${String(context.studyNumber).padStart(4, "0")}${context.seriesNumber}`,
    PerformedProcedureStepStartDate: study.date,
    PerformedProcedureStepStartTime: time,
    PerformedProcedureStepDescription: study.description,
    RequestAttributesSequence: [
      {
        RequestedProcedureID: `RP${accessionNumber(context)}`,
        AccessionNumber: accessionNumber(context),
        StudyInstanceUID: context.studyInstanceUid,
        RequestedProcedureDescription: study.description,
        RequestedProcedureCodeSequence: procedure,
        ReasonForTheRequestedProcedure: patient.history,
        ScheduledProcedureStepID: `SPS${accessionNumber(context)}`,
        ScheduledProcedureStepDescription: series.description,
        ScheduledProtocolCodeSequence: [
          {
            ...procedure[0],
            ProtocolContextSequence: [
              {
                ValueType: "PNAME",
                ConceptNameCodeSequence: code("HI-REQ", "99SDH", "Requested by"),
                PersonName: patient.referring,
              },
            ],
          },
        ],
      },
    ],
  };
}

/** General Equipment C.7.5.1. */
export function equipmentModule(context: SeriesContext): Header {
  const device = deviceOf(context.series);
  const north = context.patient.issuer.endsWith("NORTH");
  return {
    Manufacturer: "Satchel Imaging Works",
    InstitutionName: north ? "Hospital Imaginaria North" : "Hospital Imaginaria South",
    InstitutionAddress: north ? "1 Lighthouse Road, Elsewhere" : "2 Harbour Street, Elsewhere",
    InstitutionalDepartmentName: "Diagnostic Imaging",
    StationName: `${device.station}${north ? "N" : "S"}`,
    ManufacturerModelName: device.model,
    DeviceSerialNumber: `${device.serial}${north ? "1" : "2"}`,
    SoftwareVersions: device.software,
    DateOfLastCalibration: "20230102",
    TimeOfLastCalibration: "060000",
  };
}

/** SOP Common C.12.1 and what all images share of General Image C.7.6.1. `seconds` after the beginning of the series. */
export function instanceModule(context: SeriesContext, sopClassUid: string, number: number, seconds: number): Header {
  const time = laterTime(seriesTime(context), seconds);
  return {
    SpecificCharacterSet: context.patient.characterSet === "" ? undefined : context.patient.characterSet,
    SOPClassUID: sopClassUid,
    SOPInstanceUID: context.uid(`instance ${number}`),
    InstanceCreationDate: context.study.date,
    InstanceCreationTime: laterTime(time, 1),
    TimezoneOffsetFromUTC: "+0000",
    InstanceNumber: number,
    ContentDate: context.study.date,
    ContentTime: time,
  };
}

/** The part of General Image C.7.6.1 that reports lack. */
export function imageModule(context: SeriesContext, seconds: number): Header {
  const time = laterTime(seriesTime(context), seconds);
  return {
    AcquisitionNumber: context.seriesNumber,
    AcquisitionDate: context.study.date,
    AcquisitionTime: time,
    LossyImageCompression: "00",
    // Technicians write names where they should not: a de-identifier has to find this one.
    ImageComments: `${context.patient.name.split("=")[0]?.split("^")[0] ?? ""}: ${context.series.description}`,
  };
}
