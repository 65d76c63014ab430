import type { MeasureSummary } from "./quality-tables.ts";

/** Readable offline, in light and dark, by screen readers too: one SVG, no script, no font of its own. */
function picture(title: string, description: string, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 ${height}" width="900" height="${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="14">
<title id="t">${escape(title)}</title>
<desc id="d">${escape(description)}</desc>
<style>
  .ground { fill: #ffffff } text { fill: #1a1b1e } .bar { fill: #1864ab } .rest { fill: #dee2e6 } .line { stroke: #1a1b1e } .far { fill: #c92a2a }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #1a1b1e } text { fill: #f1f3f5 } .bar { fill: #74c0fc } .rest { fill: #495057 } .line { stroke: #f1f3f5 } .far { fill: #ffa8a8 }
  }
</style>
<rect class="ground" width="900" height="${height}"/>
<text x="20" y="32" font-size="18" font-weight="600">${escape(title)}</text>
${body}
</svg>
`;
}

const ROW = 30;
const TOP = 56;
/** Where bars begin and how long they may be. */
const LEFT = 320;
const WIDTH = 440;
/** More measures than this are in the table alone. */
const MOST_ROWS = 40;

/** Share of the patients who have each type. */
export function completenessPicture(patients: number, shares: readonly { name: string; patients: number }[]): string {
  const rows = shares.slice(0, MOST_ROWS);
  const body = rows.map(({ name, patients: having }, index) => {
    const y = TOP + index * ROW;
    const share = patients === 0 ? 0 : having / patients;
    return `<text x="${LEFT - 12}" y="${y + 16}" text-anchor="end">${escape(short(name))}</text>
<rect class="rest" x="${LEFT}" y="${y}" width="${WIDTH}" height="20"/><rect class="bar" x="${LEFT}" y="${y}" width="${(share * WIDTH).toFixed(1)}" height="20"/>
<text x="${LEFT + WIDTH + 12}" y="${y + 16}">${having} (${(share * 100).toFixed(0)} %)</text>`;
  });
  const description = `${patients} patients. ${rows.map(({ name, patients: having }) => `${name}: ${having}`).join("; ")}.`;
  return picture("Patients who have each type of data", description, TOP + rows.length * ROW + 20, body.join("\n"));
}

/** A box a measure: quartiles and median between the smallest and the largest value, each on a scale of its own. */
export function measuresPicture(summaries: readonly MeasureSummary[]): string {
  const rows = summaries.slice(0, MOST_ROWS);
  const body = rows.map((one, index) => {
    const y = TOP + index * ROW;
    const span = one.maximum - one.minimum;
    const x = (value: number): string => (LEFT + (span === 0 ? 0.5 : (value - one.minimum) / span) * WIDTH).toFixed(1);
    const box = (Number(x(one.upperQuartile)) - Number(x(one.lowerQuartile))).toFixed(1);
    return `<text x="${LEFT - 12}" y="${y + 16}" text-anchor="end">${escape(short(`${one.measure} ${one.unit}`))}</text>
<line class="line" x1="${x(one.minimum)}" x2="${x(one.maximum)}" y1="${y + 10}" y2="${y + 10}"/><rect class="bar" x="${x(one.lowerQuartile)}" y="${y + 2}" width="${box}" height="16"/><line class="line" x1="${x(one.median)}" x2="${x(one.median)}" y1="${y}" y2="${y + 20}" stroke-width="2"/>
<text x="${LEFT + WIDTH + 12}" y="${y + 16}"${one.outliers > 0 ? ' class="far"' : ""}>${one.outliers} far off</text>`;
  });
  const described = rows.map(
    (one) =>
      `${one.measure} ${one.unit}: ${one.count} values, median ${one.median}, from ${one.minimum} to ${one.maximum}, ${one.outliers} far off`,
  );
  return picture("Values of each measure", `${described.join("; ")}.`, TOP + rows.length * ROW + 20, body.join("\n"));
}

/** How many findings there are of each kind. */
export function findingsPicture(findings: readonly { name: string; count: number }[]): string {
  const most = Math.max(1, ...findings.map(({ count }) => count));
  const body = findings.map(({ name, count }, index) => {
    const y = TOP + index * ROW;
    return `<text x="${LEFT - 12}" y="${y + 16}" text-anchor="end">${escape(name)}</text>
<rect class="bar" x="${LEFT}" y="${y}" width="${((count / most) * WIDTH).toFixed(1)}" height="20"/>
<text x="${LEFT + WIDTH + 12}" y="${y + 16}">${count}</text>`;
  });
  const description = findings.map(({ name, count }) => `${name}: ${count}`).join("; ");
  return picture("What was found", `${description}.`, TOP + findings.length * ROW + 20, body.join("\n"));
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
