/** The serial ports of this machine, with names that a person can choose by. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export interface SerialPortChoice {
  /** What to open. On Linux the name that stays the same when a device is plugged in elsewhere, where there is one. */
  readonly path: string;
  /** `EPSON TM-T20III (ttyUSB0)`; the bare path where the system knows no more. */
  readonly name: string;
}

const BY_ID = '/dev/serial/by-id';

interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly pnpId?: string | undefined;
}

/** Lists the ports; none where the system cannot tell. Never throws. */
export async function listSerialPorts(): Promise<readonly SerialPortChoice[]> {
  return (await listed()).map((port) => choice(port, stablePath(port.path)));
}

async function listed(): Promise<readonly ListedPort[]> {
  const { SerialPort } = await import('serialport');
  const told = await SerialPort.list().catch(() => []);
  // On Linux it asks `udevadm`, which small systems do not have: what is plugged in is in the folder all the same.
  return told.length > 0 ? told : portFilesIn('/dev');
}

/** Ports by their files' names; a fixed one only where the kernel found a device for it. */
export function portFilesIn(folder: string, kernel = '/sys/class/tty'): readonly ListedPort[] {
  return linksIn(folder)
    .filter((path) => {
      const file = path.slice(folder.length + 1);
      return /^(tty(USB|ACM|AMA)|rfcomm)\d+$/.test(file) || (/^ttyS\d+$/.test(file) && existsSync(join(kernel, file, 'device')));
    })
    .map((path) => ({ path }));
}

/** @param stable the path that survives another plug, or `null`. */
export function choice(port: ListedPort, stable: string | null): SerialPortChoice {
  const short = port.path.replace(/^\/dev\//, '');
  // Windows lists a friendly name beside what every system lists.
  const friendly = 'friendlyName' in port && typeof port.friendlyName === 'string' ? port.friendlyName : null;
  const described = friendly ?? fromId(stable?.split('/').at(-1) ?? port.pnpId) ?? port.manufacturer ?? null;
  const name = described === null || described === '' ? short : described.includes(short) ? described : `${described} (${short})`;
  return { path: stable ?? port.path, name };
}

/** `usb-FTDI_FT232R_USB_UART_A5XK3RJT-if00-port0` is a device with underscores for spaces. */
function fromId(id: string | undefined): string | null {
  const device = /^[a-z]+-(.+?)(-if\d+)?(-port\d+)?$/.exec(id ?? '')?.[1];
  return device === undefined ? null : device.replaceAll('_', ' ').trim();
}

function stablePath(path: string): string | null {
  return (
    linksIn(BY_ID).find((link) => {
      try {
        return realpathSync(link) === path;
      } catch {
        return false;
      }
    }) ?? null
  );
}

function linksIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((file) => join(folder, file));
  } catch {
    return [];
  }
}
