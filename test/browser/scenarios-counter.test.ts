/** What stands on the counter, and who tells it what: scenarios of `npm run demo`. */
import { SCENARIO_GROUPS } from '../scenarios/run.ts';
import { playScenarios } from './play-scenarios.ts';

playScenarios(SCENARIO_GROUPS.counter);
