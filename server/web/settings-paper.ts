/** What the settings put on paper: the test paper, and the shop's logo, shown as the printer would burn it. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { testPage } from '../../app/receipt/test-page.ts';
import { printerTexts } from '../../app/text/printer.ts';
import type { Configuration } from '../../app/till/configuration.ts';
import type { Language } from '../../app/till/contract.ts';
import { modelOf } from '../../hardware/printer/connect.ts';
import { encodeDocument } from '../../hardware/printer/encode.ts';
import { type LogoRaster, LogoRefusedError, readLogo } from '../../hardware/printer/logo.ts';
import { codePageNumbers, modelForColumns, type PrinterModel } from '../../hardware/printer/models.ts';
import { paperToPng } from '../../hardware/printer/paper/draw.ts';
import { readPaper } from '../../hardware/printer/paper/read.ts';
import { readBeside } from './configuration-file.ts';
import { CannotWriteSettingsError } from './settings-file.ts';
import { Refused } from './settings-refused.ts';

const FONT_A_DOTS = 12;
const OWN_NAME = /^receipt-logo-[0-9a-f]{8}\.png$/;

export interface PaperSettingsOptions {
  readonly configFile: string;
  readonly saved: () => Configuration;
  readonly language: () => Language;
}

export interface PaperSettings {
  /** A page that is no receipt, for a printer so set: nothing is sold, and nothing stands in the journal. */
  testPaper(printer: Configuration['printer']): Uint8Array;
  /** The logo as it prints, a PNG in base64: this one, or the kept one, `null` where there is none. @throws Refused */
  showLogo(base64: string | null): string | null;
  /** Writes the file beside the configuration, and gives what names it there. @throws Refused, CannotWriteSettingsError */
  writeLogo(png: Uint8Array): { readonly file: string };
}

export function createPaperSettings({ configFile, saved, language }: PaperSettingsOptions): PaperSettings {
  return {
    testPaper(printer) {
      const configuration = saved();
      const model = printerModelOf(printer);
      const place = printer.kind === 'serial' ? printer.path : printer.kind === 'network' ? `${printer.host}:${printer.port}` : null;
      const document = testPage({
        shopName: configuration.shop.name,
        registerName: configuration.register.name,
        printerName: place === null ? model.name : `${model.name}, ${place}`,
        language: language(),
      });
      const logo = logoOrNone(keptLogo(configFile, configuration), model, language());
      return encodeDocument(document, { columns: model.columns, model, ...(logo === null ? {} : { logo }) });
    },
    showLogo(base64) {
      const configuration = saved();
      const png = base64 === null ? keptLogo(configFile, configuration) : Buffer.from(base64, 'base64');
      if (png === null) return null;
      const raster = rasterOf(png, printerModelOf(configuration.printer), language());
      return Buffer.from(drawLogo(raster, configuration)).toString('base64');
    },
    writeLogo(png) {
      const { printer, receipt } = saved();
      rasterOf(png, printerModelOf(printer), language());
      return { file: writeLogo(configFile, png, receipt.logo?.file ?? null) };
    },
  };
}

/** A printer is tried without a logo that cannot be read, as receipts come without it. */
function logoOrNone(png: Uint8Array | null, model: PrinterModel, language: Language): LogoRaster | null {
  if (png === null) return null;
  try {
    return rasterOf(png, model, language);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function printerModelOf(printer: Configuration['printer']): PrinterModel {
  return printer.kind === 'virtual' ? modelForColumns(printer.columns) : modelOf(printer);
}

/** The logo as this printer takes it. @throws Refused with the sentence that says why not */
function rasterOf(png: Uint8Array, model: PrinterModel, language: Language): LogoRaster {
  try {
    return readLogo(png, model.columns * FONT_A_DOTS);
  } catch (error) {
    if (error instanceof LogoRefusedError) throw new Refused('logo-refused', printerTexts[language].logo[error.trouble]);
    throw error;
  }
}

/** The kept logo; `null` where there is none, or none that can be read: receipts come without it then. */
function keptLogo(configFile: string, { receipt }: Pick<Configuration, 'receipt'>): Uint8Array | null {
  if (receipt.logo === null) return null;
  try {
    return readBeside(dirname(resolve(configFile)), receipt.logo.file, 'receipt.logo.file');
  } catch {
    return null;
  }
}

/** The top of a receipt with this logo, dot for dot, as a PNG. */
function drawLogo(raster: LogoRaster, { shop, printer }: Pick<Configuration, 'shop' | 'printer'>): Uint8Array {
  const model = printerModelOf(printer);
  const bytes = encodeDocument(
    {
      series: 'training',
      title: '',
      blocks: [
        { kind: 'text', text: shop.name, align: 'center', bold: true },
        ...shop.address.map((text) => ({ kind: 'text' as const, text, align: 'center' as const })),
      ],
    },
    { columns: model.columns, model, logo: raster },
  );
  return paperToPng(readPaper(bytes, { widthDots: model.widthDots, codePages: codePageNumbers(model) }));
}

/** Writes the file and gives its name. Older ones go, but for the one in use: the settings of before may come back. */
function writeLogo(configFile: string, png: Uint8Array, inUse: string | null): string {
  const folder = dirname(resolve(configFile));
  const name = `receipt-logo-${createHash('sha256').update(png).digest('hex').slice(0, 8)}.png`;
  try {
    writeFileSync(join(folder, name), png, { mode: 0o600, flush: true });
    for (const file of readdirSync(folder)) {
      if (OWN_NAME.test(file) && file !== name && file !== (inUse === null ? null : basename(inUse))) rmSync(join(folder, file));
    }
  } catch (error) {
    throw new CannotWriteSettingsError('The logo could not be written.', { cause: error });
  }
  return name;
}
