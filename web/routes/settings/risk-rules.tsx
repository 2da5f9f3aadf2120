export function RiskRulesPage() {
  return null;
}
export function RiskRulePage() {
  return null;
}
