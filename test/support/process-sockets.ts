import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const TABLES = ["tcp", "tcp6", "udp", "udp6"] as const;

/** Watches which sockets of the internet protocols a process has (Linux: /proc). */
export interface SocketWatch {
  /** All that were seen: "tcp 127.0.0.1:40123 -> 127.0.0.1:8042"; a listening one leads to 0.0.0.0:0. */
  seen: Set<string>;
  stop(): void;
}

/** Looks every few milliseconds: a connection that is shorter than that is still found, since the kernel keeps closed ones for a while. */
export function watchSockets(pid: number): SocketWatch {
  const seen = new Set<string>();
  const look = (): void => {
    for (const socket of socketsOf(pid)) seen.add(socket);
  };
  look();
  const timer = setInterval(look, 20);
  return { seen, stop: () => clearInterval(timer) };
}

function socketsOf(pid: number): string[] {
  const own = new Set<string>();
  for (const name of readdirOrNone(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1];
      if (inode !== undefined) own.add(inode);
    } catch {
      // Closed between the two looks.
    }
  }
  return TABLES.flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => own.has(fields[9] ?? ""))
      .map((fields) => `${table} ${readAddress(fields[1] ?? "")} -> ${readAddress(fields[2] ?? "")}`),
  );
}

function readdirOrNone(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** "0100007F:1F90" -> "127.0.0.1:8080"; each word of four bytes stands in the machine's order. */
function readAddress(text: string): string {
  const [address = "", port = ""] = text.split(":");
  const words = (address.match(/.{8}/g) ?? []).map((word) => Buffer.from(word, "hex").toReversed());
  const bytes = Buffer.concat(words);
  const shown = bytes.length === 4 ? [...bytes].join(".") : bytes.toString("hex");
  return `${shown}:${Number.parseInt(port, 16)}`;
}
