/** The repository's own rules: what neither the compiler nor the linter can be asked to hold everyone to. */
import { parseSource, walk } from './imports.ts';
import type { SourceFile } from './layers.ts';

export interface Rule {
  readonly name: string;
  /** Whether the rule is about this file. */
  readonly about: (path: string) => boolean;
  /** What is wrong with the file, in a few words each. */
  readonly check: (file: SourceFile) => readonly string[];
}

const isCode = (path: string) => /\.(ts|tsx|mts|mjs)$/.test(path);
const inHouse = (path: string) => /^(app|hardware|renderer|main|server)\//.test(path);
const isText = (path: string) => !/\.(png|jpg|ico|woff2?|bin|zip|gz|pem)$/.test(path);
const isSelf = (path: string) => path === 'test/support/rules.ts' || path === 'test/repository-rules.test.ts';
/** A page's styles are a list, and so is the contract; a test file tells one story after another. Texts are data. */
const maxLines = (path: string) => {
  if (path.endsWith('.css') || path === 'app/till/contract.ts') return 600;
  return path.startsWith('test/') ? 500 : 400;
};

/** Globals that `app/` must get through a port, however they are called. */
const IMPURE_CALLS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'fetch', 'require']);
const IMPURE_OBJECTS = new Set([
  'console',
  'process',
  'performance',
  'crypto',
  'globalThis',
  'window',
  'localStorage',
  'sessionStorage',
  'navigator',
  'Atomics',
]);

interface Callee {
  readonly type: string;
  readonly name?: unknown;
  readonly object?: Callee;
  readonly property?: Callee;
}

const dotted = (node: Callee | undefined): string => {
  if (node === undefined) return '';
  if (node.type === 'Identifier' && typeof node.name === 'string') return node.name;
  return node.type === 'MemberExpression' ? `${dotted(node.object)}.${dotted(node.property)}` : '';
};

/** Time, chance, timers and the world outside: by name, whatever the spacing or line breaks. */
function impurities(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSource(file.path, file.text), (node) => {
    const name = dotted((node.type === 'CallExpression' || node.type === 'NewExpression' ? node.callee : node) as Callee);
    const count = Array.isArray(node.arguments) ? node.arguments.length : 0;
    if (node.type === 'MemberExpression') {
      if (name === 'Date.now' || name === 'Math.random') found.push(name);
      else if (IMPURE_OBJECTS.has(name.split('.')[0] ?? '') && name.split('.').length === 2) found.push(name);
    }
    if (node.type === 'CallExpression' && (IMPURE_CALLS.has(name) || name === 'Date')) found.push(`${name}()`);
    if (node.type === 'NewExpression' && name === 'Date' && count === 0) found.push('new Date()');
  });
  return found;
}

/** Money is whole øre. These turn it into something else. */
function floats(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSource(file.path, file.text), (node) => {
    if (node.type === 'MemberExpression') {
      const name = dotted(node as Callee);
      if (name.endsWith('.toFixed') || name.endsWith('.toPrecision') || name === 'Number.parseFloat') found.push(name);
      // A call's answer has no name of its own: `f().toFixed(2)`.
      else if (name.startsWith('.') && /\.(toFixed|toPrecision)$/.test(name)) found.push(name);
    }
    if (node.type === 'CallExpression' && dotted(node.callee as Callee) === 'parseFloat') found.push('parseFloat()');
  });
  return [...new Set(found)];
}

function defaultExports(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSource(file.path, file.text), (node) => {
    if (node.type === 'ExportDefaultDeclaration') found.push('export default');
    if (node.type === 'ExportSpecifier' && dotted(node.exported as Callee) === 'default') found.push('export { … as default }');
  });
  return found;
}

function anys(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSource(file.path, file.text), (node) => {
    if (node.type === 'TSAnyKeyword') found.push('any');
  });
  return found;
}

/** Every line that matches, with its number. */
const lines = (pattern: RegExp) => (file: SourceFile) =>
  file.text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match === null ? [] : [`line ${index + 1}: ${match[0].trim()}`];
  });

export const RULES: readonly Rule[] = [
  {
    name: 'app/ gets time, chance and the world through ports',
    about: (path) => path.startsWith('app/') && isCode(path),
    check: impurities,
  },
  { name: 'money is never a float', about: (path) => inHouse(path) && isCode(path), check: floats },
  {
    name: 'files are small',
    about: (path) => (isCode(path) || path.endsWith('.css') || path.endsWith('.md')) && !path.startsWith('app/text/'),
    check: (file) => {
      const count = file.text.split('\n').length - 1;
      return count > maxLines(file.path) ? [`${count} lines`] : [];
    },
  },
  { name: 'no default exports', about: (path) => isCode(path) && !path.endsWith('.config.ts'), check: defaultExports },
  {
    name: 'folders are named after what is in them',
    about: () => true,
    check: (file) => (/(^|\/)(common|utils?|helpers?|misc|lib)\//.test(file.path) ? ['a folder for anything'] : []),
  },
  {
    name: 'file names are kebab-case',
    about: isCode,
    check: (file) => (/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/.test(file.path.split('/').at(-1) ?? '') ? [] : ['not kebab-case']),
  },
  {
    name: 'nothing is left for later',
    about: (path) => isText(path) && !isSelf(path) && path !== 'package-lock.json',
    // The marks themselves, to be refused wherever else they stand.
    check: lines(/\b(TODO|FIXME|XXX|HACK)\b/),
  },
  {
    name: 'every test runs',
    about: (path) => path.startsWith('test/') && isCode(path) && !isSelf(path),
    check: lines(/\b(?:it|test|describe|bench)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/),
  },
  {
    name: 'the compiler is never told to look away',
    about: (path) => isCode(path) && !isSelf(path),
    check: (file) => [...lines(/@ts-(?:ignore|expect-error|nocheck)/)(file), ...anys(file)],
  },
  {
    name: 'no path of somebody’s machine',
    about: (path) => isText(path) && !isSelf(path),
    check: lines(
      /(?<![\w.$}])\/(?:work|root)\/|\/home\/[a-z]|\/Users\/[A-Za-z]|[A-Z]:\\+Users|\.\.\/shared\/(?:facts|seeds|specs|screens|data|saft)/,
    ),
  },
  {
    name: 'no package registry is named',
    about: (path) => isText(path) && !isSelf(path),
    check: lines(/registry\.(?:npmjs|yarnpkg|npmmirror)\.\w+|"resolved":\s*"http|^registry\s*=|artifactory/),
  },
  { name: 'no merge is half done', about: (path) => isText(path) && !isSelf(path), check: lines(/^(?:<{7} |>{7} |={7}$)/) },
];

/** What the files break, each as `path: rule: what`. */
export function ruleViolations(files: readonly SourceFile[], rules: readonly Rule[] = RULES): string[] {
  return files.flatMap((file) =>
    rules.filter((rule) => rule.about(file.path)).flatMap((rule) => rule.check(file).map((what) => `${file.path}: ${rule.name}: ${what}`)),
  );
}

export const isReadable = isText;
