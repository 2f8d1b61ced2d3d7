import { useConsoleLog } from '../../api/queries';
import type { Vm } from '../../api/types';
import { over } from '../phase';
import { consoleEnd } from './consoleEnd';

/** The end of a guest's console, where mostly stands why it is not ready. */
export function ConsoleEnd({ vm }: { vm: Vm }) {
  const { data: log = '' } = useConsoleLog(vm.id, !over(vm));
  const end = consoleEnd(log);
  return end ? (
    <pre className="anemone-console-end" aria-label="End of its console">
      {end}
    </pre>
  ) : (
    <span className="anemone-hint">Its console is empty.</span>
  );
}
