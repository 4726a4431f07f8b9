import { describe, expect, it } from 'vitest';
import { importsOf } from './support/imports.ts';
import { cyclesIn, isSource, layerViolations, roomCycles } from './support/layers.ts';
import { projectFiles, readProjectFile } from './support/source-files.ts';

const paths = projectFiles();
const known = new Set(paths);
const exists = (path: string) => known.has(path);
const { dependencies } = JSON.parse(readProjectFile('package.json')) as { dependencies: Record<string, string> };
// The screens are built into files, so what they are built with need not be there when the register runs.
const packages = new Set([...Object.keys(dependencies), '@fontsource-variable/inter', 'electron', 'vite', '@vitejs/plugin-react']);
const sources = paths.filter(isSource).map((path) => ({ path, text: readProjectFile(path) }));

describe('the house', () => {
  it('is found: this test reads real files', () => {
    expect(sources.map((file) => file.path)).toContain('app/till/contract.ts');
    expect(sources.length).toBeGreaterThan(20);
  });

  it('has every file import only what its room may', () => {
    expect(sources.flatMap((file) => layerViolations(file, exists, packages))).toEqual([]);
  });

  it('has no rooms in app/ that need each other in a circle', () => {
    expect(roomCycles(sources)).toEqual([]);
  });
});

describe('the rule', () => {
  const violations = (path: string, text: string) =>
    layerViolations({ path, text }, (target) => exists(target) || target.startsWith('main/') || target.startsWith('server/'), packages);

  it('refuses what a room may not have', () => {
    for (const [path, text] of [
      ['app/sale/x.ts', "import { readFileSync } from 'node:fs';"],
      ['app/sale/x.ts', "import fs from 'fs';"],
      ['app/sale/x.ts', "import type { Buffer } from 'node:buffer';"],
      ['app/sale/x.ts', "import Papa from 'papaparse';"],
      ['app/sale/x.ts', "export * from '../../server/web/guard.ts';"],
      ['app/sale/x.ts', "const x = await import('node:fs');"],
      ['app/sale/x.ts', 'const name = "node:fs"; const x = await import(name);'],
      ['app/sale/x.ts', "type X = import('node:fs').Stats;"],
      ['app/sale/x.ts', "const fs = require('node:fs');"],
      ['app/sale/x.ts', '/// <reference types="node" />'],
      ['app/sale/x.ts', "import { x } from './nowhere.ts';"],
      ['app/sale/x.ts', "import type { Sale } from './sale';"],
      ['hardware/store/x.ts', "import type { CashierView } from '../../app/till/contract.ts';"],
      ['hardware/store/x.ts', "import { x } from '../../app/journal/entry.ts';"],
      ['renderer/cashier/x.tsx', "import { x } from '../../app/sale/sale.ts';"],
      ['renderer/cashier/x.tsx', "import { x } from '../../app/till/ports.ts';"],
      ['renderer/cashier/x.tsx', "import lodash from 'lodash';"],
      ['server/sandbox/x.ts', "import type { Command } from '../../app/till/contract.ts';"],
      ['server/web/x.ts', "import { app } from 'electron';"],
      ['server/web/x.ts', "import { x } from '../../main/window.ts';"],
      ['server/web/x.ts', "import { x } from '../../test/support/browser.ts';"],
      ['server/web/x.ts', "import { x } from '../head-office/x.ts';"],
      ['main/preload.ts', "import { parseCommand } from '../app/till/contract.ts';"],
      ['main/preload.ts', "import { readFileSync } from 'node:fs';"],
      ['test/app/x.test.ts', "import { app } from 'electron';"],
      ['elsewhere/x.ts', ''],
    ] as const) {
      expect([path, text, violations(path, text).length]).toEqual([path, text, 1]);
    }
  });

  it('lets through what a room may have', () => {
    for (const [path, text] of [
      ['app/sale/x.ts', "import { z } from 'zod';\nimport type { Clock } from '../till/ports.ts';"],
      ['app/sale/x.ts', "// import fs from 'node:fs'\nconst text = \"import fs from 'node:fs'\";"],
      ['hardware/store/x.ts', "import Database from 'better-sqlite3';\nimport { StorageError } from '../../app/till/ports.ts';"],
      ['hardware/store/x.ts', "import type { Entry } from '../../app/journal/entry.ts';"],
      ['renderer/cashier/x.tsx', "import { useState } from 'react';\nimport type { CashierView } from '../../app/till/contract.ts';"],
      ['server/web/x.ts', "import fastify from 'fastify';\nimport { join } from 'node:path';"],
      ['main/preload.ts', "import type { Command } from '../app/till/contract.ts';\nimport { ipcRenderer } from 'electron';"],
    ] as const) {
      expect([path, violations(path, text)]).toEqual([path, []]);
    }
  });

  it('sees a circle that a value closes, and lets types look back', () => {
    const file = (path: string, text: string) => ({ path, text });
    const there = file('app/sale/x.ts', "import { add } from '../money/x.ts';");
    expect(roomCycles([there, file('app/money/x.ts', "import { sum } from '../sale/x.ts';")])).toEqual([
      'app/money → app/sale → app/money',
    ]);
    expect(roomCycles([there, file('app/money/x.ts', "import type { Sale } from '../sale/x.ts';")])).toEqual([]);
    const ring = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['a'])],
    ]);
    expect(cyclesIn(ring)).toEqual(['a → b → c → a']);
  });

  it('tells a type from a value', () => {
    const typeOnly = (text: string) => importsOf('x.ts', text).map((found) => found.typeOnly);
    expect(typeOnly("import type { A } from './a.ts'; import { type B } from './b.ts'; export type { C } from './c.ts';")).toEqual([
      true,
      true,
      true,
    ]);
    expect(typeOnly("import { type B, c } from './b.ts'; import './side.ts'; export { d } from './d.ts';")).toEqual([false, false, false]);
  });
});
