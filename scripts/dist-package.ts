/** Packs the built program with electron-builder and `electron-builder.yml`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { UsageError } from '../server/web/options.ts';

/** What differs from release to release and from publisher to publisher, so that it stands in no file. */
export interface ReleaseFacts {
  /** Where the program looks for updates; `null`: nowhere. */
  readonly updatesUrl: string | null;
  /** The publisher's page and `Name <address>`, which a Debian package must name. */
  readonly homepage: string | null;
  readonly maintainer: string | null;
}

export interface Package extends ReleaseFacts {
  readonly root: string;
  readonly platform: 'win' | 'mac' | 'linux';
  /** Only the folder that would be installed. */
  readonly directoryOnly: boolean;
  /** An Electron that is here already; otherwise it is fetched. */
  readonly electronDist?: string;
  /** Relative to `root`; `out/dist` when not given. */
  readonly output?: string;
}

/**
 * Reads TILLIT_UPDATES_URL, TILLIT_HOMEPAGE and TILLIT_MAINTAINER.
 * @throws UsageError when one is missing for what is asked, or is not of its form
 */
export function releaseFacts(
  environment: Readonly<Record<string, string | undefined>>,
  asked: Pick<Package, 'platform' | 'directoryOnly'>,
): ReleaseFacts {
  const text = (name: string): string | null => environment[name]?.trim() || null;
  const updatesUrl = text('TILLIT_UPDATES_URL');
  const homepage = text('TILLIT_HOMEPAGE');
  const maintainer = text('TILLIT_MAINTAINER');
  if (updatesUrl !== null && URL.parse(updatesUrl)?.protocol !== 'https:') {
    throw new UsageError('TILLIT_UPDATES_URL must be an https address: the folder where the releases lie.');
  }
  if (homepage !== null && URL.parse(homepage)?.protocol !== 'https:') throw new UsageError('TILLIT_HOMEPAGE must be an https address.');
  if (maintainer !== null && !/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/.test(maintainer)) {
    throw new UsageError('TILLIT_MAINTAINER must be of the form: Name <name@shop.example>.');
  }
  if (asked.platform === 'linux' && !asked.directoryOnly && (homepage === null || maintainer === null)) {
    throw new UsageError(
      'A Debian package names who makes it: set TILLIT_HOMEPAGE (https://…) and TILLIT_MAINTAINER (Name <address>), or ask for the folder alone with --dir.',
    );
  }
  return { updatesUrl, homepage, maintainer };
}

/** What is laid over `electron-builder.yml`. */
export function overlayOf({ updatesUrl, homepage, maintainer, electronDist, output }: Package): Configuration {
  return {
    ...(electronDist === undefined ? {} : { electronDist }),
    ...(output === undefined ? {} : { directories: { output } }),
    ...(homepage === null ? {} : { extraMetadata: { homepage } }),
    ...(maintainer === null ? {} : { linux: { maintainer } }),
    // A program that replaces itself must be signed, or anyone who gets at the address replaces it.
    ...(updatesUrl === null
      ? {}
      : { publish: [{ provider: 'generic', url: updatesUrl }], win: { forceCodeSigning: true }, mac: { forceCodeSigning: true } }),
  };
}

/** Packs, and gives the paths of what was made for people to install. Nothing is uploaded. */
export async function packageIt(wanted: Package): Promise<readonly string[]> {
  const { build, Platform } = await import('electron-builder');
  const platform = { win: Platform.WINDOWS, mac: Platform.MAC, linux: Platform.LINUX }[wanted.platform];
  rmSync(join(wanted.root, wanted.output ?? join('out', 'dist')), { recursive: true, force: true });
  return build({
    projectDir: wanted.root,
    targets: wanted.directoryOnly ? platform.createTarget('dir') : platform.createTarget(),
    config: overlayOf(wanted),
    publish: 'never',
  });
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|socket hang up|fetch failed|timed? ?out|Response code|HTTPError|cannot resolve|status code|\b(?:403|404|407|50\d)\b/i;

/** One sentence for what went wrong, never a stack. */
export function distFailure(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const first = error instanceof Error ? ((error.message || error.name).split('\n')[0] ?? '') : 'The program could not be packed.';
  const codes = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!NETWORK.test(`${first} ${codes}`)) return first;
  return `Electron, or a tool that packs it, could not be fetched from here (${first.slice(0, 200)}). "npm run dist" needs a network that reaches github.com, or ELECTRON_MIRROR set to one that it does.`;
}
