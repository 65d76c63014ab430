import type { SeriesPlan } from "../plan.ts";

export interface Device {
  modality: string;
  model: string;
  station: string;
  serial: string;
  software: string | readonly string[];
}

const DEVICES = {
  ct: {
    modality: "CT",
    model: "Tomograph 64",
    station: "CTROOM1",
    serial: "SIW-CT-6410",
    software: ["VA44A", "recon 2.1"],
  },
  mr: { modality: "MR", model: "Resonator 1.5", station: "MRROOM1", serial: "SIW-MR-1520", software: "syn 5.4" },
  us: { modality: "US", model: "Echolot E9", station: "USCART3", serial: "SIW-US-0930", software: "R4.2" },
  CR: { modality: "CR", model: "Plate Reader 40", station: "CRREAD2", serial: "SIW-CR-4040", software: "CR 3.3" },
  DX: { modality: "DX", model: "Flat Panel 43", station: "DXROOM5", serial: "SIW-DX-4350", software: "DX 7.0" },
  report: { modality: "SR", model: "Report Desk", station: "RPTDESK", serial: "SIW-SR-0010", software: "9.1" },
  capture: {
    modality: "OT",
    model: "Tomograph 64",
    station: "CTROOM1",
    serial: "SIW-CT-6410",
    software: ["VA44A", "recon 2.1"],
  },
} as const satisfies Record<string, Device>;

/** The device that made a series. All of them are invented. */
export function deviceOf(series: SeriesPlan): Device {
  return DEVICES[series.kind === "radiograph" ? series.modality : series.kind];
}
