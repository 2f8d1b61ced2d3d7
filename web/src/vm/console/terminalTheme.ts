import type { ITheme } from '@xterm/xterm';
import type { Theme } from '../../theme/theme';

/** The console's own colours; the sixteen of ANSI are chosen to be read on them. */
const DARK: ITheme = {
  background: '#14181d',
  foreground: '#d6dde4',
  cursor: '#d6dde4',
  selectionBackground: '#3c5a78',
};

const LIGHT: ITheme = {
  background: '#ffffff',
  foreground: '#151515',
  cursor: '#151515',
  selectionBackground: '#b9dafc',
  black: '#151515',
  red: '#a60000',
  green: '#3d7317',
  yellow: '#73480b',
  blue: '#004d99',
  magenta: '#5e40be',
  cyan: '#005c5c',
  white: '#5f5f5f',
  brightBlack: '#4d4d4d',
  brightRed: '#b1380b',
  brightGreen: '#3d7317',
  brightYellow: '#73480b',
  brightBlue: '#0066cc',
  brightMagenta: '#6753ac',
  brightCyan: '#147878',
  brightWhite: '#383838',
};

export const terminalTheme = (theme: Theme): ITheme => (theme === 'dark' ? DARK : LIGHT);
