/** What a check of the set-up found: one line each, with a code that the texts have a sentence for. */
import { type DoctorTexts, doctorTexts } from '../text/doctor.ts';
import { fill } from '../text/screen.ts';
import type { Language } from '../till/contract.ts';

/** What is looked at, in the order in which it is told. */
export const CHECKS = [
  'configuration',
  'keys',
  'reach',
  'token',
  'clock',
  'unit',
  'capture',
  'push',
  'probe',
  'qr',
  'webhooks',
  'distance',
  'printer',
  'folder',
  'journal',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** `note`: nothing is wrong, and it is worth knowing. `todo`: somebody must do something. */
export type Tone = 'ok' | 'note' | 'todo';
export type FindingCode = keyof DoctorTexts['findings'];

export interface Finding {
  readonly check: CheckName;
  readonly tone: Tone;
  readonly code: FindingCode;
  /** What stands in the sentence. Never a key. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export function found(check: CheckName, tone: Tone, code: FindingCode, facts: Finding['facts'] = {}): Finding {
  return { check, tone, code, facts };
}

/** The finding as a person reads it: what is so, and, where something is to be done, what. */
export function findingText({ code, facts }: Finding, language: Language): string {
  const texts = doctorTexts[language];
  const named = Object.entries(facts).map(([name, value]) => [name, nameOf(texts, name, value)] as const);
  return fill(texts.findings[code], Object.fromEntries(named));
}

/** How much there is to do, in a sentence. */
export function summaryOf(findings: readonly Finding[], language: Language): string {
  const { allGood, toDo } = doctorTexts[language];
  const count = findings.filter(({ tone }) => tone === 'todo').length;
  return count === 0 ? allGood : count === 1 ? toDo.one : fill(toDo.more, { count });
}

/** What the money is for, and what to do, have words in each language; every other fact is the same in both. */
function nameOf({ environments, advice }: DoctorTexts, name: string, value: string | number): string | number {
  const words: Readonly<Record<string, string>> = name === 'advice' ? advice : name === 'environment' || name === 'was' ? environments : {};
  return words[value] ?? value;
}
