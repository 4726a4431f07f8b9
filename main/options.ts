/** The desktop program's command line. What it does not know is Electron's or Chromium's own and is left alone. */
import { parseArgs } from 'node:util';
import { UsageError } from '../server/web/options.ts';

export interface DesktopOptions {
  /** `null`: the one in the user's own folder. */
  readonly configFile: string | null;
  /** `null`: the user's own folder. */
  readonly dataDir: string | null;
  /** Practise against the sandbox, whatever provider the file names. */
  readonly sandbox: boolean;
  /** The windows fill the screen and stay; only a manager gets out. `null`: as it was kept. */
  readonly kiosk: boolean | null;
  /** A tablet is a customer display: the web shell listens on this address, with the same till. `null`: no tablet. */
  readonly tablet: string | null;
  /** The web shell's port; 0: any free one. */
  readonly port: number;
  /** The program started itself anew to take new settings up; when they do not work, those of before come back. */
  readonly afterSettings: boolean;
  /** Print the line of JSON that `npm run web` prints, for programs. */
  readonly ready: boolean;
}

const USAGE = 'tillit [--config FILE] [--data DIR] [--sandbox] [--kiosk | --no-kiosk] [--tablet ADDRESS] [--port N] [--ready]';

/** Reads the arguments after the program's name. Throws `UsageError`. */
export function readDesktopOptions(args: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string' },
      data: { type: 'string' },
      sandbox: { type: 'boolean' },
      kiosk: { type: 'boolean' },
      'no-kiosk': { type: 'boolean' },
      tablet: { type: 'string' },
      port: { type: 'string' },
      ready: { type: 'boolean' },
      'after-settings': { type: 'boolean' },
    },
    // Switches of Chromium stand on the same line.
    strict: false,
    allowPositionals: true,
  });
  const text = (name: 'config' | 'data' | 'tablet' | 'port'): string | null => {
    const value = values[name];
    if (value === undefined) return null;
    if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} needs a value. Usage: ${USAGE}`);
    return value;
  };
  const port = text('port') ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port must be a number from 0 to 65535, not "${port}".`);
  const tablet = text('tablet');
  if (tablet !== null && !/^[A-Za-z0-9.:-]{1,253}$/.test(tablet)) {
    throw new UsageError('--tablet must be an address of this machine, such as 0.0.0.0 for the whole network.');
  }
  return {
    configFile: text('config'),
    dataDir: text('data'),
    sandbox: values.sandbox === true,
    kiosk: values.kiosk === true ? true : values['no-kiosk'] === true ? false : null,
    tablet,
    port: Number(port),
    afterSettings: values['after-settings'] === true,
    ready: values.ready === true,
  };
}
