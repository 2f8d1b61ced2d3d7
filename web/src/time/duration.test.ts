import { describe, expect, it } from 'vitest';
import { isoWords, parseHuman, parseIso, toIso, words } from './duration';

describe('ISO 8601', () => {
  it.each([
    ['PT1H', 3600],
    ['P2D', 172_800],
    ['P1DT2H3M4S', 93_784],
    ['PT0.5S', 0.5],
  ])('%s_isSeconds', (text, seconds) => expect(parseIso(text)).toBe(seconds));

  it.each(['', 'P', 'PT', '1H', 'P1H', 'PT1D', 'PT-1H'])('%j_isNone', (text) =>
    expect(parseIso(text)).toBeUndefined(),
  );

  it.each(['PT1M', 'PT1H', 'P1D', 'P1DT2H3M4S', 'PT0S'])('%s_thereAndBack_isTheSame', (text) =>
    expect(toIso(parseIso(text) ?? -1)).toBe(text),
  );
});

describe('what a person types', () => {
  it.each([
    ['90m', 5400],
    ['1 h 30 min', 5400],
    ['2d', 172_800],
    ['1:30', 5400],
    ['pt2h', 7200],
  ])('%s_isUnderstood', (text, seconds) => expect(parseHuman(text)).toBe(seconds));

  it.each(['', '5', 'soon', '1:75', '-1h', '1 week', '1h; rm'])('%j_isRefused', (text) =>
    expect(parseHuman(text)).toBeUndefined(),
  );
});

describe('words', () => {
  it.each([
    [0.84, '0.8 s'],
    [-3, '0 s'],
    [61, '1 min 1 s'],
    [7200, '2 h'],
    [90_061, '1 d 1 h'],
  ])('%d_seconds_read_%s', (seconds, text) => expect(words(seconds)).toBe(text));

  it('unreadable_staysAsItIs', () => expect(isoWords('forever')).toBe('forever'));
});
