/** How a program that could not start ends: one sentence, and an exit code that says whose turn it is. */
import { ConfigurationError } from './configuration-file.ts';
import { UsageError } from './options.ts';

export interface Failure {
  readonly sentence: string;
  /** 2: what was asked for makes no sense (command line, configuration). 1: it does, but cannot be done now. */
  readonly exitCode: 1 | 2;
}

export function failureOf(error: unknown): Failure {
  return {
    sentence: sentenceOf(error),
    exitCode: error instanceof UsageError || error instanceof ConfigurationError ? 2 : 1,
  };
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The register could not start.';
  const { code, path } = error as NodeJS.ErrnoException;
  return (path === undefined ? null : fileSentence(code, path)) ?? error.message;
}

/** What Node says of a file in the words of its makers, in words for whoever starts a register. */
function fileSentence(code: string | undefined, path: string): string | null {
  switch (code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return `${path} cannot be used: this user may not write there, or the disk is write-protected. Check the folder's permissions.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${path} cannot be written: the disk is full. Free some space, then start again.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} cannot be made: something else than a folder stands in its way.`;
    case 'EISDIR':
      return `${path} is a folder, and should be a file. Move it away, then start again.`;
    case 'EIO':
      return `${path} cannot be read or written. Check the disk and its cables.`;
    default:
      return null;
  }
}
