// npm run bench -- scrub-quality: what the scrubber finds of the marked notes, and every miss. Ends with 1 below the limits of the test.
import { readCorpus } from "../../test/deidentify/text/corpus/read-corpus.ts";
import { measureScrub, meetsLimits } from "../../test/deidentify/text/measure-scrub.ts";
import { reportScrub } from "../../test/deidentify/text/report-scrub.ts";

const measure = measureScrub(readCorpus());
console.log(reportScrub(measure));
process.exitCode = meetsLimits(measure) ? 0 : 1;
