import { join } from 'node:path';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import type { Configuration } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import { releaseFacts } from '../../scripts/dist-package.ts';
import { projectFiles, root } from '../support/source-files.ts';

const read = (): Promise<Configuration> => getConfig(root, join(root, 'electron-builder.yml'), null);
const validate = (config: Configuration) => validateConfiguration(config, new DebugLogger(false));

function targetsOf(platform: { readonly target?: unknown } | null | undefined): string[] {
  const targets = (platform?.target ?? []) as readonly { target: string; arch: readonly string[] }[];
  return targets.map(({ target, arch }) => `${target} ${arch.join(' ')}`);
}

describe('electron-builder.yml', () => {
  it('is what electron-builder’s own schema allows', async () => {
    await expect(validate(await read())).resolves.toBeUndefined();
  });

  it('is checked by a schema that refuses what it does not know', async () => {
    const wrong = { ...(await read()), asarUnpacked: true } as Configuration;
    await expect(validate(wrong)).rejects.toThrow(/asarUnpacked/);
    const fuse = { ...(await read()), electronFuses: { runAsNode: 'no' } } as unknown as Configuration;
    await expect(validate(fuse)).rejects.toThrow(/runAsNode/);
  });

  it('makes NSIS for Windows, dmg and its update for both Macs, AppImage and deb for Linux', async () => {
    const { win, mac, linux } = await read();
    expect(targetsOf(win)).toEqual(['nsis x64']);
    expect(targetsOf(mac)).toEqual(['dmg arm64 x64', 'zip arm64 x64']);
    expect(targetsOf(linux)).toEqual(['AppImage x64', 'deb x64']);
  });

  it('has every fuse on its safe side', async () => {
    expect((await read()).electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('compiles nothing, packs an archive, opens no files of others and names no address for updates', async () => {
    const config = await read();
    expect(config).toMatchObject({ npmRebuild: false, asar: true, fileAssociations: [], publish: null });
    expect(config.win?.verifyUpdateCodeSignature).toBe(true);
    expect(config.nsis?.deleteAppDataOnUninstall).toBe(false);
  });

  it('names icons that are kept in Git', async () => {
    const { win, mac, linux } = await read();
    const files = projectFiles();
    expect(files).toContain(win?.icon);
    expect(files).toContain(mac?.icon);
    expect(files.some((path) => path.startsWith(`${linux?.icon}/`))).toBe(true);
  });

  it('stays allowed with everything that a release adds', async () => {
    const { overlayOf } = await import('../../scripts/dist-package.ts');
    const asked = { platform: 'linux', directoryOnly: false } as const;
    const facts = releaseFacts(
      {
        TILLIT_UPDATES_URL: 'https://updates.example/tillit',
        TILLIT_HOMEPAGE: 'https://tillit.example',
        TILLIT_MAINTAINER: 'Shop <till@shop.example>',
      },
      asked,
    );
    const config = await getConfig(root, join(root, 'electron-builder.yml'), overlayOf({ root, ...asked, ...facts }));
    await expect(validate(config)).resolves.toBeUndefined();
    expect(config.publish).toEqual([{ provider: 'generic', url: 'https://updates.example/tillit' }]);
    expect(config.win).toMatchObject({ forceCodeSigning: true, icon: 'build/icon.ico' });
  });
});
