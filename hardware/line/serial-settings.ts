/** How a serial line is set: both ends must agree, and the device's own paper says what it is set to. */

export interface SerialSettings {
  /** The system's name: `COM3`, `/dev/ttyUSB0`; on Linux better one of `/dev/serial/by-id`, which stays the same. */
  readonly path: string;
  /** Bits a second; 9600 to 115200 on receipt printers. */
  readonly baud: number;
  /** Default 8. */
  readonly dataBits?: 7 | 8;
  /** Default none. */
  readonly parity?: 'none' | 'even' | 'odd';
  /** Default 1. */
  readonly stopBits?: 1 | 2;
  /** Who holds back a sender that is too quick: two wires of the cable, two control bytes, or nobody. Default none. */
  readonly flow?: 'rts-cts' | 'xon-xoff' | 'none';
}

/** A byte takes its data bits, one to start, those to stop, and one for the parity. */
export function bytesPerSecond(settings: Pick<SerialSettings, 'baud' | 'dataBits' | 'parity' | 'stopBits'>): number {
  const parityBits = (settings.parity ?? 'none') === 'none' ? 0 : 1;
  return settings.baud / (1 + (settings.dataBits ?? 8) + parityBits + (settings.stopBits ?? 1));
}

/** The same as a register's configuration has it. */
export interface ConfiguredSerial {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
  readonly parity: 'none' | 'even' | 'odd';
  readonly flowControl: 'none' | 'hardware' | 'xon-xoff';
}

export function serialSettings(configured: ConfiguredSerial): SerialSettings {
  const { path, baudRate, dataBits, stopBits, parity, flowControl } = configured;
  return { path, baud: baudRate, dataBits, stopBits, parity, flow: flowControl === 'hardware' ? 'rts-cts' : flowControl };
}
