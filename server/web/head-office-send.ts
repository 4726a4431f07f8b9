/** What speaks to head office: it also trusts the certificate authority that a chain has of its own, where the configuration names one. */
import type { Configuration } from '../../app/till/configuration.ts';
import { createHttpSend, type NodeHttpSend } from '../../hardware/http/send.ts';
import { ConfigurationError, readBeside } from './configuration-file.ts';

/** Makes a sender with its own connections. @throws ConfigurationError when the named file cannot be read, or holds no certificate. */
export function openHeadOfficeSend({ headOffice }: Pick<Configuration, 'headOffice'>, configurationFolder: string): NodeHttpSend {
  const file = headOffice?.caFile;
  if (file === undefined) return createHttpSend();
  const pem = readBeside(configurationFolder, file, 'headOffice.caFile').toString('utf8');
  if (!/-----BEGIN CERTIFICATE-----/.test(pem)) {
    throw new ConfigurationError(file, ['"headOffice.caFile" names this file, and it holds no certificate (PEM).']);
  }
  return createHttpSend({ alsoTrusted: pem });
}
