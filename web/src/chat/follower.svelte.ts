// Keeps the end of a growing text in sight, until the reader scrolls away from it.

const NEAR_PX = 48;

export class Follower {
  atEnd = $state(true);
  private following = true;
  private scroller: HTMLElement | undefined;
  private lastTop = 0;

  watch(scroller: HTMLElement, content: HTMLElement): () => void {
    this.scroller = scroller;
    const onScroll = () => {
      const gap = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
      this.atEnd = gap < NEAR_PX;
      // Only a move upwards is the reader's wish; growth makes a gap without one.
      if (this.atEnd) this.following = true;
      else if (scroller.scrollTop < this.lastTop - 1) this.following = false;
      this.lastTop = scroller.scrollTop;
    };
    const size = new ResizeObserver(() => {
      if (this.following) this.jump();
      onScroll();
    });
    scroller.addEventListener('scroll', onScroll, { passive: true });
    size.observe(content);
    size.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      size.disconnect();
    };
  }

  toEnd(smooth = false): void {
    this.following = true;
    if (smooth && this.scroller) this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: 'smooth' });
    else this.jump();
  }

  private jump(): void {
    if (this.scroller) this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
