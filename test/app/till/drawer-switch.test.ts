import { describe, expect, it } from 'vitest';
import { calibrate, drawerState, levelOf } from '../../../app/till/drawer-switch.ts';

describe('the drawer’s switch', () => {
  it('says open or closed by the level that means open', () => {
    expect(drawerState({ state: 'ready', drawerLevel: 'high' }, 'high')).toBe('open');
    expect(drawerState({ state: 'ready', drawerLevel: 'low' }, 'high')).toBe('closed');
    expect(drawerState({ state: 'ready', drawerLevel: 'low' }, 'low')).toBe('open');
    expect(drawerState({ state: 'paper-out', drawerLevel: 'high' }, 'low')).toBe('closed');
  });

  it('says nothing while its level, or what the level means, is not known', () => {
    expect(drawerState({ state: 'ready' }, 'high')).toBe('unknown');
    expect(drawerState({ state: 'ready', drawerLevel: 'high' }, null)).toBe('unknown');
  });

  it('is not believed when the printer that told of it is away', () => {
    expect(drawerState({ state: 'offline', drawerLevel: 'high' }, 'high')).toBe('unknown');
    expect(levelOf({ state: 'gone', drawerLevel: 'low' })).toBeNull();
  });
});

describe('calibrating it', () => {
  it('finds out which level means open, whichever it is', () => {
    expect(calibrate('low', 'high')).toEqual({ openWhen: 'high' });
    expect(calibrate('high', 'low')).toEqual({ openWhen: 'low' });
  });

  it('says when both readings are the same, or when there is none', () => {
    expect(calibrate('low', 'low')).toEqual({ trouble: 'same' });
    expect(calibrate(null, 'high')).toEqual({ trouble: 'silent' });
    expect(calibrate('low', null)).toEqual({ trouble: 'silent' });
  });
});
