/** A "no" of the page's own: about who is asking, or about what only people ask for. */
import { PAGE_PROBLEMS } from '../../../app/head-office/page-contract.ts';

export class PageRefusal extends Error {
  override readonly name = 'PageRefusal';
  readonly code: keyof typeof PAGE_PROBLEMS;
  readonly status: number;
  constructor(code: keyof typeof PAGE_PROBLEMS) {
    super(PAGE_PROBLEMS[code][1]);
    this.code = code;
    this.status = PAGE_PROBLEMS[code][0];
  }
}
