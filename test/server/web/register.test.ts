import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEMO_CONFIGURATION, RunningRegister, runToTheEnd } from '../../support/running-register.ts';
import { root } from '../../support/source-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function start(dataDir: string, args: readonly string[] = []): Promise<RunningRegister> {
  const register = await RunningRegister.start({ dataDir, args });
  onTestFinished(async () => void (await register.kill()));
  return register;
}

/** Words that only a stack trace has. */
const STACK = /\n\s+at |node:internal|\.ts:\d+/;

describe('npm run web', () => {
  it('says in one line where everything is, sells for cash with a receipt, and stops cleanly', async () => {
    const register = await start(temporaryFolder());
    const { ready } = register;
    expect(ready).toMatchObject({ ready: true, phone: expect.stringContaining('/phone'), sandbox: expect.stringMatching(/^http:\/\/127/) });
    expect(ready.cashier).toBe(`${ready.api}/cashier#token=${ready.tokens.cashier}`);
    expect((await register.cashierView()).practice?.phoneUrl).toBe(ready.phone);
    const said = [
      (await register.cashierView()).practice?.text,
      (await register.customerView()).practice,
      (await register.papers()).practice,
    ];
    expect(said).toEqual(Array.from(said, () => 'Øvelse – ingen penger flyttes'));
    await register.must({ type: 'add-article', articleNumber: '1001' });
    await register.must({ type: 'pay-cash', receivedOre: 10_000 });
    const { stage } = await register.until((view) => view.stage.kind === 'finished' && view.stage.receipt.state === 'printed');
    expect(stage).toMatchObject({ totalOre: 3_990, changeOre: 6_000 });
    expect((await register.papers()).papers[0]?.text).toContain('Kneipp, grovt');
    const ended = await register.stop();
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('takes a Vipps payment from the sandbox, through a loss of power in the middle', async () => {
    const dataDir = temporaryFolder();
    const before = await start(dataDir);
    await before.must({ type: 'add-article', articleNumber: '1001' });
    await before.must({ type: 'pay-vipps' });
    const waiting = await before.until((view) => view.stage.kind === 'payment' && view.stage.phase === 'waiting-for-scan');
    const reference = waiting.stage.kind === 'payment' ? waiting.stage.reference : '';
    await before.kill();

    const after = await start(dataDir);
    expect(after.ready.tokens).toEqual(before.ready.tokens);
    await after.phone('open', reference);
    await after.phone('approve', reference);
    const { stage } = await after.until((view) => view.stage.kind === 'finished');
    expect(stage).toMatchObject({ totalOre: 3_990, means: [{ kind: 'vipps', amountOre: 3_990 }] });
  });

  it('lets one process into a data folder', async () => {
    const dataDir = temporaryFolder();
    await start(dataDir);
    const second = await runToTheEnd(['--config', DEMO_CONFIGURATION, '--data', dataDir]);
    expect([second.code, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toMatch(/^The data folder .* is in use by a register that is already running\..*\n$/);
  });

  it('stops with the npm that started it, and the next one waits until the folder is free', async () => {
    const dataDir = temporaryFolder();
    const npm = spawn('npm', ['run', '--silent', 'web', '--', '--config', DEMO_CONFIGURATION, '--data', dataDir], { cwd: root });
    onTestFinished(() => void npm.kill('SIGKILL'));
    await new Promise((resolve) => npm.stdout.once('data', resolve));
    npm.kill('SIGTERM');
    await new Promise((resolve) => npm.once('exit', resolve));
    const next = await start(dataDir);
    expect((await next.cashierView()).registerName).toBe('Kasse 1');
  });

  it('never mixes practice and real sales in one journal', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'purpose.txt'), 'production\n');
    const ended = await runToTheEnd(['--config', DEMO_CONFIGURATION, '--data', dataDir]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/is for real sales; this register is for practice.*--data\.\n$/);
  });

  it('does not sell as another register than the one that the journal belongs to', async () => {
    const dataDir = temporaryFolder();
    await (await start(dataDir)).stop();
    const configFile = join(temporaryFolder(), 'configuration.json');
    const demo = JSON.parse(readFileSync(DEMO_CONFIGURATION, 'utf8')) as object;
    writeFileSync(configFile, JSON.stringify({ ...demo, catalogue: undefined, register: { id: '2', name: 'Kasse 2' } }));
    const ended = await runToTheEnd(['--config', configFile, '--data', dataDir]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('belongs to register "1" of store "kolo"');
    expect(ended.stderr).not.toMatch(STACK);
  });

  it('ends with a sentence when the port is taken, and gives the data folder up', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    onTestFinished(() => void other.close());
    const dataDir = temporaryFolder();
    const ended = await runToTheEnd(['--config', DEMO_CONFIGURATION, '--data', dataDir, '--port', String(port)]);
    expect([ended.code, ended.stderr]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is in use by another program. Choose another with --port, or stop that program.\n`,
    ]);
    await start(dataDir);
  });

  it('ends with code 2 and sentences when it was told nonsense', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const broken = join(temporaryFolder(), 'broken.json');
    writeFileSync(broken, '{\n  "shop": {,}\n}');
    const wrong = join(temporaryFolder(), 'wrong.json');
    writeFileSync(wrong, readFileSync(DEMO_CONFIGURATION, 'utf8').replace('"999999999"', '"12"').replace('"kolo"', '"Kolo 1"'));
    for (const [args, words] of [
      [[], ['--config is missing']],
      [['--config', DEMO_CONFIGURATION], ['--data is missing']],
      [['--config', DEMO_CONFIGURATION, '--data', dataDir, '--port', 'many'], ['--port must be a number']],
      [['--config', DEMO_CONFIGURATION, '--data', dataDir, '--prot', '1'], ["Unknown option '--prot'"]],
      [['--config', join(dataDir, 'none.json'), '--data', dataDir], ['none.json: There is no such file.']],
      [['--config', broken, '--data', dataDir], ['broken.json: Line 2, column 12']],
      [
        ['--config', wrong, '--data', dataDir],
        ['"shop.orgNumber" must be nine digits', '"store.id" must be'],
      ],
    ] as const) {
      const ended = await runToTheEnd(args);
      expect([args, ended.code, ended.stdout]).toEqual([args, 2, '']);
      for (const word of words) expect(ended.stderr).toContain(word);
      expect(ended.stderr).not.toMatch(STACK);
    }
    expect(existsSync(dataDir)).toBe(false);
  });

  it('does not sell with a catalogue that is not there or not one, and starts when it is mended', async () => {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'data');
    const configFile = join(folder, 'tillit.json');
    writeFileSync(configFile, readFileSync(DEMO_CONFIGURATION, 'utf8'));
    const missing = await runToTheEnd(['--config', configFile, '--data', dataDir]);
    expect([missing.code, missing.stderr]).toEqual([2, 'articles.csv: "catalogue.file" names this file. There is no such file.\n']);
    writeFileSync(join(folder, 'articles.csv'), '<html>not a catalogue</html>');
    const wrong = await runToTheEnd(['--config', configFile, '--data', dataDir]);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).not.toMatch(STACK);
    writeFileSync(join(folder, 'articles.csv'), 'varenr;navn;gruppe;pris;mva\n1;Kaffe;Drikke;39,00;15 %\n');
    const register = await RunningRegister.start({ dataDir, configFile });
    expect(await register.query({ type: 'articles' })).toMatchObject({ articles: [{ articleNumber: '1', unitPriceOre: 3_900 }] });
    expect((await register.stop('SIGINT')).code).toBe(0);
  });
});
