import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';
import { readUnits } from './units-file.ts';

/** The command line cannot be followed. */
class Nonsense extends Error {
  override readonly name = 'Nonsense';
}

const usage = `A provider to practise against.

  --port N       the port to listen on (default: any free one)
  --latency MS   what every leg takes (default 0)
  --units FILE   sales units and partners, each with what it may do (README.md)
  --memory FILE  keep the payments in this file from one start to the next

Prints one line of JSON with the addresses and the keys to use, then serves until it is stopped.
`;

function wholeNumber(name: string, value: string, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > most) throw new Nonsense(`--${name} must be a whole number from 0 to ${most}`);
  return number;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        latency: { type: 'string', default: '0' },
        units: { type: 'string' },
        memory: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new Nonsense(`${error instanceof Error ? error.message.split('. ')[0] : ''}. --help tells what there is.`);
  }
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const sandbox = await startSandbox({
    port: wholeNumber('port', values.port, 65_535),
    legLatencyMs: wholeNumber('latency', values.latency, 600_000),
    ...(values.units === undefined ? {} : readUnits(values.units)),
    ...(values.memory === undefined ? {} : { memoryFile: values.memory }),
  });
  const { url, phoneUrl, salesUnits, partners } = sandbox;
  process.stdout.write(`${JSON.stringify({ url, phoneUrl, controlUrl: `${url}/sandbox`, salesUnits, partners })}\n`);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Nonsense ? 2 : 1;
});
