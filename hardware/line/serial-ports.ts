/** The serial ports of this machine, with names that a person can choose by. */
import { readdirSync, realpathSync } from 'node:fs';
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

/** Lists the ports; none where the system cannot tell. */
export async function listSerialPorts(): Promise<readonly SerialPortChoice[]> {
  const { SerialPort } = await import('serialport');
  try {
    return (await SerialPort.list()).map((port) => choice(port, stablePath(port.path)));
  } catch {
    // Linux without udev: what is plugged in is still in the folder.
    return linksIn(BY_ID).map((link) => choice({ path: realpathSync(link) }, link));
  }
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
