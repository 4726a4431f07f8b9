/** From the configuration to the sections that the pages show, and back into the file. */
import type { Configuration } from '../../app/till/configuration.ts';
import type { PinHasher } from '../../app/till/ports.ts';
import type { ParsedSettingsRequest, PrinterModelChoice, SectionValues } from '../../app/till/settings.ts';
import { PRINTER_MODELS } from '../../hardware/printer/models.ts';
import type { RawSettings } from './settings-file.ts';

export type SaveRequest = Extract<ParsedSettingsRequest, { type: 'save' }>;

/** Common printers are meant by the width of the paper alone. */
export const PRINTER_MODEL_CHOICES: readonly PrinterModelChoice[] = Object.values(PRINTER_MODELS)
  .filter(({ id }) => !id.startsWith('generic-'))
  .map(({ id, name, columns }) => ({ id, name, columns }));

/** What is offered to somebody who has none yet. */
const USUAL_PORT = 8450;

/** The configuration as the pages show it. */
export function sectionsOf(configuration: Configuration): SectionValues {
  const { shop, register, operators, language, provider, printer, drawer, scanner, display, receipt, returns, reachable } = configuration;
  const { name, address, orgNumber, market, vatRegistered, foretaksregisteret } = shop;
  return {
    shop: { name, address, orgNumber, market, vatRegistered, foretaksregisteret },
    register: { name: register.name },
    operators: { operators: operators.map(({ id, name, role }) => ({ id, name, role, pin: null })) },
    languages: language,
    provider: providerSection(provider),
    printer,
    drawer,
    scanner,
    display,
    receipt: { footer: receipt.footer, afterVipps: receipt.afterVipps },
    returns,
    reachable: {
      on: reachable !== null,
      publicUrl: reachable?.publicUrl ?? null,
      port: reachable?.port ?? USUAL_PORT,
      checkIns: reachable?.checkIns ?? 'off',
    },
  };
}

function providerSection(provider: Configuration['provider']): SectionValues['provider'] {
  if (provider?.through === 'head-office') return { environment: 'head-office', money: provider.environment, api: provider.api };
  if (provider === null || provider.environment === 'sandbox') return { environment: 'practice', address: provider?.baseUrl ?? null };
  const { environment, baseUrl, merchantSerialNumber, clientId, api, keys } = provider;
  return { environment, baseUrl, merchantSerialNumber, clientId, api, keys };
}

/** A section as it goes into the file; the provider's needs its keys and is not made here. What the pages do not know stays. */
export function merged(raw: RawSettings, request: Exclude<SaveRequest, { section: 'provider' | 'operators' }>): RawSettings {
  const inside = (name: string) => insideOf(raw, name);
  switch (request.section) {
    case 'shop':
      return { shop: { ...inside('shop'), ...request.value } };
    case 'register':
      return { register: { ...inside('register'), name: request.value.name } };
    case 'languages':
      return { language: request.value };
    // One kind has nothing of another's.
    case 'printer':
      return { printer: { ...request.value, columns: columnsOf(request.value) } };
    case 'scanner':
      return { scanner: request.value };
    case 'reachable': {
      const { on, ...value } = request.value;
      return { reachable: on ? { ...inside('reachable'), ...value } : null };
    }
    case 'drawer':
    case 'display':
    case 'receipt':
    case 'returns':
      return { [request.section]: { ...inside(request.section), ...request.value } };
  }
}

/**
 * Who sells here, as the file keeps it: a new code is hashed, a manager's old one stays, and whoever is no manager has none.
 * @param kept those of the file, by whose numbers the old codes are found.
 */
export async function operatorsOf(
  { operators }: SectionValues['operators'],
  kept: Configuration['operators'],
  hasher: PinHasher,
): Promise<Configuration['operators']> {
  return Promise.all(
    operators.map(async ({ id, name, role, pin }) => {
      if (role !== 'manager') return { id, name, role };
      const pinHash = pin === null ? kept.find((one) => one.id === id)?.pinHash : await hasher.hash(pin);
      return { id, name, role, ...(pinHash === undefined ? {} : { pinHash }) };
    }),
  );
}

export function insideOf(raw: RawSettings, name: string): object {
  const found = raw[name];
  return typeof found === 'object' && found !== null ? found : {};
}

/** A named model brings its own width. */
function columnsOf(printer: SectionValues['printer']): 42 | 32 {
  return printer.kind === 'virtual' || printer.model === null ? printer.columns : PRINTER_MODELS[printer.model].columns;
}
