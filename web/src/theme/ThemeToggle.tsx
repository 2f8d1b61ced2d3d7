import { Button } from '@patternfly/react-core';
import MoonIcon from '@patternfly/react-icons/dist/esm/icons/moon-icon';
import SunIcon from '@patternfly/react-icons/dist/esm/icons/sun-icon';
import { useState } from 'react';
import { choose, theme } from './theme';

export function ThemeToggle() {
  const [current, setCurrent] = useState(theme);
  const next = current === 'dark' ? 'light' : 'dark';
  return (
    <Button
      variant="plain"
      aria-label={`Use the ${next} theme`}
      icon={current === 'dark' ? <SunIcon /> : <MoonIcon />}
      onClick={() => {
        choose(next);
        setCurrent(next);
      }}
    />
  );
}
