/** The door of intake: what SDKs send in, and the screens that show how it goes. */
export { createIntake } from './intake.ts';
