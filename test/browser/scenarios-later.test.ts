/** What goes on after the sale: scenarios of `npm run demo`. */
import { SCENARIO_GROUPS } from '../scenarios/run.ts';
import { playScenarios } from './play-scenarios.ts';

playScenarios(SCENARIO_GROUPS.later);
