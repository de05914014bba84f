import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPixels = 40;

/** Keeps a list at its end while it grows, unless the person has scrolled away from there. */
export function useStickToBottom(newest: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [scrolledUp, setScrolledUp] = useState(false);

  function toBottom(): void {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels;
      setScrolledUp(!sticks.current);
    };
    element.addEventListener('scroll', look, { passive: true });
    // Messages also grow when they are edited, or when an image of theirs arrives.
    const watch = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watch.disconnect();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when there is a newer message.
  useLayoutEffect(() => {
    if (sticks.current) toBottom();
  }, [newest]);

  return { scroller, scrolledUp, toBottom };
}
