import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useCallback, useEffect, useRef } from 'react';
import { theme } from '../../theme/theme';
import { END, sendBytes } from './stream';
import { StreamNotice } from './StreamNotice';
import { terminalTheme } from './terminalTheme';
import { useStream } from './useStream';

const SCROLLBACK = 5000;

/** The guest's serial console: what it wrote lately, then what it writes, and what is typed. */
export default function SerialConsole({ vm, onLeave }: { vm: string; onLeave: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const terminal = useRef<Terminal>(null);
  const leave = useRef(onLeave);

  useEffect(() => {
    leave.current = onLeave;
  }, [onLeave]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new Terminal({
      cursorBlink: true,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: 13,
      scrollback: SCROLLBACK,
      theme: terminalTheme(theme()),
    });
    const fit = new FitAddon();
    made.loadAddon(fit);
    made.open(element);
    fit.fit();
    // Tab is the guest's: without a key that leaves, who has no mouse could never get out.
    made.attachCustomKeyEventHandler((event) => {
      if (!(event.ctrlKey && event.key === ']')) return true;
      event.preventDefault();
      if (event.type === 'keydown') leave.current();
      return false;
    });
    made.focus();
    terminal.current = made;
    const sized = new ResizeObserver(() => fit.fit());
    sized.observe(element);
    const coloured = new MutationObserver(() => {
      made.options.theme = terminalTheme(theme());
    });
    coloured.observe(document.documentElement, { attributeFilter: ['class'] });
    return () => {
      sized.disconnect();
      coloured.disconnect();
      made.dispose();
      terminal.current = null;
    };
  }, []);

  const attach = useCallback((socket: WebSocket) => {
    const screen = terminal.current;
    // The recent past comes first, each time.
    socket.addEventListener('open', () => screen?.reset());
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string') screen?.write(new Uint8Array(data));
      else if (data === END) socket.close(1000);
    });
    const encoder = new TextEncoder();
    const typed = screen?.onData((text) => sendBytes(socket, encoder.encode(text)));
    return () => typed?.dispose();
  }, []);
  const { state, again } = useStream(vm, 'serial', attach);

  return (
    <div className="anemone-stream">
      <div className="anemone-stream-bar">
        <StreamNotice state={state} again={again} />
        <span className="anemone-hint">Ctrl+] leaves the console.</span>
      </div>
      <div ref={box} className="anemone-terminal" role="group" aria-label="Serial console" />
    </div>
  );
}
