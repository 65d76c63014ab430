/** Places in `cellXfs` below. */
export const STYLES = { plain: 0, header: 1, text: 2, date: 3, datetime: 4, fraction: 5, wrapped: 6 } as const;

const FORMAT = 'fontId="0" fillId="0" borderId="0" xfId="0"';

/** `xl/styles.xml`: dates as ISO 8601 writes them, whatever the country of the computer that opens it. 49 is "@": text. */
export const STYLES_XML =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>' +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>' +
  '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="7">' +
  `<xf numFmtId="0" ${FORMAT}/>` +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  `<xf numFmtId="49" ${FORMAT} applyNumberFormat="1"/>` +
  `<xf numFmtId="164" ${FORMAT} applyNumberFormat="1"/>` +
  `<xf numFmtId="165" ${FORMAT} applyNumberFormat="1"/>` +
  `<xf numFmtId="166" ${FORMAT} applyNumberFormat="1"/>` +
  `<xf numFmtId="49" ${FORMAT} applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
  "</cellXfs>" +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
