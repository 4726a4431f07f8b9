/** A process that takes a data folder, says so, and keeps it until it is killed or its input ends. */
import { openDataFolder } from '../../../hardware/store/data-folder.ts';

openDataFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
process.stdin.resume();
