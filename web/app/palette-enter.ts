import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface EnterProps<Line> {
  /** what is typed now */
  text: string;
  /** the line that Enter means when none was chosen */
  first: Line | undefined;
  /** the lines belong to the text; false while a search is under way */
  settled: boolean;
  take: (line: Line) => void;
}

/**
 * What Enter takes: the line that was chosen by arrow or pointer since the last letter, else the first. While the lines
 * still belong to earlier letters, Enter waits for those of the text: who types a name and Enter in one go means what was
 * typed, not what half of it found.
 */
export function useEnter<Line>({ text, first, settled, take }: EnterProps<Line>) {
  const highlighted = useRef<Line | undefined>(undefined);
  const chosenFor = useRef<string | null>(null);
  const [pressedFor, setPressedFor] = useState<string | null>(null);
  const latest = useRef({ first, take });
  latest.current = { first, take };
  useEffect(() => {
    if (pressedFor !== text || !settled) return;
    setPressedFor(null);
    if (latest.current.first !== undefined) latest.current.take(latest.current.first);
  }, [pressedFor, text, settled]);
  return {
    onHighlight: (line: Line | undefined, { reason }: { reason: string }) => {
      highlighted.current = line;
      if (reason === 'keyboard' || reason === 'pointer') chosenFor.current = text;
    },
    onKeyDown: (event: KeyboardEvent & { preventBaseUIHandler?: () => void }) => {
      // Enter that ends the composition of a word, as in Japanese, is part of the typing.
      if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.preventBaseUIHandler?.();
      if (chosenFor.current === text && highlighted.current !== undefined) take(highlighted.current);
      else setPressedFor(text);
    },
  };
}
