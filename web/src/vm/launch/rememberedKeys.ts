const STORED = 'anemone.sshKeys';

/** Public keys that the user agreed to keep in this browser. */
export function rememberedKeys(): string {
  try {
    return localStorage.getItem(STORED) ?? '';
  } catch {
    return '';
  }
}

export function remember(keys: string, agreed: boolean): void {
  try {
    if (agreed) localStorage.setItem(STORED, keys);
    else localStorage.removeItem(STORED);
  } catch {
    // Storage may be off: the keys are then typed again next time.
  }
}
