import { CopyButton } from './CopyButton';

interface Props {
  text: string;
  /** What it is, for the button's name. */
  what: string;
}

/** Text to be typed into a terminal, with a button that copies it. */
export function CodeText({ text, what }: Props) {
  return (
    <div className="anemone-code">
      <pre tabIndex={0} role="region" aria-label={what}>
        {text}
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
