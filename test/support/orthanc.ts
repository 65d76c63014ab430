import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface OrthancOptions {
  /** Basic authentication. Default: user "satchel", password "orthanc-test". `null` switches it off. */
  credentials?: { user: string; password: string } | null;
  /** Merged over the configuration, for example `{ StorageCompression: true }`. */
  configuration?: Record<string, unknown>;
  /** Keeps index and files of an earlier server: its `storage`. */
  storage?: string;
  port?: number;
}

export interface OrthancServer {
  url: string;
  port: number;
  user: string;
  password: string;
  pid: number;
  /** Folder of index and files; removed by `stop` unless it was handed in. */
  storage: string;
  /** Sends one DICOM file; the status says whether Orthanc took it (200) or not (400, 404). */
  upload(bytes: Buffer): Promise<{ status: number; id: string | undefined }>;
  /** Any other request, authenticated. */
  request(method: string, path: string, body?: string | Buffer): Promise<{ status: number; text: string }>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("no loopback port could be had");
  return address.port;
}

/**
 * Starts Debian's Orthanc on a free loopback port with temporary storage, without plugins and without its DICOM port, and
 * resolves when it answers. Plain HTTP only: Debian's Orthanc 1.10.1 dies (segmentation fault) at the first TLS handshake with its own
 * TLS switched on; put a TLS proxy before it. User metadata `AIAnalysis` (1024) and user content `ai-analysis` (1025) are registered.
 */
export async function startOrthanc(options: OrthancOptions = {}): Promise<OrthancServer> {
  const folder = await mkdtemp(join(tmpdir(), "satchel-orthanc-"));
  const storage = options.storage ?? join(folder, "storage");
  const port = options.port ?? (await findFreePort());
  const credentials =
    options.credentials === undefined ? { user: "satchel", password: "orthanc-test" } : options.credentials;
  const configuration = {
    Name: "satchel-test",
    StorageDirectory: storage,
    IndexDirectory: storage,
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: credentials !== null,
    RegisteredUsers: credentials === null ? {} : { [credentials.user]: credentials.password },
    Plugins: [],
    UserMetadata: { AIAnalysis: 1024 },
    UserContentType: { "ai-analysis": 1025 },
    StableAge: 600,
    ...options.configuration,
  };
  const file = join(folder, "orthanc.json");
  const log = join(folder, "orthanc.log");
  await writeFile(file, JSON.stringify(configuration));
  const child = spawn("Orthanc", [file, `--logfile=${log}`], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntilReady(child, port, log);
  } catch (error) {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  const authorization =
    credentials === null
      ? undefined
      : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")}`;
  const request = async (method: string, path: string, body?: string | Buffer) => {
    const response = await fetch(url + path, {
      method,
      // Copied: the fetch types refuse a Buffer over a SharedArrayBuffer.
      body: typeof body === "object" ? new Uint8Array(body) : body,
      headers: authorization === undefined ? {} : { authorization },
    });
    return { status: response.status, text: await response.text() };
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url,
    port,
    user: credentials?.user ?? "",
    password: credentials?.password ?? "",
    pid: child.pid ?? -1,
    storage,
    request,
    async upload(bytes) {
      const { status, text } = await request("POST", "/instances", bytes);
      if (status !== 200) return { status, id: undefined };
      return { status, id: (JSON.parse(text) as { ID: string }).ID };
    },
    kill: () => end("SIGKILL"),
    async stop() {
      // Its storage goes with it: an orderly end would only cost two seconds.
      await end("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(child: ChildProcess, port: number, log: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null || child.pid === undefined) break;
    if (await accepts(port)) return;
    await wait(50);
  }
  const said = await readFile(log, "utf8").catch(() => "nothing");
  throw new Error(`Orthanc did not start; its log says: ${said.slice(-2000)}`);
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
