import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LineOpenError } from '../../../hardware/line/line.ts';
import { serialEnd } from '../../../hardware/line/serial-line.ts';
import { choice, listSerialPorts, portFilesIn } from '../../../hardware/line/serial-ports.ts';
import { bytesPerSecond } from '../../../hardware/line/serial-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a serial line', () => {
  it('carries a tenth of its baud in bytes, less with parity and more stop bits', () => {
    expect(bytesPerSecond({ baud: 9_600 })).toBe(960);
    expect(bytesPerSecond({ baud: 19_200, dataBits: 8, parity: 'even', stopBits: 2 })).toBe(1_600);
  });

  it('says in a sentence that its port is not there, or is no port', async () => {
    const path = join(temporaryFolder(), 'ttyUSB0');
    await expect(serialEnd({ path, baud: 9_600 }).open()).rejects.toMatchObject({
      trouble: 'no-such-port',
      message: `There is no port ${path}: nothing is plugged in there.`,
    });
    writeFileSync(path, '');
    await expect(serialEnd({ path, baud: 9_600 }).open()).rejects.toBeInstanceOf(LineOpenError);
  });
});

describe('the list of serial ports', () => {
  it('names a port by its device, with the short name behind', () => {
    const id = '/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A5XK3RJT-if00-port0';
    expect(choice({ path: '/dev/ttyUSB0' }, id)).toEqual({ path: id, name: 'FTDI FT232R USB UART A5XK3RJT (ttyUSB0)' });
    expect(choice({ path: '/dev/ttyS0' }, null)).toEqual({ path: '/dev/ttyS0', name: 'ttyS0' });
    const windows = { path: 'COM3', manufacturer: 'FTDI', friendlyName: 'USB Serial Port (COM3)' };
    expect(choice(windows, null)).toEqual({ path: 'COM3', name: 'USB Serial Port (COM3)' });
  });

  it('comes from the folder of devices where the system has no program that tells', () => {
    const [devices, kernel] = [temporaryFolder(), temporaryFolder()];
    for (const file of ['tty', 'tty0', 'ttyACM1', 'ttyS0', 'ttyS1', 'ttyUSB0', 'ttyprintk']) writeFileSync(join(devices, file), '');
    mkdirSync(join(kernel, 'ttyS0', 'device'), { recursive: true });
    const found = portFilesIn(devices, kernel).map(({ path }) => basename(path));
    expect(found.toSorted()).toEqual(['ttyACM1', 'ttyS0', 'ttyUSB0']);
  });

  it('is a list on every machine, also where nothing is plugged in or the system cannot tell', async () => {
    expect(await listSerialPorts()).toEqual(expect.any(Array));
  });
});
