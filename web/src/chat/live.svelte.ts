// The answer being written: text arrives as often as it likes, the screen changes at most once a frame.

const HIDDEN_MS = 250;

export class LiveAnswer {
  content = $state('');
  thinking = $state('');
  private nextContent: string;
  private nextThinking: string;
  private waiting = false;

  constructor(
    readonly id: string,
    content = '',
    thinking = '',
  ) {
    this.content = this.nextContent = content;
    this.thinking = this.nextThinking = thinking;
  }

  add(content = '', thinking = ''): void {
    this.nextContent += content;
    this.nextThinking += thinking;
    if (this.waiting) return;
    this.waiting = true;
    const show = () => {
      this.waiting = false;
      this.content = this.nextContent;
      this.thinking = this.nextThinking;
    };
    // No frames come while the tab is hidden, but its text must be there when it is shown.
    if (document.hidden) setTimeout(show, HIDDEN_MS);
    else requestAnimationFrame(show);
  }
}
