import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificates {
  authority: string;
  certificate: string;
  key: string;
}

/** An authority, and a certificate of it for one host, made by openssl in `folder`. @param name subjectAltName: "IP:127.0.0.1" */
export function makeCertificates(folder: string, label: string, name: string): Certificates {
  const file = (end: string): string => join(folder, `${label}.${end}`);
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { stdio: "ignore" });
  const subject = ["-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  openssl(
    "req",
    "-x509",
    ...subject,
    "-days",
    "2",
    "-subj",
    `/CN=${label} authority`,
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.crt"),
  );
  openssl("req", ...subject, "-subj", "/CN=server", "-keyout", file("key"), "-out", file("csr"));
  writeFileSync(file("ext"), `subjectAltName=${name}\n`);
  const signing = [
    "-CA",
    file("ca.crt"),
    "-CAkey",
    file("ca.key"),
    "-CAcreateserial",
    "-days",
    "2",
    "-extfile",
    file("ext"),
  ];
  openssl("x509", "-req", "-in", file("csr"), ...signing, "-out", file("crt"));
  const read = (end: string): string => readFileSync(file(end), "utf8");
  return { authority: read("ca.crt"), certificate: read("crt"), key: read("key") };
}
