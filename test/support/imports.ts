/** Reads every import of a file with a real parser, so that neither a comment nor a text can pass for one or hide one. */
import { parseSync } from 'vite';

export interface FoundImport {
  /** As it stands in the source; `null` for a computed one, which nobody can check. */
  readonly specifier: string | null;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Parses one file. Throws with the file's name when it does not parse. */
export function parseSource(path: string, text: string): Node {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  return parsed.program as unknown as Node;
}

/** Calls `visit` for every node, outermost first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function literal(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

const named = (value: unknown, name: string) => isNode(value) && value.type === 'Identifier' && value.name === name;

function everyTypeOnly(specifiers: unknown, field: 'importKind' | 'exportKind'): boolean {
  return Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every((one) => isNode(one) && one[field] === 'type');
}

/** All imports of a file: static, re-exports, `import()`, `require()`, `import('x')` in a type, and `/// <reference`. */
export function importsOf(path: string, text: string): FoundImport[] {
  const found: FoundImport[] = [];
  walk(parseSource(path, text), (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        found.push({
          specifier: literal(node.source),
          typeOnly: node.importKind === 'type' || everyTypeOnly(node.specifiers, 'importKind'),
        });
        break;
      case 'ExportNamedDeclaration':
        if (node.source !== null && node.source !== undefined) {
          found.push({
            specifier: literal(node.source),
            typeOnly: node.exportKind === 'type' || everyTypeOnly(node.specifiers, 'exportKind'),
          });
        }
        break;
      case 'ExportAllDeclaration':
        found.push({ specifier: literal(node.source), typeOnly: node.exportKind === 'type' });
        break;
      case 'ImportExpression':
        found.push({ specifier: literal(node.source), typeOnly: false });
        break;
      case 'TSImportType':
        found.push({ specifier: literal(node.source ?? node.argument), typeOnly: true });
        break;
      case 'TSExternalModuleReference':
        found.push({ specifier: literal(node.expression), typeOnly: false });
        break;
      case 'CallExpression':
        if (named(node.callee, 'require') && Array.isArray(node.arguments))
          found.push({ specifier: literal(node.arguments[0]), typeOnly: false });
        break;
    }
  });
  for (const [, specifier = ''] of text.matchAll(/^\/\/\/\s*<reference\s+(?:types|path|lib)\s*=\s*["']([^"']+)["']/gm)) {
    found.push({ specifier: `reference:${specifier}`, typeOnly: true });
  }
  return found;
}
