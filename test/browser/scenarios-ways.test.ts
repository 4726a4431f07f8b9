/** The ways to a customer, and to the money: scenarios of `npm run demo`. */
import { SCENARIO_GROUPS } from '../scenarios/run.ts';
import { playScenarios } from './play-scenarios.ts';

playScenarios(SCENARIO_GROUPS.ways);
