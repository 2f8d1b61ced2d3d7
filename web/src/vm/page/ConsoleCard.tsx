import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core';
import { lazy, Suspense, useState } from 'react';
import type { Vm } from '../../api/types';
import { Loading } from '../../layout/Loading';
import { over } from '../phase';
import { ConsoleLog } from './ConsoleLog';

const SerialConsole = lazy(() => import('../console/SerialConsole'));
const ScreenConsole = lazy(() => import('../console/ScreenConsole'));

type View = 'log' | 'serial' | 'screen';
const TAB_ID = 'console-tab';
const VIEW_ID = 'console-view';

/** What the guest says, and a seat at it while it runs. */
export function ConsoleCard({ vm }: { vm: Vm }) {
  const [view, setView] = useState<View>('log');
  const shown = over(vm) ? 'log' : view;
  return (
    <Card isFullHeight>
      <CardHeader>
        <CardTitle component="h2">Console</CardTitle>
      </CardHeader>
      <CardBody>
        <Tabs
          activeKey={shown}
          onSelect={(_event, key) => setView(key as View)}
          aria-label="Console"
          className="anemone-console-tabs"
        >
          <Tab eventKey="log" tabContentId={VIEW_ID} title={<TabTitleText>Log</TabTitleText>} />
          <Tab
            eventKey="serial"
            tabContentId={VIEW_ID}
            id={TAB_ID}
            title={<TabTitleText>Serial console</TabTitleText>}
            isDisabled={over(vm)}
          />
          <Tab
            eventKey="screen"
            tabContentId={VIEW_ID}
            title={<TabTitleText>Screen</TabTitleText>}
            isDisabled={over(vm)}
          />
        </Tabs>
        <div id={VIEW_ID} role="tabpanel" aria-label="Console">
          {shown === 'log' ? (
            <ConsoleLog vm={vm} />
          ) : runs(vm) ? (
            <Suspense fallback={<Loading />}>
              {shown === 'serial' ? (
                <SerialConsole vm={vm.id} onLeave={focusTab} />
              ) : (
                <ScreenConsole vm={vm.id} />
              )}
            </Suspense>
          ) : (
            <div className="anemone-hint">
              Nobody can be at it at the moment: the guest does not run.
            </div>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

/** While it shuts down, who is at it stays; the server ends that in time. */
const runs = ({ phase }: Vm): boolean =>
  phase === 'RUNNING' || phase === 'READY' || phase === 'STOPPING';

const focusTab = (): void =>
  document.querySelector<HTMLElement>(`[id$="${TAB_ID}"][role="tab"]`)?.focus();
