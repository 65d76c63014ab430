import { describe, expect, it } from "vitest";
import { listLinuxVolumes, parseMountInfo, toVolumes } from "../../src/main/folders/linux-volumes.ts";
import { listWindowsVolumes, parseMacMounts } from "../../src/main/folders/other-volumes.ts";
import { Patience } from "../../src/main/folders/patience.ts";
import { listPlaces } from "../../src/main/folders/places.ts";
import { shownName, volumeOf } from "../../src/main/folders/volume.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const MOUNTINFO = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
28 27 254:1 / /boot/efi rw,relatime - vfat /dev/vda1 rw
30 27 8:17 / /media/anna/X\\040RAY\\011STICK rw,nosuid - vfat /dev/sdb1 rw,fmask=0022
31 27 8:33 / /run/media/anna/CD ro,nosuid - iso9660 /dev/sr0 ro
32 27 8:49 / /mnt/archive rw,relatime - ext4 /dev/sdd1 ro
33 27 0:60 / /mnt/pacs rw,relatime - nfs4 pacs:/export rw
34 27 0:61 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
35 27 0:62 / /tmp rw - tmpfs tmpfs rw
`;

describe("drives of a Linux machine", () => {
  const volumes = () =>
    toVolumes(parseMountInfo(MOUNTINFO), ({ path }) => Promise.resolve(/^\/(?:run\/)?media/.test(path)));

  it("shows sticks, discs, drives and servers, and none of the system's own", async () => {
    const shown = (await volumes()).filter(({ forPeople }) => forPeople);
    expect(shown.map(({ path, kind, fileSystem, readOnly }) => [path, kind, fileSystem, readOnly])).toEqual([
      ["/", "drive", "ext4", false],
      ["/media/anna/X RAY\tSTICK", "removable", "FAT32", false],
      ["/run/media/anna/CD", "removable", "ISO 9660", true],
      ["/mnt/archive", "drive", "ext4", true],
      ["/mnt/pacs", "network", "NFS", false],
    ]);
  });

  it("knows on which of them a folder is", async () => {
    const all = await volumes();
    expect(volumeOf("/media/anna/X RAY\tSTICK/out", all)?.fileSystem).toBe("FAT32");
    expect(volumeOf("/mnt/archives/2024", all)?.path).toBe("/");
    expect(volumeOf("/mnt/archive", all)?.path).toBe("/mnt/archive");
  });

  it("reads the ones of this machine", async () => {
    expect((await listLinuxVolumes()).map(({ path }) => path)).toContain("/");
  });

  it("survives lines that are none", () => {
    expect(parseMountInfo("x\n\n1 2 3\n - \n")).toEqual([]);
  });
});

describe("drives of other systems", () => {
  it("reads what macOS says", () => {
    const said = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk4s1 on /Volumes/STICK (1) (msdos, local, nodev, nosuid, noowners)
//anna@server/share on /Volumes/share (smbfs, nodev, nosuid)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
`;
    const shown = parseMacMounts(said).filter(({ forPeople }) => forPeople);
    expect(shown.map(({ path, kind, fileSystem, readOnly }) => [path, kind, fileSystem, readOnly])).toEqual([
      ["/", "drive", "APFS", true],
      ["/Volumes/STICK (1)", "removable", "FAT32", false],
      ["/Volumes/share", "network", "SMB", false],
    ]);
  });

  it("lists the drive letters of Windows that are in use", () => {
    const volumes = listWindowsVolumes((path) => path === "C:\\" || path === "E:\\");
    expect(volumes.map(({ path }) => path)).toEqual(["C:\\", "E:\\"]);
    expect(volumeOf("E:\\packages\\one", volumes)?.path).toBe("E:\\");
    expect(volumeOf("E:\\", volumes)?.path).toBe("E:\\");
  });
});

describe("places", () => {
  const folder = temporaryDirectory("places");
  const drive = { label: "a", kind: "drive", fileSystem: "ext4", readOnly: false, forPeople: true } as const;

  it("come with what can be pulled out first, and with free space and the largest file of FAT", async () => {
    const stick = { ...drive, path: folder, label: "STICK\u202etxt", kind: "removable", fileSystem: "FAT32" } as const;
    const places = await listPlaces(new Patience(5000), [{ ...drive, path: "/" }, stick]);
    const [first] = places;
    expect(first).toMatchObject({
      path: folder,
      kind: "removable",
      label: "STICK\ufffdtxt",
      largestFile: 4_294_967_295,
    });
    expect(first?.freeBytes).toBeGreaterThan(0);
    expect(first?.totalBytes).toBeGreaterThanOrEqual(first?.freeBytes ?? 0);
    expect(places.at(1)?.kind).toBe("drive");
    expect(places.some(({ kind }) => kind === "home")).toBe(true);
  });

  it("list a drive that has just been pulled out without its space", async () => {
    const gone = { ...drive, path: `${folder}/gone`, kind: "removable" } as const;
    const [first] = await listPlaces(new Patience(5000), [gone]);
    expect(first).toMatchObject({ path: gone.path, freeBytes: null, totalBytes: null });
  });
});

describe("a server that does not answer under its mount", () => {
  const never = () => new Promise<never>(() => undefined);

  it("is waited for once, and asked no more while that call hangs", async () => {
    const patience = new Patience(20);
    await expect(patience.ask("/mnt/a", never)).rejects.toMatchObject({ code: "READ_FAILED" });
    let asked = false;
    const again = patience.ask("/mnt/a", async () => void (asked = true));
    await expect(again).rejects.toMatchObject({ code: "READ_FAILED" });
    expect(asked).toBe(false);
    await expect(patience.ask("/home", () => Promise.resolve("there"))).resolves.toBe("there");
  });

  it("is asked again once the call has come back", async () => {
    const patience = new Patience(20);
    const { promise, resolve } = Promise.withResolvers<void>();
    await expect(patience.ask("/mnt/a", () => promise)).rejects.toMatchObject({ code: "READ_FAILED" });
    resolve();
    await promise;
    await expect(patience.ask("/mnt/a", () => Promise.resolve("there"))).resolves.toBe("there");
  });
});

it("names that steer text are shown as text", () => {
  expect(shownName("a\u202egnp.exe\u001b[31m\n")).toBe("a\ufffdgnp.exe\ufffd[31m\ufffd");
  expect(shownName("Ärzte 東京 مريم")).toBe("Ärzte 東京 مريم");
});
