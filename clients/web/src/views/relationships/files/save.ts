// Gives a file to the reader, as a download.
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken hold of the content by the next turn, but some take their time.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
