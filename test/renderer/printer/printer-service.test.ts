import { describe, expect, it } from 'vitest';
import { readCondition, readDrawer, readNews, readPapers, withToken } from '../../../renderer/printer/printer-service.ts';

describe('What the virtual printer tells its page', () => {
  it('is papers and a condition', () => {
    const told = {
      condition: 'paper-out',
      papers: [{ id: 'p1', atMs: 5, pngUrl: '/api/printer/papers/p1.png', text: 'Takk', torn: false }],
    };
    expect(readPapers(told)).toEqual([{ id: 'p1', atMs: 5, pngUrl: '/api/printer/papers/p1.png', text: 'Takk' }]);
    expect(readCondition(told)).toBe('paper-out');
  });

  it('is also what to say while no real money moves, when none does', () => {
    expect(readNews({ papers: [], condition: 'ready', practice: 'Ingen ekte penger' })).toEqual({
      papers: [],
      condition: 'ready',
      drawer: null,
      practice: 'Ingen ekte penger',
      language: null,
      online: true,
    });
    expect(readNews({ papers: [], practice: null }).practice).toBeNull();
  });

  it('is the language that the cashier reads, and none where it is no language of ours', () => {
    expect(['nb', 'en', 'xx', 7].map((language) => readNews({ language }).language)).toEqual(['nb', 'en', null, null]);
  });

  it('is how its drawer stands, where one hangs on it', () => {
    expect(['open', 'shut', 'stuck', 'none', 7].map((drawer) => readDrawer({ drawer }))).toEqual(['open', 'shut', 'stuck', null, null]);
  });

  it('may hold what is no paper, which is left out', () => {
    expect(readPapers({ papers: [null, 3, {}, { id: 1, pngUrl: '/a.png' }] })).toEqual([{ id: '1', atMs: 0, pngUrl: '/a.png', text: '' }]);
    expect([readPapers(null), readPapers('x'), readCondition({ condition: 'singing' })]).toEqual([[], [], null]);
  });

  it('is fetched with the token, also by what cannot send headers', () => {
    expect([withToken('/a.png', 't+k'), withToken('/a.png?b=1', 't')]).toEqual(['/a.png?token=t%2Bk', '/a.png?b=1&token=t']);
  });
});
