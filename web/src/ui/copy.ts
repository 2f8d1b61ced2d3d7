/** Also over plain HTTP, where browsers hide the clipboard API. */
export async function copy(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'anemone-off-screen';
  document.body.append(area);
  area.select();
  // Deprecated, and the only way without TLS.
  document.execCommand('copy'); // eslint-disable-line @typescript-eslint/no-deprecated
  area.remove();
}
