import { describe, expect, it } from 'vitest';
import { BlockSplitter, type Block } from './blocks';

const TEXT = `# Title

First *paragraph*
of two lines.

- one
- two

  with a second paragraph
- three

1. a
2. b

\`\`\`python
def f():

    return 1
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

$$
x = 1

y = 2
$$

The end.`;

function stream(text: string, step: number): { last: Block[]; renders: number } {
  const splitter = new BlockSplitter();
  let last: Block[] = [];
  let renders = 0;
  for (let end = step; end < text.length + step; end += step) {
    const blocks = splitter.update(text.slice(0, end), false);
    renders += blocks.filter((block, i) => block !== last[i]).length;
    last = blocks;
  }
  return { last: splitter.update(text, true), renders };
}

const kinds = (blocks: Block[]) => blocks.map((block) => block.raw.trim());

describe('BlockSplitter', () => {
  it('ends with the same blocks however the text was cut', () => {
    const whole = kinds(new BlockSplitter().update(TEXT, true));
    expect(whole).toHaveLength(8);
    for (const step of [1, 2, 3, 7, 50]) expect(kinds(stream(TEXT, step).last)).toEqual(whole);
  });

  it('gives the same object for a block that did not change', () => {
    const splitter = new BlockSplitter();
    const before = splitter.update('First paragraph.\n\nSecond paragraph, growing', false);
    const after = splitter.update('First paragraph.\n\nSecond paragraph, growing more', false);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    const finished = splitter.update('First paragraph.\n\nSecond paragraph, growing more', true);
    expect(finished[0]).toBe(before[0]);
    expect(finished[1]).toBe(after[1]);
  });

  it('renders a long answer about once a step, not once a block a step', () => {
    const long = Array.from({ length: 200 }, (_, i) => `Paragraph number ${i} says something.`).join('\n\n');
    const steps = long.length / 5;
    expect(stream(long, 5).renders).toBeLessThan(steps * 1.5);
  });

  it('knows when a fence is closed', () => {
    const splitter = new BlockSplitter();
    const open = splitter.update('```cpp\nint a;\n', false)[0];
    expect(open).toMatchObject({ kind: 'code', language: 'cpp', text: 'int a;', closed: false });
    expect(splitter.update('```cpp\nint a;\n```', false)[0]).toMatchObject({ closed: true });
    expect(splitter.update('````\n```\n', true)[0]).toMatchObject({ closed: false });
  });

  it('starts anew when the text is another one', () => {
    const splitter = new BlockSplitter();
    splitter.update('One text\n\nwith two blocks', false);
    expect(kinds(splitter.update('Another', false))).toEqual(['Another']);
  });
});
