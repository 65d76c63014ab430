import { createCipheriv } from "node:crypto";
import { aboutNode, type Chance } from "./chance.ts";
import type { Method } from "./method.ts";
import type { Dialect } from "./rules.ts";

/**
 * AES in CBC mode with PKCS#7 padding, the initialisation vector before it: as base64 with Microsoft's tool, in hexadecimal digits with MIRACUM.
 *
 * @param key 16, 24 or 32 bytes
 */
export function createEncrypt(key: Buffer, chance: Chance, dialect: Dialect): Method {
  return (node, { record, origin }) => {
    if (node.text === "") return;
    const encrypted = encryptText(node.text, key, chance.bytes(aboutNode(node, origin)));
    node.value = dialect === "microsoft" ? encrypted.toString("base64") : encrypted.toString("hex").toUpperCase();
    record("encrypt", "encrypted");
  };
}

export function encryptText(text: string, key: Buffer, vector: Buffer): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, vector);
  return Buffer.concat([vector, cipher.update(text, "utf8"), cipher.final()]);
}
