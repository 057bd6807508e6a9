import { describe, expect, it } from 'vitest';
import { age, bytes, duration, percent, rate, relative } from './format';

describe('format', () => {
  it('shows sizes with one digit only where it says something', () => {
    expect(bytes(0, 'en')).toBe('0 B');
    expect(bytes(1_117_320_768, 'en')).toBe('1.1 GB');
    expect(bytes(1_117_320_768, 'es')).toBe('1,1 GB');
    expect(bytes(98_765_432, 'en')).toBe('99 MB');
    expect(bytes(999_600, 'en')).toBe('1 MB');
  });
  it('shows durations in the unit that fits', () => {
    expect(duration(84.2, 'en')).toBe('84 ms');
    expect(duration(4_230, 'en')).toBe('4.2 s');
    expect(duration(185_000, 'en')).toBe('3 min 5 s');
    expect(duration(90_000_000, 'en')).toBe('25 h 0 min');
  });
  it('gives no rate when no time passed', () => {
    expect(rate(10, 0)).toBe(0);
    expect(rate(10, 500)).toBe(20);
  });
  it('shows shares as percent', () => {
    expect(percent(0.256, 'en')).toBe('26%');
  });
  it('says how long ago', () => {
    const now = Date.parse('2026-05-02T12:00:00Z');
    expect(relative('2026-05-02T11:59:50Z', 'en', now)).toBe('now');
    expect(relative('2026-05-01T11:00:00Z', 'en', now)).toBe('yesterday');
    expect(relative('2026-05-02T09:00:00Z', 'es', now)).toBe('hace 3 horas');
    expect(relative('nonsense', 'en', now)).toBe('');
  });
  it('sorts conversations by the days of the calendar', () => {
    const now = new Date(2026, 4, 20, 9);
    expect(age(new Date(2026, 4, 20, 0, 1).toISOString(), now)).toBe('today');
    expect(age(new Date(2026, 4, 19, 23, 59).toISOString(), now)).toBe('yesterday');
    expect(age(new Date(2026, 4, 15).toISOString(), now)).toBe('week');
    expect(age(new Date(2026, 3, 25).toISOString(), now)).toBe('month');
    expect(age(new Date(2025, 3, 25).toISOString(), now)).toBe('older');
  });
});
