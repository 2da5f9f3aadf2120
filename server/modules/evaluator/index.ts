/** The door of the evaluator: from dirty accounts to judgements, by day and by day's end. */
export { evaluateWorkspace, runEvaluator } from './loop.ts';
export { markAllHistories, refillSome } from './refill.ts';
export { runScheduler, tick } from './scheduler.ts';
export { evaluatorWorks } from './works.ts';
