/** Puts a till together from the real ends of its ports. The one place where `app/` and `hardware/` meet in plain Node. */
import { basename } from 'node:path';
import { createCatalogue } from '../../app/catalog/catalogue.ts';
import type { MembershipMemory } from '../../app/chain/membership.ts';
import { takeBackLost } from '../../app/chain/restore.ts';
import { openJournal } from '../../app/journal/journal.ts';
import { REGISTER_PROJECTIONS } from '../../app/journal/projections/all.ts';
import { openReadModel } from '../../app/journal/read-model.ts';
import { byApi } from '../../app/payment/apis.ts';
import { byUnit } from '../../app/payment/units.ts';
import { type Configuration, NOBODY_TO_CALL, ownProviderOf } from '../../app/till/configuration.ts';
import type { HttpSend, HttpWarm, Log } from '../../app/till/ports.ts';
import { createTill, type Till } from '../../app/till/till.ts';
import { createEcomProvider } from '../../app/vipps/ecom/provider.ts';
import { createEpaymentProvider } from '../../app/vipps/epayment/provider.ts';
import { createMerchantQrApi, type MerchantQrApi } from '../../app/vipps/merchant-qr.ts';
import { nodeClock, nodeTimers } from '../../hardware/clock/node-clock.ts';
import { nodeHasher } from '../../hardware/crypto/hasher.ts';
import { nodeRandom } from '../../hardware/crypto/random.ts';
import { openSigningKey } from '../../hardware/crypto/signing-key.ts';
import { scryptHasher } from '../../hardware/crypto/slow-hash.ts';
import { createHttpSend } from '../../hardware/http/send.ts';
import type { DataFolder } from '../../hardware/store/data-folder.ts';
import { openDatabase } from '../../hardware/store/database.ts';
import { type AccessSurroundings, accessOf } from './access.ts';
import { type Chain, openChain } from './chain.ts';
import { ConfigurationError, type ProviderSecrets, readBeside } from './configuration-file.ts';
import { type Devices, openDevices } from './devices.ts';
import { Ending } from './ending.ts';
import { openHeadOfficeSend } from './head-office-send.ts';
import { assertSameKey, markInstalled, wasInstalled } from './installed.ts';
import { openOffice } from './office.ts';
import { type Outside, openOutside } from './outside.ts';
import { type FetchedPublished, fetchPublished } from './published.ts';
import { openShelf } from './shelf.ts';
import { CALLING_SYSTEM, SOFTWARE } from './software.ts';

export interface TillSurroundings {
  readonly configuration: Configuration;
  /** `null` exactly when no sales unit is configured whose keys are here. */
  readonly secrets: ProviderSecrets | null;
  /** Of the sales unit for distance selling, where one is configured. */
  readonly distanceSecrets?: ProviderSecrets | null;
  /** Files that the configuration names are relative to this. */
  readonly configurationFolder: string;
  readonly dataFolder: DataFolder;
  /** The register's place in a chain; `null` where it practises by itself. */
  readonly chainMemory?: MembershipMemory | null;
  readonly log: Log;
  readonly phoneUrl: string | null;
  readonly printerUrl: string | null;
}

export interface ComposedTill {
  readonly till: Till;
  readonly devices: Omit<Devices, 'close'>;
  /** Where the provider finds the register; `null` where it cannot. */
  readonly outside: Pick<Outside, 'state' | 'secrets'> | null;
  /** The shop's printed codes; `null` where the register has no keys for them. */
  readonly codes: MerchantQrApi | null;
  /** The line to head office; `null` where the register is in no chain. */
  readonly chain: Chain | null;
  /** What is fetched from there; `null` likewise. */
  readonly published: FetchedPublished | null;
  /** The register's key to head office; `null` where it practises by itself. */
  readonly chainMemory: MembershipMemory | null;
  /** Stops the till, lets go of the devices and closes the databases. */
  close(): Promise<void>;
}

/**
 * Opens the journal and makes the till. At the first start the configured catalogue is imported.
 * @throws StorageError, JournalDamagedError, SigningKeyError, DataMissingError, ConfigurationError
 */
export async function composeTill(surroundings: TillSurroundings): Promise<ComposedTill> {
  const { configuration, dataFolder, log, chainMemory = null } = surroundings;
  const ending = new Ending();
  try {
    const installed = wasInstalled(dataFolder);
    const signer = openSigningKey(dataFolder.keys);
    const database = openDatabase(dataFolder.journal);
    const journal = openJournal({
      database,
      hasher: nodeHasher,
      signer,
      clock: nodeClock,
      random: nodeRandom,
      projections: REGISTER_PROJECTIONS,
      software: `${SOFTWARE.name} ${SOFTWARE.version}`,
      storeId: configuration.store.id,
      registerId: configuration.register.id,
      publicKeyPem: signer.publicKeyPem,
    });
    ending.add(() => journal.close());
    assertSameKey(dataFolder, journal.installation);
    assertSameRegister(journal.installation, configuration);
    // Its own connection: what reads must never share the journal's handle.
    const reading = openDatabase(dataFolder.journal, { readOnly: true });
    ending.add(() => reading.close());
    const shelf = openShelf(dataFolder.catalogue, installed, log);
    ending.add(() => shelf.close());
    const { store: catalogueStore, articles } = shelf;
    const send = createHttpSend();
    ending.add(() => send.close());
    const toHeadOffice = openHeadOfficeSend(configuration, surroundings.configurationFolder);
    ending.add(() => toHeadOffice.close());
    const devices = openDevices({
      configuration,
      configurationFolder: surroundings.configurationFolder,
      dataDirectory: dataFolder.directory,
      log,
    });
    ending.add(() => devices.close());
    const { printer, virtualPrinter, scanner } = devices;
    const office = openOffice({ ...surroundings, send });
    const outside = await openOutside({ ...surroundings, office });
    if (outside !== null) ending.add(() => outside.close());

    const chain =
      chainMemory === null ? null : openChain({ configuration, memory: chainMemory, journal, database, reading, send: toHeadOffice, log });
    if (chain !== null) {
      ending.add(() => chain.close());
      await takeBackLost({ client: chain.client, journal, log });
    }

    const till = createTill({
      configuration,
      ports: {
        clock: nodeClock,
        timers: nodeTimers,
        random: nodeRandom,
        hasher: nodeHasher,
        pins: scryptHasher,
        log,
        printer,
        ...(scanner === null ? {} : { scanner }),
        ...(chain === null ? {} : { headOffice: chain }),
        encodeDocument: devices.encodeDocument,
        paperText: devices.paperText,
      },
      journal,
      readModel: openReadModel(reading),
      catalogue: createCatalogue(articles),
      catalogueStore,
      publicationStore: chain === null ? null : shelf.publications,
      office: chain?.client ?? null,
      provider: makeUnits(surroundings, configuration.provider?.through === 'head-office' ? toHeadOffice : send, outside),
      addresses: { phoneUrl: surroundings.phoneUrl, printerUrl: virtualPrinter === null ? null : surroundings.printerUrl },
      software: `${SOFTWARE.name} ${SOFTWARE.version}`,
      catalogueLost: shelf.lost,
    });
    ending.add(() => till.stop());
    if (articles.length === 0 && !shelf.lost) await importFirstCatalogue(till, surroundings);
    markInstalled(dataFolder);
    outside?.serve(till);
    chain?.serve(till);
    const published = chain === null ? null : fetchPublished({ chain, store: shelf.publications, till, chainMemory, log });
    ending.add(() => published?.stop());
    const codes = office === null ? null : createMerchantQrApi({ ...office, send, clock: nodeClock });
    return { till, devices, outside, codes, chain, chainMemory, published, close: () => ending.run() };
  } catch (error) {
    await ending.run().catch(() => {});
    throw error;
  }
}

/** A journal is one register's: under another name its references, receipts and reports would be somebody else's. */
function assertSameRegister(
  installed: { readonly storeId: string; readonly registerId: string },
  { store, register }: Configuration,
): void {
  if (installed.storeId === store.id && installed.registerId === register.id) return;
  throw new ConfigurationError('store.id and register.id', [
    `the data folder belongs to register "${installed.registerId}" of store "${installed.storeId}", and the configuration names "${register.id}" of "${store.id}". Name another data folder, or put the ids back.`,
  ]);
}

/** What every sales unit's payments go through in this process. */
function wires({ configuration, log }: Pick<TillSurroundings, 'configuration' | 'log'>, send: HttpSend & { readonly warm?: HttpWarm }) {
  const warm = send.warm === undefined ? {} : { warm: send.warm };
  return { send, ...warm, clock: nodeClock, log, qrSize: configuration.qr.size };
}

/** The payments of the configured sales unit, through the API that it is asked through; those of before through what knows them. `null` without one. */
export function makeProvider(
  surroundings: AccessSurroundings & Pick<TillSurroundings, 'log'>,
  send: HttpSend & { readonly warm?: HttpWarm },
  outside: Outside | null = null,
) {
  const { configuration, log } = surroundings;
  const { provider } = configuration;
  const access = accessOf(surroundings);
  if (provider === null || access === null) return null;
  const common = {
    configuration: {
      ...access,
      fallBack: provider.fallBack,
      callbackPrefix: outside?.addresses.callbackPrefix ?? ownProviderOf(configuration)?.callbackPrefix ?? NOBODY_TO_CALL,
      ...(outside === null ? {} : { authToken: outside.callbackToken }),
      ...(provider.profileScope === undefined ? {} : { profileScope: provider.profileScope }),
      ...CALLING_SYSTEM,
    },
    ...wires({ configuration, log }, send),
  };
  return byApi(provider.api, { ecom: createEcomProvider(common), epayment: createEpaymentProvider(common) });
}

/** The counter's sales unit, and the one for customers who are not there. */
function makeUnits(surroundings: TillSurroundings, send: HttpSend & { readonly warm?: HttpWarm }, outside: Outside | null) {
  const counter = makeProvider(surroundings, send, outside);
  const { configuration, distanceSecrets = null } = surroundings;
  const { distance } = configuration;
  const provider = ownProviderOf(configuration);
  if (counter === null) return null;
  if (provider === null || distance === null || distanceSecrets === null) return byUnit(counter, null);
  const { merchantSerialNumber, clientId, fallBack } = distance;
  return byUnit(
    counter,
    createEpaymentProvider({
      configuration: {
        baseUrl: provider.baseUrl,
        merchantSerialNumber,
        clientId: clientId ?? provider.clientId,
        ...distanceSecrets,
        fallBack,
        ...CALLING_SYSTEM,
      },
      ...wires(surroundings, send),
    }),
  );
}

/** Bad rows are in the log; the good ones are on the screen. */
async function importFirstCatalogue(till: Till, { configuration, configurationFolder, log }: TillSurroundings): Promise<void> {
  if (configuration.catalogue === undefined) return;
  const { file } = configuration.catalogue;
  const bytes = readBeside(configurationFolder, file, 'catalogue.file');
  const answer = await till.dispatch({ type: 'import-catalogue', fileName: basename(file), base64: bytes.toString('base64') });
  if (!answer.ok) throw new ConfigurationError(file, [answer.message]);
  for (const problem of answer.report?.problems ?? []) log.write('warn', 'catalogue.row-refused', { ...problem });
}
