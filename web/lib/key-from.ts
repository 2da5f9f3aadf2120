/** A key made from a name: "Report builder" becomes "report_builder"; accents are dropped, other scripts give ''. */
export function keyFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
}
