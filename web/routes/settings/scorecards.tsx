export function ScorecardsPage() {
  return null;
}
export function ScorecardPage() {
  return null;
}
