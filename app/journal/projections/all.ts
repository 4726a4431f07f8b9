/** The derived tables of a register. Their order is the order in which an entry reaches them. */
import type { Projection } from '../projection.ts';
import { appReceiptsProjection } from './app-receipts.ts';
import { drawerProjection } from './drawer.ts';
import { openIntentsProjection } from './open-intents.ts';
import { ordersProjection } from './orders.ts';
import { paymentsProjection } from './payments.ts';
import { printJobsProjection } from './print-jobs.ts';
import { returnsProjection } from './returns.ts';
import { saleEntriesProjection } from './sale-entries.ts';
import { salesProjection } from './sales.ts';
import { settingsProjection } from './settings.ts';

export const REGISTER_PROJECTIONS: readonly Projection[] = [
  salesProjection,
  paymentsProjection,
  printJobsProjection,
  openIntentsProjection,
  settingsProjection,
  saleEntriesProjection,
  drawerProjection,
  appReceiptsProjection,
  ordersProjection,
  returnsProjection,
];
