export function ImportPage() { return null; }
export function OneImportPage() { return null; }
