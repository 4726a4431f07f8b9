/** A password from whoever sits at the command line: never from the line itself, which others on the machine can read. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ChainError } from '../registers.ts';

/** From a terminal, asked for twice and not shown; else the first line of standard input. @throws ChainError */
export async function askPassword(): Promise<string> {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: isTerminal });
  const given = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    if (isTerminal) stderr.write(question);
    const { value } = await given.next();
    if (isTerminal) stderr.write('\n');
    return typeof value === 'string' ? value : '';
  };
  try {
    const password = await ask('Password: ');
    if (isTerminal && (await ask('The same again: ')) !== password) throw new ChainError('The two were not the same. Nothing was changed.');
    return password;
  } finally {
    lines.close();
  }
}
