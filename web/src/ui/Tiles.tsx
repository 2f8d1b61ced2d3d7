import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export interface Tile<T extends string> {
  value: T;
  title: string;
  body: ReactNode;
  disabled?: boolean;
}

interface Props<T extends string> {
  name: string;
  label: string;
  tiles: Tile<T>[];
  chosen: T | undefined;
  onChoose: (value: T) => void;
  narrow?: boolean;
}

/** A choice of one, as cards: each says what it means. */
export function Tiles<T extends string>(props: Props<T>) {
  const { name, label, tiles, chosen, onChoose, narrow = false } = props;
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={narrow ? 'anemone-tiles anemone-tiles--narrow' : 'anemone-tiles'}
    >
      {tiles.map(({ value, title, body, disabled = false }) => {
        const id = `${name}-${value || 'own'}`;
        return (
          <Card
            key={value}
            id={id}
            isCompact
            isSelectable
            isSelected={chosen === value}
            isDisabled={disabled}
          >
            <CardHeader
              selectableActions={{
                selectableActionId: `${id}-choice`,
                selectableActionAriaLabelledby: `${id}-title`,
                name,
                variant: 'single',
                onChange: () => onChoose(value),
              }}
            >
              <CardTitle>
                <span id={`${id}-title`}>{title}</span>
              </CardTitle>
            </CardHeader>
            <CardBody>{body}</CardBody>
          </Card>
        );
      })}
    </div>
  );
}
