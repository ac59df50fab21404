/**
 * The lock file must name the platform packages of every platform, or `npm ci` refuses it elsewhere.
 * npm leaves out those it cannot find in the registry it asks, as a mirror may lack some:
 * `node tests/support/lock-file.ts` writes them back, from the names their packages give them.
 */
import { readFileSync, writeFileSync } from "node:fs";

const LOCK_FILE = new URL("../../package-lock.json", import.meta.url);

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  packages: Record<string, LockedPackage>;
}

export function readLock(): LockFile {
  return JSON.parse(readFileSync(LOCK_FILE, "utf8"));
}

/** Optional packages that some package wants and the lock file does not name, with their versions. */
export function missingPackages({ packages }: LockFile): ReadonlyMap<string, string> {
  const missing = new Map<string, string>();
  for (const { optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const nested = Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`));
      if (!nested) missing.set(name, version);
    }
  }
  return missing;
}

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = ["arm64", "arm", "ppc64", "riscv64", "s390x", "ia32", "x64", "wasm32"];

/** What a platform package's name says: "@oxfmt/binding-linux-x64-musl". */
function platformOf(name: string) {
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const musl = words.some((word) => word.startsWith("musl"));
  const gnu = words.some((word) => word.startsWith("gnu"));
  const libc = musl ? ["musl"] : gnu ? ["glibc"] : [];
  return { os, cpu, ...(libc.length > 0 && os.includes("linux") ? { libc } : {}) };
}

function complete(lock: LockFile): LockFile {
  const added = [...missingPackages(lock)].map(([name, version]) => {
    const entry = { version, ...platformOf(name), optional: true };
    return [`node_modules/${name}`, entry] as const;
  });
  const all = [...Object.entries(lock.packages), ...added];
  const sorted = all.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

if (import.meta.main) {
  writeFileSync(LOCK_FILE, `${JSON.stringify(complete(readLock()), null, 2)}\n`);
}
