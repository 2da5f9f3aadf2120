/** The door of the workspace: its calendar and rates, its long works, and making a new one. */
export { createWorkspace, inWorkspace, type Seeder } from './create.ts';
export { demoWorkspace } from './demo.ts';
export { workspaceRoutes } from './routes.ts';
export { todayIn } from './store.ts';
export { runWorker, type WorkContext, type WorkHandler, WorkStopped } from './worker.ts';
export { fillingWorks, forgetOldWorks, queueWork } from './works.ts';
