/** The door of risk: its rules, the signals they opened, and what they were worth. */
export { type LivedRisk, replaceRisks } from './lived.ts';
export { saveLosses, saveReplays } from './past.ts';
export { riskRoutes } from './routes.ts';
export { riskWorks } from './rule-past.ts';
export { loadRules, seedRisk } from './rules.ts';
export { dueRisks, loadRisks, saveRiskChanges } from './signals.ts';
