/** The door of intake: what SDKs send in, and the screens that show how it goes. */
export { createIntake, type Intake } from './intake.ts';
