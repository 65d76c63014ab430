/**
 * Hindi, as the staff of hospitals in India say it: English words in Devanagari where those are the words at work, Latin digits.
 *
 * Glossary
 * - package पैकेज (m) · export एक्सपोर्ट (m) · job काम (m) · recipe रेसिपी (f) · receipt रसीद (f)
 * - source स्रोत (m) · sync सिंक (m) · catalog कैटलॉग (m) · workspace वर्कस्पेस (m) · server सर्वर (m)
 * - patient मरीज़ (m) · study स्टडी (f) · series सीरीज़ (f) · instance इंस्टेंस (m) · object ऑब्जेक्ट (m)
 * - image इमेज (f) · picture तस्वीर (f) · header हेडर (m) · element एलिमेंट (m) · file फ़ाइल (f) · folder फ़ोल्डर (m)
 * - identified, with names नाम सहित · pseudonymised छद्मनाम सहित · pseudonym छद्मनाम (m) · identity पहचान (f)
 * - project key प्रोजेक्ट कुंजी (f) · passphrase पासफ़्रेज़ (m) · crosswalk मिलान सूची (f) · fingerprint फ़िंगरप्रिंट (m)
 * - held back रोका गया · let pass जाने देना · leak sweep लीक जाँच (f) · review समीक्षा (f)
 * - kept रखा · removed हटाया · emptied खाली · replaced बदला · shifted खिसकाया · cleaned साफ़ किया · added जोड़ा
 * - verify सत्यापित करना, verified सत्यापित: only where English says so. To check, to test: जाँचना
 * - audit log ऑडिट लॉग (m) · chain (of records) कड़ी (f) · damaged खराब · incomplete अधूरा
 */
import type { Labels } from "../en/index.ts";
import { audit } from "./audit.ts";
import { browse } from "./browse.ts";
import { browseRecords } from "./browse-records.ts";
import { browseResources } from "./browse-resources.ts";
import { datasets } from "./datasets.ts";
import { engine } from "./engine.ts";
import { errors } from "./errors.ts";
import { exporting } from "./exporting.ts";
import { files } from "./files.ts";
import { frame } from "./frame.ts";
import { help } from "./help.ts";
import { jobs } from "./jobs.ts";
import { packages } from "./packages.ts";
import { parts } from "./parts.ts";
import { policy } from "./policy.ts";
import { recordSources } from "./record-sources.ts";
import { records } from "./records.ts";
import { resourceSources } from "./resource-sources.ts";
import { resourceExports } from "./resource-exports.ts";
import { review } from "./review.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { tablePolicy } from "./table-policy.ts";
import { tableReview } from "./table-review.ts";
import { tables } from "./tables.ts";
import { viewer } from "./viewer.ts";
import { welcome } from "./welcome.ts";

export const hi: Labels = {
  audit,
  browse,
  browseRecords,
  browseResources,
  datasets,
  engine,
  errors,
  exporting,
  files,
  frame,
  help,
  jobs,
  packages,
  parts,
  policy,
  recordSources,
  records,
  resourceSources,
  resourceExports,
  review,
  settings,
  sources,
  tablePolicy,
  tableReview,
  tables,
  viewer,
  welcome,
};
