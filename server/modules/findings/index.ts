/** The door of data findings: contradictions between facts. */
export { type Finding, listFindings, refreshFindings } from './findings.ts';
export { findingRoutes } from './routes.ts';
