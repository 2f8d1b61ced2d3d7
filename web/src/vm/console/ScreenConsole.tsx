import RFB from '@novnc/novnc';
import { Button } from '@patternfly/react-core';
import { useCallback, useRef, useState } from 'react';
import { StreamNotice } from './StreamNotice';
import { useStream } from './useStream';

/** The guest's screen, keyboard and pointer, by VNC. */
export default function ScreenConsole({ vm }: { vm: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<RFB>();

  const attach = useCallback((socket: WebSocket) => {
    const element = box.current;
    if (!element) return () => undefined;
    const rfb = new RFB(element, socket, { shared: true });
    rfb.scaleViewport = true;
    rfb.background = 'transparent';
    rfb.addEventListener('connect', () => setScreen(rfb));
    return () => {
      rfb.disconnect();
      setScreen(undefined);
    };
  }, []);
  const { state, again } = useStream(vm, 'vnc', attach);

  return (
    <div className="anemone-stream">
      <div className="anemone-stream-bar">
        <StreamNotice state={state} again={again} />
        <Button
          variant="secondary"
          size="sm"
          isDisabled={!screen}
          onClick={() => screen?.sendCtrlAltDel()}
        >
          Send Ctrl+Alt+Del
        </Button>
      </div>
      <div ref={box} className="anemone-screen" role="group" aria-label="Screen" />
    </div>
  );
}
